"""One account's candidates with the same evidence: what it adds up to, and what it may be called by."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from engines.people.candidates.model import Candidate, extent_of_name, strongest_part
from engines.people.register.model import PersonForms
from engines.people.score.weights import Weights, likely_rules
from engines.text.folding import fold

MOST_BITS, ROUNDING = 99.0, 1e-6
LIKELY_EXTENTS = frozenset({"full", "initial_surname", "given_initial"})
_OF_SCHOOL, _OF_NAME = frozenset({"school", "town"}), frozenset({"other_given", "other_surname", "other_initial"})
# What speaks against everybody: an account that says that it is not the person, a school that is but called as ours.
_AGAINST_ALL = frozenset({"parody", "school_called_alike", "about", "addressed"})
CEILING, CALIBRATION, LEAST_OF_PAGE = "ceiling", "calibration", -6.0
_OF_PAGE = frozenset({"about", "parody", "handle.group", "display.group"})  # what says that it is a page
_ANYBODYS = frozenset({"parody", "other_school", "lives_elsewhere"})  # fans of a star, a page about a namesake


@dataclass(frozen=True)
class RankedGroup:
    """People with the same evidence: each one's bits against nobody, log-odds against all else, and probability."""

    candidate: Candidate
    everybody: Sequence[PersonForms]
    total: float  # bits against nobody
    score: float
    probability: float
    weights: Weights
    base: float
    shift: float = 0.0  # by which the odds of everybody are moved, to mean what they say

    @property
    def person_forms(self) -> PersonForms:
        """Return the person, or one of those who stand here together."""
        return self.everybody[0]

    @property
    def is_co_owner(self) -> bool:
        """Say whether the account names them together with somebody."""
        return self.candidate.seat is not None

    def shares_with(self, rival: "RankedGroup") -> bool:
        """Say whether the account names both of them, each by a name of their own."""
        return self.is_co_owner and rival.is_co_owner and self.candidate.seat != rival.candidate.seat

    @cached_property
    def pieces(self) -> Sequence[tuple[str, float, str]]:
        """Return every piece of evidence with its bits and the text that shows it."""
        bits, temperature = self.weights.bits, self.weights.scale.temperature
        sizes = [(name, bits.get(name, 0.0) * size / temperature, text) for name, size, text in self.candidate.items]
        pieces = [("accounts", self.base, ""), *(piece for piece in sizes if piece[1])]
        pieces += [(CALIBRATION, self.shift, "")] if abs(self.shift) > ROUNDING else []
        cut = self.total - sum(bits for _, bits, _ in pieces)
        return [*pieces, (CEILING, cut, "")] if cut < -ROUNDING and abs(self.total) < MOST_BITS else pieces

    @cached_property
    def _fitting(self) -> frozenset[str]:
        """What supports, of the public cues beside the name that fit."""
        told = frozenset(_without_group(name) for name, bits, _ in self.pieces if bits > 0)
        supports = likely_rules().supports.get(self.person_forms.group, ())
        return frozenset(one for one in supports if told.issuperset(one.split("+")))

    @property
    def is_supported(self) -> bool:
        """Say whether a public cue beside the name fits."""
        return bool(self._fitting)

    @property
    def is_described(self) -> bool:
        """Say whether a cue fits that says more than the school and its town, such as the year group or the work."""
        return not self._fitting <= _OF_SCHOOL

    @property
    def is_named_by_page(self) -> bool:
        """Say whether the account is a page about somebody: by a whole name, or by less if it would be theirs else."""
        bits = [(_without_group(name), bits) for name, bits, _ in self.pieces if name not in {CEILING, CALIBRATION}]
        is_plain = (told := {name for name, _ in bits}).isdisjoint(_ANYBODYS) and self.name_extent == "full"
        is_shown = self.name_extent in LIKELY_EXTENTS or (self.name_extent == "surname" and "title" in told)
        worth = sum(size for name, size in bits if name not in _OF_PAGE)
        return "about" in told and is_shown and worth > LEAST_OF_PAGE * is_plain

    @property
    def is_contradicted(self) -> bool:
        """Say whether anything that the account shows is another person's."""
        against = {*likely_rules().contradicts.get(self.person_forms.group, ()), *_AGAINST_ALL}
        if "child_in_bio" in self._fitting:  # their children may have another school too, or be elsewhere
            against -= {"other_school", "lives_elsewhere"}
        return any(
            _without_group(name) in against
            or (name.startswith(("display.", "bio.")) and _without_group(name) in _OF_NAME)
            or name in {"birth.other_year", "birth.other_date"}
            for name, *_ in self.pieces
        )

    @cached_property
    def name_extent(self) -> str:
        """How much of the name the account shows: full, initial_surname, given_initial, surname, given or initials."""
        shown = self.candidate.alignments.values()
        return extent_of_name(
            strongest_part(each.given for each in shown), strongest_part(each.surname for each in shown)
        )

    @property
    def shows_enough(self) -> bool:
        """Say whether the account shows enough to be likely: of staff and governors title, surname, school and work."""
        told = {name for name, bits, _ in self.pieces if bits > 0}
        is_at_work = told >= {"staff.title", "staff.school"} and not told.isdisjoint({"staff.job", "staff.own_job"})
        is_at_work |= told >= {"governor.title", "governor.school", "governor.governs"}
        is_enough = self.name_extent in LIKELY_EXTENTS or (self.name_extent == "surname" and is_at_work)
        return is_enough or (self.name_extent == "given" and self._shows_two_given)

    @property
    def _shows_two_given(self) -> bool:
        """Say whether a text shows the first and the second given name: Tia Rose."""
        given = fold(self.person_forms.person.given_names or "").split()[:2]
        return len(given) > 1 and "".join(given) in {each.given.form for each in self.candidate.alignments.values()}


def _without_group(name: str) -> str:
    return name.partition(".")[2]
