"""How the texts of an account show the names of candidates, and how much of them; the evidence about each."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from engines.people.cues.model import ProfileFacts
from engines.people.model import ActorProfile, Role

Span = tuple[int, int]


class NamePart(NamedTuple):
    """One part of a name in a text: its level, the form that was found and where it stands."""

    level: str = ""
    form: str = ""
    span: Span = (0, 0)


NO_PART = NamePart()


class Residual(NamedTuple):
    """What a name leaves over in one text: letters that nothing explains, kinds of words, and other names."""

    unexplained: int = 0
    kinds: Mapping[str, str] | None = None  # the kind of word, and the word
    other_given: str = ""
    other_surname: str = ""
    initials: Sequence[str] = ()


NO_RESIDUAL = Residual()
AlignedGroup = tuple["NameAlignment", AbstractSet[int]]


class NameAlignment(NamedTuple):
    """How one text shows one person's name."""

    given: NamePart
    surname: NamePart
    residual: Residual
    variant: str
    middle: bool = False


class CandidateGroup(NamedTuple):
    """Everybody of one register whose name an account's texts show in one way."""

    role: Role
    group: str
    alignments: Mapping[str, NameAlignment]
    people: AbstractSet[int]


_MOST_FIRST = ("own", "nick", "part spelt", "middle", "misspelt", "cut", "prefix", "initials initial")
_RANK = {level: -place for place, levels in enumerate(_MOST_FIRST) for level in levels.split()}
NAME_LEVELS = frozenset({"own", "nick", "part", "spelt", "middle", "misspelt", "cut"})


def strongest_part(parts: Iterable[NamePart]) -> NamePart:
    """Return the part that says most of the name, the first of those that say as much."""
    shown_parts = [part for part in parts if part.level]
    if len(shown_parts) > 1:
        return max(shown_parts, key=lambda part: (_RANK[part.level], len(part.form)))
    return shown_parts[0] if shown_parts else NO_PART


def extent_of_name(given: NamePart, surname: NamePart) -> str:
    """Name how much of a name is shown."""
    has_given, has_surname = given.level in NAME_LEVELS, surname.level in NAME_LEVELS
    if has_given and has_surname:
        return "full"
    if has_surname:
        return "initial_surname" if given.level else "surname"
    if not has_given:
        return "initials"
    return "given_initial" if surname.level else "given"


Evidence = tuple[str, float, str]  # the evidence, its size, the text that shows it


class Candidate(NamedTuple):
    """People who may own one account for the same reasons: how each text shows their names, and all the evidence."""

    role: Role
    group: str
    people: AbstractSet[int]
    alignments: Mapping[str, NameAlignment]
    items: Sequence[Evidence]
    seat: int | None = None  # which of the names that share the account is theirs; None where they share nothing


class AccountCandidates(NamedTuple):
    """One account with everybody who may own it."""

    actor: ActorProfile
    facts: ProfileFacts
    candidates: Sequence[Candidate]
