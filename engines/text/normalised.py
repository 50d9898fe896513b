"""Brings a text to one plain form for reading, and remembers where each of its letters stood."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from engines.text.characters import MARKS, without_lookalikes

Span = tuple[int, int]
_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'")
_QUOTES |= dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_SIGNS = str.maketrans(_QUOTES | _DASHES)
_LONGEST_DECOMPOSITION = 4  # a sign that stands for a whole sentence is no letter
_CAMEL_TAG = re.compile(r"[#@]\w{2,60}")
_CAMEL_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# A sentence ends at a mark before white space, at a new line, or at the end; not after a title or an initial.
_SENTENCE_END = re.compile(
    r"\n+|(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bdr)(?<!\bst)(?<!\b[a-z])[.!?]+(?=[\s\"')]|$)", re.IGNORECASE
)
_QUOTED = re.compile(r"\"[^\"\n]{1,300}\"|(?<!\w)'[^\n\"]{1,200}?'(?!\w)")
_ANCHORS = re.compile(r"\w[\w']*|[^\w\s\x00-\x7f]")  # an emoji is a word
_SHORTEST_STEM, _LONGEST_STEM = 3, 12
_LEET_SIGNS = re.compile(r"(?<=[a-z])[0-9@$!]{1,3}(?=[a-z])")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_LEET = str.maketrans("4310571@$!", "aelostiasi")


@dataclass(frozen=True)
class NormalisedText:
    """A text in its plain form; `starts` holds, for each letter, where it stood in the text as given."""

    text: str
    origins: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return where this part of the plain form stood in the text as given."""
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else 0
            return at, at
        return self.origins[start], self.origins[end - 1] + 1

    def position(self, given: int) -> int:
        """Return where the plain form holds the letter that stood here in the text as given."""
        return max(0, min(bisect_left(self.origins, given), len(self.text) - 1))

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in _SENTENCE_END.finditer(self.text)]

    @cached_property
    def _quoted(self) -> list[Span]:
        return [match.span() for match in _QUOTED.finditer(self.text)]

    def sentence(self, start: int) -> Span:
        """Return the sentence of the plain form in which this place stands."""
        at = bisect_right(self._ends, start)
        begins = self._ends[at - 1] if at else 0
        return begins, self._ends[at] if at < len(self._ends) else len(self.text)

    def is_quoted(self, start: int, end: int) -> bool:
        """Say whether this part stands within quotation marks, and other words stand outside them."""
        return bool(self.quotation(start, end)) and len(self.text) > sum(b - a for a, b in self._quoted) + 2

    def quotation(self, start: int, end: int) -> str:
        """Return the quotation in which this part stands, with its marks, or nothing."""
        return next((self.text[a:b] for a, b in self._quoted if a < start and end < b), "")

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the text without apostrophes, and their beginnings with a star, by which phrases are found."""
        return frozenset().union(*map(_with_beginnings, _ANCHORS.findall(self.text)))

    def rewritten(self, changes: Iterable[tuple[Span, str]]) -> "NormalisedText":
        """Return the text with parts written anew; of parts that overlap, the one that begins first is."""
        letters: list[str] = []
        origins: list[int] = []
        at = 0
        for (start, end), word in sorted(changes):
            if start >= at:
                letters += self.text[at:start], word
                origins += self.origins[at:start]
                origins += [self.origins[start]] * (len(word) - 1) + [self.origins[end - 1]]
                at = end
        return NormalisedText("".join((*letters, self.text[at:])), [*origins, *self.origins[at:]])

    @cached_property
    def without_disguise(self) -> "NormalisedText":
        """The same text with digits and signs within words read as letters, and letters drawn out said once."""
        text = _LEET_SIGNS.sub(lambda signs: signs[0].translate(_LEET), self.text)
        dropped = {at for drawn in _REPEATED.finditer(text) for at in range(drawn.start() + 1, drawn.end())}
        if not dropped:
            return self if text == self.text else NormalisedText(text, self.origins)
        kept = [at for at in range(len(text)) if at not in dropped]
        return NormalisedText("".join(text[at] for at in kept), [self.origins[at] for at in kept])


@lru_cache(maxsize=64)
def normalise(text: str, *, keeps_case: bool = False, parts_tags: bool = True) -> NormalisedText:
    """Return the plain form: no accents, look-alikes or invisible signs, one kind of quotation mark and dash.

    A tag such as #TwoWords is read as two words, unless `parts_tags` is false.
    """
    text = without_lookalikes(text)
    if text.isascii() and not (parts_tags and _CAMEL_TAG.search(text)):
        return NormalisedText(text if keeps_case else text.lower(), range(len(text)))
    if not (parts_tags and _CAMEL_TAG.search(text)):
        plain = [_normalised_letter(letter, keeps_case=keeps_case) for letter in text]
        if set(map(len, plain)) <= {1}:
            return NormalisedText("".join(plain), range(len(text)))
    letters: list[str] = []
    starts: list[int] = []
    for at, letter in _split_tags(text) if parts_tags else enumerate(text):
        for character in _normalised_letter(letter, keeps_case=keeps_case):
            letters.append(character)
            starts.append(at)
    return NormalisedText("".join(letters), starts)


@lru_cache(maxsize=1 << 15)
def _with_beginnings(word: str) -> tuple[str, ...]:
    parts = {word.replace("'", ""), *word.split("'")}
    stems = (part[:end] + "*" for part in parts for end in range(_SHORTEST_STEM, min(len(part), _LONGEST_STEM) + 1))
    return (*parts, *stems)


def _split_tags(text: str) -> list[tuple[int, str]]:
    """Return each letter with its place, and a space where a tag such as #TwoWords joins two words."""
    joints = {
        tag.start() + joint.start()
        for tag in _CAMEL_TAG.finditer(text)
        for joint in _CAMEL_JOINT.finditer(tag[0])
        if joint.start() > 1
    }
    if not joints:
        return list(enumerate(text))
    parted: list[tuple[int, str]] = []
    for at, letter in enumerate(text):
        if at in joints:
            parted.append((at, " "))
        parted.append((at, letter))
    return parted


@lru_cache(maxsize=4096)
def _normalised_letter(letter: str, *, keeps_case: bool) -> str:
    if letter.isascii():
        return letter if keeps_case else letter.lower()
    decomposed = unicodedata.normalize("NFKD", letter.translate(_SIGNS)).translate(_SIGNS)
    decomposed = decomposed if keeps_case else unicodedata.normalize("NFKD", decomposed.casefold())
    kept = "".join(character for character in decomposed if unicodedata.category(character) not in MARKS)
    return kept if len(kept) <= _LONGEST_DECOMPOSITION else " "
