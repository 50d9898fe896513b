"""How the texts of an account show the names of candidates."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from engines.people.model import Role

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
