"""All that the desk is given of one school's folder."""

from collections.abc import Callable, Hashable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from functools import partial
from threading import Lock
from zoneinfo import ZoneInfo

from dashboards.desk.school.desk import Desk
from dashboards.desk.school.school_desk import ClauseToAttest, SchoolDesk
from engines.pictures.decoding import Opener, UnreadablePicture
from engines.pictures.preview import small_picture
from flows.desk import photographs, registers, staff
from flows.desk.folder import SchoolFolder
from flows.desk.run_starter import ProcessRunStarter
from flows.desk.unchanged import version_of, while_unchanged
from flows.home.context import Context, open_casebook, open_context
from flows.home.keys import find_key
from flows.home.settings import ConfigurationError, Settings
from flows.pictures.photo_files import is_there
from flows.privacy.own_casebook import ensure_own
from flows.privacy.reach import reach_of_case
from flows.registers.attestations import attestations_of, policy_to_attest
from flows.registers.register_files import names_of, registers_as_they_lie
from flows.weekly.clause_states import clause_state_on
from policies.attestations import FORM, latest_until
from policies.school import School as SchoolSettings
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.runs.run_progress import RUNNING, locked
from warehouse.store.places import Places

_SIDE, _MOST_SHOWN = 160, 25_000_000  # pixels of a thumbnail, and bytes of a file that one is made of


def opened_desk(stack: ExitStack, settings: Settings, places: Places, school: SchoolSettings) -> Desk:
    """Return the desk of a school, closed with the stack; refused where the casebook is another's than the copy's."""
    key = find_key(settings, places)
    book = stack.enter_context(closing(open_casebook(settings, places)))
    ensure_own(book, places.published, key)
    desk = Desk(
        school_id=places.school,
        school_name=school.school.name,
        zone=ZoneInfo(school.school.timezone),
        published=places.published,
        key=key,
        book=book,
        clock=settings.clock,
        starter=ProcessRunStarter(settings, places),
        second_for_staff=school.desk.second_for_staff,
    )
    stack.callback(desk.close)
    return desk


def clauses(folder: SchoolFolder, role: str) -> tuple[ClauseToAttest, ...]:
    """Return the clauses of a role, those that wait first."""
    context = folder.context()
    attestations = attestations_of(context.settings, context.places, context.school)
    found = []
    for clause in context.pack.clause:
        if clause.attest is None or clause.attest.role != role:
            continue
        standing = clause_state_on(clause, attestations, context.as_of, comparison=context.comparison, checked="")
        found.append(
            ClauseToAttest(
                clause=clause.id,
                ref=clause.ref,
                says=clause.says,
                asks=clause.attest.evidence,
                every_days=clause.attest.every_days,
                latest=latest_until(clause.attest, context.as_of),
                until=standing.until,
                why=standing.why,
                is_red=standing.state == "red",
            )
        )
    return tuple(sorted(found, key=lambda clause: (clause.is_red, clause.until or date.min)))


def attest(folder: SchoolFolder, clauses: Sequence[str], evidence: str, until: date, person: DeskPerson) -> None:
    """Write down an attestation of each clause, all or none, until this day or the last that its clause allows."""
    context = folder.context()
    at = context.now()
    policy = policy_to_attest(context)
    attested = []
    for clause in clauses:
        last = min(until, latest_until(policy.asked_of(clause)[1], context.today()))
        said = policy.attested(clause, by=person.role, evidence=evidence, until=last, at=at, asking=FORM)
        attested.append(replace(said, by_person=person.number))
    folder.book.attest(*attested)


def school_desk(settings: Settings, school_id: str, book: Casebook) -> SchoolDesk:
    """Return the school's folder behind the desk's pages; `book` stays whoever opened it to close."""
    folder = SchoolFolder(settings, school_id, book)
    return SchoolDesk(
        photographs=while_unchanged(folder.context, photographs.photographs),
        look_at=partial(photographs.look_at, folder),
        thumbnail=Thumbnails(folder),
        approve=partial(photographs.approve, folder),
        withdraw=partial(photographs.withdraw, folder),
        accept_picture=partial(registers.accept_picture, folder),
        registers=while_unchanged(folder.context, registers.registers, beside=partial(_compared_with, book)),
        try_register=partial(registers.try_register, folder),
        put_register=partial(registers.put_register, folder),
        accept_register=partial(registers.accept_register, folder),
        staff=partial(staff.staff, folder),
        declare=partial(staff.declare, folder),
        whom=partial(staff.whom, folder),
        reach=partial(_reach, folder),
        clauses=partial(clauses, folder),
        to_complete=lambda: tuple(folder.context().school.papers.to_complete()),
        attest=partial(attest, folder),
    )


def names_now(settings: Settings, school_id: str) -> Callable[[], Sequence[str]]:
    """Return what reads every name on the school's registers, as their files lie there at that moment."""
    return while_unchanged(
        lambda: open_context(settings, school_id, None), lambda context: names_of(registers_as_they_lie(context))
    )


def _compared_with(book: Casebook, context: Context) -> Hashable:
    """Return what tells apart what registers are compared with: what earlier runs read, and what was accepted."""
    return tuple(book.acceptances()), *version_of(context.places.warehouse)


def _reach(folder: SchoolFolder, fingerprint: str) -> tuple[str, ...]:
    """Return what is tied to whom a case gives; ConfigurationError while a run, which would meet it, is under way."""
    context = folder.context()
    with locked(context.places.folder, RUNNING, patience=1.0) as handle:
        if handle is None:
            raise ConfigurationError("A run is under way. What is tied to them is shown again once it has ended.")
        return tuple(reach_of_case(context, fingerprint))


class Thumbnails:
    """Makes a very small picture of a photograph's file, once for as long as the file stays as it is."""

    def __init__(self, folder: SchoolFolder) -> None:
        self._folder = folder
        self._made: dict[str, tuple[tuple[int, int], bytes | None]] = {}
        self._making = Lock()

    def __call__(self, name: str) -> bytes | None:
        """Return it as WebP; None for a file that is not there, or is no picture that can be shown."""
        within = self._folder.context().places.photographs
        path = within / name
        if not is_there(path, within):
            return None
        stat = path.stat()
        version = (stat.st_mtime_ns, stat.st_size)
        with self._making:
            if self._made.get(name, (None, None))[0] != version:
                self._made[name] = (version, _thumbnail(path.read_bytes()) if stat.st_size <= _MOST_SHOWN else None)
            return self._made[name][1]


def _thumbnail(body: bytes) -> bytes | None:
    with Opener() as opener:
        picture = opener.open(body, _SIDE)
        return None if isinstance(picture, UnreadablePicture) else small_picture(picture, _SIDE).body
