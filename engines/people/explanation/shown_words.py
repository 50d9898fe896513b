"""Finds the words of a public profile that the reasons of a match rest on.

The engine reads a profile as a whole and does not say where a cue stood: each part of it is read once more by itself,
and a part that alone yields evidence which the reasons tell of is one of those words.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import pairwise

from engines.people.candidates.model import Candidate
from engines.people.cues.model import ProfileFacts
from engines.people.cues.profile import ProfileReader
from engines.people.explanation.sentences import told_evidence
from engines.people.model import ActorProfile
from engines.people.register.model import NameIndex
from engines.people.score.group_evidence import group_evidence
from engines.people.score.personal_evidence import PersonalEvidenceReader
from engines.people.score.ranked_group import RankedGroup
from engines.people.text.model import EMPTY, AccountNames, ReadHandle
from engines.text.normalised import Span

_LONGEST_BIO, _LONGEST_PART = 2000, 100
# A full stop parts only after a longer word: not in "St. Mary". A comma parts only where a part is long.
_BETWEEN = re.compile(r"(?:(?<=\w{4})[.!?]+\s+|[\n|;\u2022\u00b7]|\s[-\u2013\u2014]\s)+")
_WITHIN = re.compile(r"(?<=\w)[,.!?]+\s+")
_NO_NAMES = AccountNames(ReadHandle(EMPTY), (), None, None)


class ShownWords:
    """Reads the parts of profiles for one school and its registers, as of one day."""

    def __init__(self, profile_reader: ProfileReader, name_index: NameIndex, as_of: date | None) -> None:
        self._profile_reader, self._name_index, self._as_of = profile_reader, name_index, as_of

    def of(self, actor: ActorProfile, group: RankedGroup) -> tuple[str, ...]:
        """Return the parts of the bio, then the location, that the reasons for these people rest on, as written.

        There are none where the reasons rest on the handle and the name alone.
        """
        told = frozenset(told_evidence(group)) - {f"{group.candidate.group}.no_bio"}
        bio, location = (actor.bio or "")[:_LONGEST_BIO], (actor.location or "").strip()
        words = [bio[start:end].strip() for start, end in self._telling(bio, group.candidate, told)]
        if location and self._tells(ActorProfile(platform="", actor_id="", location=location), group.candidate, told):
            words.append(location)
        return tuple(words)

    def _telling(self, bio: str, candidate: Candidate, told: Collection[str]) -> Sequence[Span]:
        """Return where the telling parts stand, neighbours as one; the whole where only all of it together tells."""
        parts = list(_parts(bio))
        is_telling = [self._tells_in_bio(bio[start:end], candidate, told) for start, end in parts]
        if not any(is_telling):
            return [(0, len(bio))] if self._tells_in_bio(bio, candidate, told) else []
        begins = [
            start for (start, _), (was, now) in zip(parts, pairwise([False, *is_telling]), strict=True) if now > was
        ]
        ends = [end for (_, end), (now, then) in zip(parts, pairwise([*is_telling, False]), strict=True) if now > then]
        return list(zip(begins, ends, strict=True))

    def _tells_in_bio(self, text: str, candidate: Candidate, told: Collection[str]) -> bool:
        return self._tells(ActorProfile(platform="", actor_id="", bio=text), candidate, told)

    def _tells(self, shown: ActorProfile, candidate: Candidate, told: Collection[str]) -> bool:
        facts = self._profile_reader.read(shown, _NO_NAMES)
        return any(name in told for name in self._evidence(facts, candidate))

    def _evidence(self, facts: ProfileFacts, candidate: Candidate) -> Iterator[str]:
        yield from (name for name, *_ in group_evidence(candidate.group, facts))
        _, personal = PersonalEvidenceReader(facts, self._name_index, self._as_of).about(min(candidate.people))
        yield from (name for name, *_ in personal)


def _parts(text: str) -> Iterator[Span]:
    """Yield where the parts of a text stand; a long one is parted at its commas."""
    for start, end in _split(text, _BETWEEN, (0, len(text))):
        yield from _split(text, _WITHIN, (start, end)) if end - start > _LONGEST_PART else [(start, end)]


def _split(text: str, separator: re.Pattern[str], span: Span) -> Iterator[Span]:
    start, last = span
    for gap in separator.finditer(text, start, last):
        yield start, gap.start()
        start = gap.end()
    yield start, last
