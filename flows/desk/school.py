"""All that the desk is given of one school's folder."""

from collections.abc import Callable, Sequence

from dashboards.desk.school_desk import SchoolDesk
from flows.context import open_context
from flows.desk.attesting import Attesting
from flows.desk.folder import SchoolFolder
from flows.desk.photographs import Photographs
from flows.desk.registers import RegistersOnDisk
from flows.settings import Settings
from flows.subject_pack.asked import names_of, registers_now
from warehouse.casebook.casebook import Casebook


def school_desk(settings: Settings, school_id: str, book: Casebook) -> SchoolDesk:
    """Return the school's folder behind the desk's pages; `book` stays whoever opened it to close."""
    folder = SchoolFolder(settings, school_id, book)
    return SchoolDesk(Photographs(folder), RegistersOnDisk(folder), Attesting(folder))


def names_now(settings: Settings, school_id: str) -> Callable[[], Sequence[str]]:
    """Return what reads every name on the school's registers, as their files lie there at that moment."""
    return lambda: names_of(registers_now(open_context(settings, school_id, None)))
