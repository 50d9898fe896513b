"""Weighs one explanation of an account, a person who bears the name it shows, against the profile's public cues."""

from dataclasses import dataclass

from checks.identity.cues import Cues, year_of
from checks.identity.fold import fold
from checks.identity.model import Person

SCHOOL, YEAR, CLASS, AGAINST = 2, 2, 3, -10
# A parent may also be a teacher or a governor: those words say more than "mum" does.
ROLE_WORD = {"staff": 4, "governor": 4, "parent": 3, "leaver": 3}
# What each role's people say of themselves, by the lists of cues.toml.
SPEAKS_FOR = {"staff": "job", "governor": "governor", "parent": "family", "leaver": "leaver"}
ADULT_KINDS = frozenset({"family", "trade", "job", "governor", "title"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """How well one person explains an account: points, whether a cue fits and whether one speaks against."""

    person: Person
    points: int
    is_supported: bool
    is_contradicted: bool
    reasons: tuple[str, ...]


def weigh(person: Person, cues: Cues) -> Weighed:
    """Return how well this person explains an account that shows the person's name."""
    of_role = _of_a_pupil if person.role == "pupil" else _of_an_adult
    fitting = [*_of_anybody(cues), *of_role(person, cues)]
    points = [points for points, _ in fitting]
    return Weighed(
        person,
        sum(points),
        is_supported=any(point > 0 for point in points),
        is_contradicted=any(point < 0 for point in points),
        reasons=tuple(reason for _, reason in fitting),
    )


def _of_anybody(cues: Cues) -> list[tuple[int, str]]:
    found = []
    if cues.names_school:
        found.append((SCHOOL, "The profile names the school."))
    if cues.names_other_school:
        found.append((AGAINST, "The profile names another school."))
    return found


def _of_a_pupil(person: Person, cues: Cues) -> list[tuple[int, str]]:
    found = []
    year = year_of(person.year_group)
    if person.class_name and cues.says_class(person.class_name):
        found.append((CLASS, "The profile gives a class, and so does the roll."))
    if year and year in cues.years:
        found.append((YEAR, f"The profile says {_named(year)}, and so does the roll."))
    elif year and cues.years:
        found.append((AGAINST, "The profile says another year than the roll."))
    if ADULT_KINDS & cues.kinds:
        found.append((AGAINST, "The profile uses words that adults use of themselves."))
    return found


def _of_an_adult(person: Person, cues: Cues) -> list[tuple[int, str]]:
    has_job = "job" in cues.kinds or (person.role == "staff" and _says_job(person, cues))
    if person.role == "staff" and has_job:
        return [(ROLE_WORD["staff"], "The profile speaks of work in a school.")]
    if cues.years and not has_job and person.role in {"staff", "governor"}:
        return [(AGAINST, "The profile gives a year group, as pupils do.")]
    if SPEAKS_FOR[person.role] in cues.kinds and person.role != "staff":
        return [(ROLE_WORD[person.role], _ROLE_WORDS[person.role])]
    return []


_ROLE_WORDS = {
    "governor": "The profile speaks of governing a school.",
    "parent": "The profile uses words that parents use of themselves.",
    "leaver": "The profile speaks of having left a school.",
}


def _says_job(person: Person, cues: Cues) -> bool:
    return cues.says(fold(person.job_title or ""))


def _named(year: str) -> str:
    return {"r": "Reception", "n": "Nursery"}.get(year, f"Year {year}")
