"""The texts of an account in which names are looked for, and the parts of names that occur in them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from engines.people.register.model import GIVEN, Bearers


class Segmentation(NamedTuple):
    """One reading of a text: small letters, the places where a word begins or ends, and the digits between."""

    letters: str
    bounds: AbstractSet[int]
    digits: tuple[str, ...] = ()
    variant: str = "plain"  # plain, leet, stretched, quoted, addressed or framed
    is_full: bool = False  # a handle as long as some platforms let it be: its end may be cut off


class ReadHandle(NamedTuple):
    """A handle in its plain reading, and the class and year that stand in it."""

    plain: Segmentation
    class_name: str | None = None
    year: str | None = None
    written: str = ""


EMPTY = Segmentation("", frozenset({0}))
Occurrence = tuple[int, int, str, Sequence[Bearers]]
LookedUpText = tuple[Segmentation, Sequence[Occurrence]]


class BioName(NamedTuple):
    """The part of a bio that is hardly more than a name, and what the bio says of it."""

    text: LookedUpText | None = None
    is_said: bool = False  # `im Alfie`, `Alfie is me`
    is_said_of_another: bool = False  # it goes on as a page about whom it names does: `hate acc`, `is a snake`
    is_told_of: bool = False  # what a page says stands before it: `all about`, `pics of`
    names_owner: bool = False  # the bio gives its owner's given name, of somebody on the registers or of nobody


class AccountNames(NamedTuple):
    """The texts in which one account shows names, each with the parts of names that were met in it."""

    handle: ReadHandle
    readings: Sequence[LookedUpText]
    display: LookedUpText | None
    bio: LookedUpText | None
    full_names: tuple[str, frozenset[int]] | None = None  # a full name of which plain letters hold too little
    initials: Sequence[int] = ()  # people of whom a text shows the initials and nothing else
    # The initial of a surname after a title, the staff whose it is, and the texts that show it.
    titled: tuple[str, frozenset[int], Sequence[str]] | None = None
    is_of_another: bool = False  # the name is part of a sentence about somebody
    is_said_in_bio: bool = False  # the bio says that the name in it is its owner's
    owner_in_bio: bool = False  # the bio gives its owner's given name, whoever bears it
    friends: frozenset[int] = frozenset()  # whose names the bio gives to its owner's friends and relatives

    @property
    def is_empty(self) -> bool:
        """Say whether no part of anybody's name was met."""
        met = any(text and text[1] for text in (self.display, self.bio))
        return not (met or self.full_names or self.initials or self.readings or self.titled)

    @property
    def joins_two(self) -> bool:
        """Say whether the handle is two given names with `and` or `n` between them and nothing else: `tiaandchidi`."""
        letters, occurrences = self.handle.plain.letters, self.readings[0][1] if self.readings else ()
        given = [(a, b) for a, b, _, entries in occurrences if any(one.kind == GIVEN for one in entries)]
        firsts, lasts = ([span for span in given if span[end] == at] for end, at in ((0, 0), (1, len(letters))))
        return any(letters[first[1] : last[0]] in {"and", "n"} for first in firsts for last in lasts)

    @property
    def forms(self) -> frozenset[str]:
        """Return every form that was met in the handle as written, or in the name shown."""
        texts = [*self.readings[:1], *([self.display] if self.display else [])]
        return frozenset(occurrence[2] for _, occurrences in texts for occurrence in occurrences)

    @property
    def is_owner_apart(self) -> bool:
        """Say whether the bio gives its owner's name, and the handle and the name shown are another's: a fan's page."""
        in_bio = {occurrence[2] for occurrence in (self.bio[1] if self.bio else ())}
        return self.is_said_in_bio and self.forms.isdisjoint(in_bio)

    @property
    def known(self) -> frozenset[str]:
        """Return these forms, those that were met in the bio, and the words of a full name that is shown."""
        in_bio = (occurrence[2] for occurrence in (self.bio[1] if self.bio else ()))
        return self.forms.union(in_bio, self.full_names[0].split() if self.full_names else ())
