"""Collects what speaks for or against one person as the owner of one account: named pieces of evidence with a size."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from engines.people.candidates.model import (
    NAME_LEVELS,
    Candidate,
    CandidateGroup,
    Evidence,
    NameAlignment,
    extent_of_name,
    strongest_part,
)
from engines.people.cues.model import ProfileFacts
from engines.people.register.model import GIVEN, SURNAME, NameIndex
from engines.people.score.group_evidence import group_evidence
from engines.people.score.personal_evidence import PersonalEvidence, PersonalEvidenceReader
from engines.people.score.weights import NameRarity, Weights

_MOST_LETTERS = 10
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "rev", "mx", "sir"})
_MAY_BE_ANOTHER = frozenset({"child", "leaver", "staff", "governor"})  # a parent's bio begins with a child's name
# What a sign of love says of a name beside it, and between two alike: less than 1 does not decide (ranking.DECISIVE).
_ADDRESSED = {"addressed": 1.0, "framed": 0.5}
_SILENT_KINDS = frozenset({"decoration", "place", "title", "school", "about"})


# With the evidence of the name, and that of the cues.
GroupWithEvidence = tuple[CandidateGroup, list[Evidence], list[Evidence]]


class EvidenceCollector:
    """Gathers the evidence about everybody who may own one account; what they share is worked out once."""

    def __init__(self, facts: ProfileFacts, counts: NameRarity, name_index: NameIndex, as_of: date | None) -> None:
        self._facts, self._rarity, self._as_of = facts, counts, as_of
        self._personal = PersonalEvidenceReader(facts, name_index, as_of)
        self._by_group: dict[str, list[Evidence]] = {}
        self._by_text: dict[tuple[str, str, int, int, bool, bool], list[Evidence]] = {}
        self._by_alignments: dict[int, tuple[str, list[Evidence]]] = {}

    def with_shared_evidence(self, groups: Sequence[CandidateGroup]) -> list[GroupWithEvidence]:
        """Return all these people with the evidence that each group of them shares."""
        return [
            (group, self._name_evidence(group.group, group.alignments), self._cue_evidence(group.group))
            for group in groups
        ]

    def candidates(self, groups: Sequence[GroupWithEvidence]) -> Iterator[Candidate]:
        """Yield these people, parted by what the profile says of each of them alone."""
        for (role, group, alignments, people), name_evidence, cue_evidence in groups:
            if not self._personal.speaks_of(group):
                yield Candidate(role, group, people, alignments, name_evidence + cue_evidence)
                continue
            by_evidence: defaultdict[PersonalEvidence, set[int]] = defaultdict(set)
            for person in people:
                by_evidence[self._personal.about(person)].add(person)
            for (digits, personal), persons in by_evidence.items():
                yield Candidate(role, group, persons, alignments, [*name_evidence, *digits, *cue_evidence, *personal])

    def is_within_reach(self, groups: Sequence[GroupWithEvidence], weights: Weights, least: float) -> bool:
        """Say whether anybody's bits may come to so many, whatever the profile says of them alone."""
        missing_bits: dict[str, float] = {}
        for candidate_group, name_evidence, cue_evidence in groups:
            group = candidate_group.group
            if group not in missing_bits:
                cue_bits, most_bits = weights.worth(cue_evidence), self._personal.most_bits(group, weights)
                missing_bits[group] = least - cue_bits - most_bits
            if weights.worth(name_evidence) >= missing_bits[group]:
                return True
        return False

    def _cue_evidence(self, group: str) -> list[Evidence]:
        if group not in self._by_group:
            self._by_group[group] = list(group_evidence(group, self._facts, self._as_of))
        return self._by_group[group]

    def _name_evidence(self, group: str, alignments: Mapping[str, NameAlignment]) -> list[Evidence]:
        if id(alignments) not in self._by_alignments:
            self._by_alignments[id(alignments)] = self._parts_evidence(alignments)
        kind, name_evidence = self._by_alignments[id(alignments)]
        evidence = [(f"{group}.prior", 1.0, ""), *name_evidence, (f"{group}.kind.{kind}", 1.0, "")]
        is_shown_elsewhere = any(
            each.given.level or each.surname.level for name, each in alignments.items() if name != "bio"
        )
        is_anothers = self._facts.shows_unknown_name and not is_shown_elsewhere
        is_shown_whole = any(
            each.given.level in NAME_LEVELS and each.surname.level in NAME_LEVELS
            for name, each in alignments.items()
            if name != "handle"
        ) and not ("display" in alignments and alignments["display"].residual.unexplained)
        if self._facts.owner_in_bio and "bio" not in alignments and group in _MAY_BE_ANOTHER:
            evidence.append(("bio.other_given", 1.0, ""))
        for name, alignment in alignments.items():
            if alignment.variant in _ADDRESSED and not is_shown_elsewhere:
                evidence.append(("bio.addressed", _ADDRESSED[alignment.variant], ""))
            is_beside = name == "handle" and is_shown_whole
            evidence += self._field_evidence(
                group, name, alignment, is_anothers=is_anothers and name == "display", is_beside=is_beside
            )
        return evidence

    def _parts_evidence(self, alignments: Mapping[str, NameAlignment]) -> tuple[str, list[Evidence]]:
        given = strongest_part([alignment.given for alignment in alignments.values()])
        surname = strongest_part([alignment.surname for alignment in alignments.values()])
        evidence: list[Evidence] = []
        for kind, part in ((GIVEN, given), (SURNAME, surname)):
            if part.level in {"initial", "initials"}:
                evidence.append((f"{kind}.{part.level}", float(len(part.form)), part.form))
            elif part.level in {"prefix", "cut"}:
                evidence.append((f"{kind}.{part.level}", self._rarity.prefix_bits(part.form, kind), part.form))
            elif part.level:
                evidence.append((f"{kind}.{part.level}", self._rarity.bits(part.form, kind), part.form))
        return extent_of_name(given, surname), evidence

    def _field_evidence(
        self, group: str, name: str, alignment: NameAlignment, *, is_anothers: bool, is_beside: bool
    ) -> list[Evidence]:
        parts_shown = (alignment.given.level in NAME_LEVELS) + (alignment.surname.level in NAME_LEVELS)
        if not parts_shown and (alignment.given.level or alignment.surname.level):
            parts_shown = 3
        key = (group, name, parts_shown, id(alignment.residual), is_anothers, is_beside)
        if key not in self._by_text:
            found = _residual_evidence(
                group, name, alignment, self._facts, is_anothers=is_anothers, is_beside=is_beside
            )
            self._by_text[key] = [*found]
        evidence = self._by_text[key]
        if alignment.variant != "plain" or alignment.middle:
            evidence = [*evidence, *_variant_evidence(name, alignment)]
        return [*evidence, (f"{name}.full", 1.0, "")] if parts_shown == 2 else evidence


