"""All that the desk is given of one school's folder."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from threading import Lock

from dashboards.desk.school.school_desk import SchoolDesk
from flows.desk import attesting, photographs, registers, staff
from flows.desk.folder import SchoolFolder
from flows.home.context import Context, open_context
from flows.home.settings import Settings
from flows.registers.names_on_registers import names_of, registers_now
from warehouse.casebook.casebook import Casebook


def school_desk(settings: Settings, school_id: str, book: Casebook) -> SchoolDesk:
    """Return the school's folder behind the desk's pages; `book` stays whoever opened it to close."""
    folder = SchoolFolder(settings, school_id, book)
    return SchoolDesk(
        photographs=partial(photographs.photographs, folder),
        look_at=partial(photographs.look_at, folder),
        approve=partial(photographs.approve, folder),
        withdraw=partial(photographs.withdraw, folder),
        registers=partial(registers.registers, folder),
        try_register=partial(registers.try_register, folder),
        put_register=partial(registers.put_register, folder),
        accept_register=partial(registers.accept_register, folder),
        staff=partial(staff.staff, folder),
        declare=partial(staff.declare, folder),
        clauses=partial(attesting.clauses, folder),
        attest=partial(attesting.attest, folder),
    )


def names_now(settings: Settings, school_id: str) -> Callable[[], Sequence[str]]:
    """Return what reads every name on the school's registers, as their files lie there at that moment."""
    known: dict[tuple[tuple[str, int, int], ...], Sequence[str]] = {}
    reading = Lock()

    def read() -> Sequence[str]:
        context = open_context(settings, school_id, None)
        files = tuple(_files(context))
        with reading:
            if files not in known:
                names = names_of(registers_now(context))
                known.clear()
                known[files] = names
            return known[files]

    return read


def _files(context: Context) -> Iterator[tuple[str, int, int]]:
    """Yield of each register what tells its file from the one before; of one that is not there, nothing."""
    for name in sorted(context.school.registers.values()):
        path = context.places.registers / name
        if path.is_file():
            stat = path.stat()
            yield name, stat.st_mtime_ns, stat.st_size
