"""Says in plain sentences, which name nobody, why a person may or may not be an account's owner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2

from engines.people.rank import Ranked
from engines.people.weights import meaning

NOBODY = "nobody"
LEAST_BITS = 0.5
MOST_EXPLAINED = 8
ONE = {
    "pupil": "pupil on roll",
    "staff": "member of staff",
    "governor": "governor",
    "parent": "parent",
    "leaver": "leaver",
}
MANY = {
    "pupil": "pupils on roll",
    "staff": "members of staff",
    "governor": "governors",
    "parent": "parents",
    "leaver": "leavers",
}
_ABOUT_NAME = frozenset({"name", "nickname", "initials", "handle", "display_name"})
_SAYS_LITTLE = frozenset({"prior", "bio"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: what it rests on, the text that shows it, its bits and its sentence."""

    evidence: str
    shown: str
    bits: float
    says: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One person, or nobody, as the owner of an account: the lines add up to the bits against nobody."""

    role: str
    person_id: str
    score: float
    probability: float
    lines: Sequence[Line]


def explained(everybody: Sequence[Ranked]) -> list[Explanation]:
    """Return an account's candidates with all their evidence, nobody in the place that is theirs."""
    found = [
        Explanation(one.known.person.role, one.known.person.person_id, one.score, one.probability, lines_of(one))
        for one in everybody[:MOST_EXPLAINED]
    ]
    mass = sum(2**one.total for one in everybody)
    alone = 1 / (1 + mass)
    says = "Somebody else's account: the likelier, the less the others explain."
    found.append(Explanation("", NOBODY, -log2(max(mass, 2**-99)), alone, [Line("nobody", "", 0.0, says)]))
    return sorted(found, key=lambda one: -one.score)


def reasons_of(one: Ranked, everybody: Sequence[Ranked]) -> tuple[str, ...]:
    """Return why one person may be the owner: the name, the public cues, what speaks against, who fits better.

    These are for reports: beside what the account itself shows, they confirm of the register a year group at most.
    """
    cues = [(name, bits) for name, bits, _ in one.pieces if name != "accounts" and abs(bits) >= LEAST_BITS]
    told = [
        _of_year(name, one) or meaning(name).told
        for name, _ in cues
        if meaning(name).kind not in _ABOUT_NAME | _SAYS_LITTLE or _is_against(name)
    ]
    found = [_name(one, everybody), *dict.fromkeys(told)]
    better = next((other for other in _others(one, everybody) if other.score >= one.score), None)
    if better and not (one.is_together and better.is_together):
        found.append(f"{_one(better).capitalize()} explains the account as well or better.")
    return tuple(found)


def lines_of(one: Ranked) -> list[Line]:
    """Return every piece of evidence about one person, the weightiest first, so that their bits add up."""
    lines = [
        Line(name, text, bits, "The account is one of so many." if name == "accounts" else sentence(name, one))
        for name, bits, text in one.pieces
    ]
    return sorted(lines, key=lambda line: -abs(line.bits))


def sentence(name: str, one: Ranked) -> str:
    """Return a piece of evidence as a sentence for those who hold the register."""
    return _of_year(name, one) or meaning(name).says


def next_best(person_id: str, one: Ranked, everybody: Sequence[Ranked]) -> str:
    """Return the id of the best explanation other than this person, or `nobody`."""
    others = [other for other in _others(one, everybody) if not (one.is_together and other.is_together)]
    most = max((other.total for other in others), default=0.0)
    if most <= 0:
        return NOBODY
    best = [
        (-other.score, known.person.role, known.person.person_id)
        for other in others
        if other.total == most
        for known in other.everybody
        if other is not one or known.person.person_id != person_id
    ]
    return min(best)[2]


def is_best(one: Ranked, everybody: Sequence[Ranked]) -> bool:
    """Say whether nobody else explains the account as well; brothers and sisters may share one."""
    return all(other.score < one.score or (one.is_together and other.is_together) for other in _others(one, everybody))


def _others(one: Ranked, everybody: Sequence[Ranked]) -> Iterator[Ranked]:
    """Yield all who are somebody else: those with the same evidence too, where they are several."""
    return (other for other in everybody if other is not one or len(one.everybody) > 1)


def _of_year(name: str, one: Ranked) -> str | None:
    if name.endswith(".year") and one.known.year and not name.startswith("birth"):
        return f"The profile says {_year(one.known.year)}, and so does the roll."
    return None


def _is_against(name: str) -> bool:
    return ".other_" in name


def _name(one: Ranked, everybody: Sequence[Ranked]) -> str:
    role = one.known.person.role
    alike = (other for other in everybody if other.known.person.role == role and other.is_full == one.is_full)
    same = sum(len(other.everybody) for other in alike)
    whose = f"{_one(one)}" if same == 1 else f"{same} {MANY.get(role, 'people on the register')}"
    if one.is_full:
        where = "public name" if any(name == "display.full" for name, *_ in one.pieces) else "account's name"
        return f"The {where} is the full name of {whose}."
    return f"The account shows part of the name of {whose}."


def _one(one: Ranked) -> str:
    return f"one {ONE.get(one.known.person.role, 'person on the register')}"


def _year(year: str) -> str:
    return {"r": "Reception", "n": "Nursery"}.get(year, f"Year {year}")