def _variant_evidence(name: str, alignment: NameAlignment) -> Iterator[Evidence]:
    if alignment.variant != "plain" and alignment.variant not in _ADDRESSED:
        yield f"{name}.{alignment.variant}", 1.0, ""
    if alignment.middle:
        yield "middle_initial", 1.0, ""


def _residual_evidence(
    group: str, name: str, alignment: NameAlignment, facts: ProfileFacts, *, is_anothers: bool, is_beside: bool
) -> Iterator[Evidence]:
    residual = alignment.residual
    is_unmatched = not alignment.given.level and not alignment.surname.level
    if is_unmatched:
        yield f"{name}.silent", 1.0, ""
    if name == "bio":
        return
    if is_anothers and residual.unexplained and not (residual.kinds or residual.other_given):
        yield "display.other_given", 1.0, ""
    elif residual.unexplained and not facts.is_about:  # the words of a page are not its subject's
        letters = float(min(residual.unexplained, _MOST_LETTERS))
        is_no_name = is_unmatched and (name == "handle" or facts.shows_nickname)
        kind = "silent_letters" if is_no_name else "letters_beside" if is_beside else "unexplained"
        yield f"{name}.{kind}", letters, ""
    for kind, word in (residual.kinds or {}).items():
        if kind not in _SILENT_KINDS and word not in _TITLES:
            yield f"{group}.{name}.{kind}", 1.0, word
    is_a_pages = facts.is_about and alignment.given.level  # Justice for Tia Brannel
    if residual.other_given and not (facts.names_two or is_a_pages) and residual.other_given not in facts.children:
        yield f"{name}.other_given", 1.0, residual.other_given
    if residual.other_surname:
        yield f"{name}.other_surname", 1.0, residual.other_surname
    if residual.initials:
        yield f"{name}.other_initial", float(min(len(residual.initials), 3)), ""
