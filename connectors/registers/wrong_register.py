"""A register file that is another list than the one it stands for: nothing may be judged by it, so it is refused.

Lists are told apart by what only one of them has: job titles, year groups, children, a day of leaving, ages.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from connectors.errors import SourceRefused
from connectors.register_records import Person, RegisterRead
from connectors.registers.cells import trimmed
from connectors.registers.headers import OF_ADULTS, ON_ROLL
from connectors.registers.line import RegisterReading
from connectors.registers.table import refused
from engines.text import heading_key

MOST = 0.5  # of the rows, before a list is taken for another one
ALIKE = 0.8  # of the people on two lists together who stand on both, before the two are taken for one
FEWEST = 5  # rows from which a list has a look of its own
GROWN_UP, CHILD = 20, 16  # years; nobody on roll is of the one age, nobody on the staff of the other
LEARNING = {"pupil", "student", "child"}  # the role of a pupil, in exports that give everybody one
_DAYS_A_YEAR = 365.25

_OF_PUPILS = {"admissionnumber", "admissionno", "admno", "adno", "pupilid", "studentid", "upn"}
_OF_STAFF = {"staffcode", "staffid", "employeeid", "payrollnumber"}
_OF_PARENTS = {"guardianid", "parentid", "carerid"}
# Whose ids stand under a heading, and the registers on which they have no place as the people's own.
_HEADED = (
    (_OF_PUPILS, "pupils", ("staff", "governors")),
    (_OF_STAFF, "staff", ("pupils", "leavers", "parents")),
    (_OF_PARENTS, "parents", ("pupils", "leavers", "staff", "governors")),
)
_OF_A_DIRECTORY = {heading_key("Org Unit Path [Required]"), heading_key("Org Unit Path")}

REMEDY = "Put the right file in its place or correct its name in school.toml"


def ensure_its_own(reading: RegisterReading, people: Sequence[Person]) -> None:
    """Raise SourceRefused("input") when these people are another register's, or all have one id."""
    if _is_one_id(reading):
        remedy = "Export the register again with the id of each person, or without that column where they have none"
        if reading.register in ON_ROLL:
            remedy = "Export the register again with the id of each person"
        raise refused(reading.file_name, "has one and the same id in every row", remedy)
    if why := _by_heading(reading) or (_by_rows(reading, people) if len(people) >= FEWEST else None):
        raise refused(reading.file_name, f"is no register of {reading.register}: {why}", REMEDY)


def _by_heading(reading: RegisterReading) -> str | None:
    heading = heading_key(reading.columns.title("person_id") or "")
    if _OF_A_DIRECTORY & {*map(heading_key, reading.columns.header)}:
        return None  # everybody's id is called so there
    for headings, of, not_on in _HEADED:
        if heading in headings and reading.register in not_on:
            return f"its ids are headed {reading.columns.title('person_id')}, as on a register of {of}"
    return None


def _is_one_id(reading: RegisterReading) -> bool:
    place = reading.columns.places.get("person_id")
    rows = [row for row in reading.table.rows if place is not None and place < len(row.cells)]
    ids = {trimmed(row.cells[place]) for row in rows} if place is not None else set()
    return len(rows) >= FEWEST and len(ids - {""}) == 1 and "" not in ids


def _by_rows(reading: RegisterReading, people: Sequence[Person]) -> str | None:
    """Return in words what shows that this is another list; None where nothing does."""

    def mostly(has: Callable[[Person], object]) -> bool:
        return sum(bool(has(person)) for person in people) > MOST * len(people)

    on_roll, register = reading.register in ON_ROLL, reading.register
    in_a_year = mostly(lambda person: person.year_group)
    working = mostly(lambda person: person.job_title and person.job_title.casefold() not in LEARNING)
    names_children = mostly(lambda person: person.related_ids)
    ages = [(reading.as_of - person.date_of_birth).days / _DAYS_A_YEAR for person in people if person.date_of_birth]
    signs = {
        "most rows have a job title and no year group, as on a register of staff": on_roll
        and working
        and not in_a_year,
        "most rows name children and no year group, as on a register of parents": (
            on_roll and names_children and not in_a_year
        ),
        "most rows have a year group, as on a register of pupils": (
            not on_roll and in_a_year and not working and not names_children and not _names_adults(reading)
        ),
        f"most people on it are younger than {CHILD}": not on_roll and _most(age < CHILD for age in ages),
        f"most people on it are {GROWN_UP} or older": register == "pupils" and _most(age >= GROWN_UP for age in ages),
        "most rows have a day of leaving that is past, as on a register of leavers": (
            register == "pupils" and mostly(lambda person: person.left_on and person.left_on <= reading.as_of)
        ),
        "most people on it are governors": (
            register == "staff" and mostly(lambda person: "governor" in (person.job_title or "").casefold())
        ),
    }
    return next((why for why, is_so in signs.items() if is_so), None)


def _names_adults(reading: RegisterReading) -> bool:
    """Say whether a heading speaks of parents, on whose register a year group is a child's."""
    return reading.register == "parents" and any(map(OF_ADULTS.search, reading.columns.header))


def _most(are_so: Iterable[bool]) -> bool:
    answers = list(are_so)
    return len(answers) >= FEWEST and sum(answers) > MOST * len(answers)


def tell_of_one_birthday(reading: RegisterReading, people: Sequence[Person]) -> None:
    """Note it as a problem of the column when everybody on the list was born on one day, as in a broken export."""
    born = [person.date_of_birth for person in people if person.date_of_birth]
    if len(born) >= FEWEST and len(set(born)) == 1:
        problem = "Everybody on the register was born on one day; export the dates of birth again."
        reading.complain(reading.table.header, "date_of_birth", problem)


def _whom(person: Person) -> str:
    names = (person.full_name, person.given_names or person.known_as, person.surname)
    return "\x1f".join(name or "" for name in names).casefold()


def given_twice(reads: Sequence[tuple[RegisterRead, Iterable[Person]]]) -> dict[str, SourceRefused]:
    """Return an error for each register whose file is another's too, by its register: nobody knows whose it is."""
    refusals: dict[str, SourceRefused] = {}
    lists = [(read, frozenset(map(_whom, people))) for read, people in reads]
    for (read, people), (other, others) in combinations(lists, 2):
        together = people | others
        is_same_file = read.sha256 == other.sha256 and bool(people)
        if is_same_file or (len(together) >= FEWEST and len(people & others) >= ALIKE * len(together)):
            refusals |= {each.register: _same(read, other) for each in (read, other)}
    return refusals


def _same(read: RegisterRead, other: RegisterRead) -> SourceRefused:
    problem = f"is given for the {read.register}, and {other.file_name} for the {other.register}, and both are one list"
    return refused(read.file_name, problem, REMEDY)
