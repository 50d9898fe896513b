"""Says in plain sentences, which name nobody, why a person may or may not be an account's owner."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2

from engines.people.score.ranked_group import RankedGroup
from engines.people.score.weights import meaning_of

NOBODY = "nobody"
LEAST_BITS = 0.5
MOST_EXPLAINED = 8
_ROLES = {  # one of them, and several
    "pupil": ("pupil on roll", "pupils on roll"),
    "staff": ("member of staff", "members of staff"),
    "governor": ("governor", "governors"),
    "parent": ("parent", "parents"),
    "leaver": ("leaver", "leavers"),
}
_OF_NO_ROLE = ("person on the register", "people on the register")
_ABOUT_NAME = frozenset({"name", "nickname", "initials", "handle", "display_name"})
_BETTER = "explains the account as well or better."
# What is no evidence of its own: how many accounts there are, and what no evidence outweighs.
_OF_ALL = {
    "accounts": "The account is one of so many.",
    "calibration": "How often so sure an answer was right at schools that taught nothing.",
    "ceiling": "What the account says of itself decides against it, however much speaks for it.",
}
_SAYS_LITTLE = frozenset({"prior", "bio"})


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One line of an explanation: what it rests on, the text that shows it, its bits and its sentence."""

    evidence: str
    text: str
    bits: float
    says: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One person, or nobody, as the owner of an account: the lines add up to the bits against nobody."""

    role: str
    person_id: str
    score: float
    probability: float
    lines: Sequence[EvidenceLine]


def explain_ranking(everybody: Sequence[RankedGroup]) -> list[Explanation]:
    """Return an account's candidates with all their evidence, nobody in the place that is theirs."""
    explanations = [
        Explanation(
            group.person_forms.person.role,
            group.person_forms.person.person_id,
            group.score,
            group.probability,
            evidence_lines(group),
        )
        for group in everybody[:MOST_EXPLAINED]
    ]
    mass = sum(2**group.total for group in everybody)
    nobody_probability = 1 / (1 + mass)
    says = "Somebody else's account: the likelier, the less the others explain."
    explanations.append(
        Explanation("", NOBODY, -log2(max(mass, 2**-99)), nobody_probability, [EvidenceLine("nobody", "", 0.0, says)])
    )
    return sorted(explanations, key=lambda group: -group.score)


def reasons_of(group: RankedGroup, everybody: Sequence[RankedGroup]) -> tuple[str, ...]:
    """Return why one person may be the owner: the name, the public cues, what speaks against, who fits better.

    These are for reports: beside what the account itself shows, they confirm of the register a year group at most.
    """
    sentences = [_told(name, group) for name in told_evidence(group)]
    reasons = [_name_sentence(group, everybody), *dict.fromkeys(sentences)]
    better_rival = next((rival for rival in _rivals(group, everybody) if rival.score >= group.score), None)
    if better_rival and not group.shares_with(better_rival):
        reasons.append(f"{_one_of_role(better_rival).capitalize()} {_BETTER}")
    return tuple(reasons)


def against(group: RankedGroup, reasons: Sequence[str]) -> tuple[str, ...]:
    """Return those of these reasons that speak against the person: evidence that takes bits away, a better rival."""
    bits: defaultdict[str, float] = defaultdict(float)
    told = frozenset(told_evidence(group))
    for name, of_piece, _ in group.pieces:
        if name in told:
            bits[_told(name, group)] += of_piece
    return tuple(reason for reason in reasons if reason.endswith(_BETTER) or bits.get(reason, 0.0) < 0)


def told_evidence(group: RankedGroup) -> list[str]:
    """Return the names of the evidence of which the reasons tell: all that weighs enough, beside the name itself."""
    cues = [name for name, bits, _ in group.pieces if name not in _OF_ALL and abs(bits) >= LEAST_BITS]
    return [name for name in cues if meaning_of(name).kind not in _ABOUT_NAME | _SAYS_LITTLE or ".other_" in name]


def evidence_lines(group: RankedGroup) -> list[EvidenceLine]:
    """Return every piece of evidence about one person, the weightiest first, so that their bits add up."""
    lines = []
    for name, bits, text in group.pieces:
        says = _OF_ALL.get(name) or _year_sentence(name, group) or meaning_of(name).says
        lines.append(EvidenceLine(name, text, bits, says))
    return sorted(lines, key=lambda line: -abs(line.bits))


def runner_up_of(person_id: str, group: RankedGroup, everybody: Sequence[RankedGroup]) -> str:
    """Return the id of the best explanation other than this person, or `nobody`."""
    rivals = [rival for rival in _rivals(group, everybody) if not group.shares_with(rival)]
    best_total = max((rival.total for rival in rivals), default=0.0)
    if best_total <= 0:
        return NOBODY
    best_rivals = [
        (-rival.score, forms.person.role, forms.person.person_id)
        for rival in rivals
        if rival.total == best_total
        for forms in rival.everybody
        if rival is not group or forms.person.person_id != person_id
    ]
    return min(best_rivals)[2]


def is_best(group: RankedGroup, everybody: Sequence[RankedGroup]) -> bool:
    """Say whether nobody else explains the account as well; brothers and sisters may share one."""
    return all(rival.score < group.score or group.shares_with(rival) for rival in _rivals(group, everybody))


def _rivals(group: RankedGroup, everybody: Sequence[RankedGroup]) -> Iterator[RankedGroup]:
    """Yield all who are somebody else: those with the same evidence too, where they are several."""
    return (rival for rival in everybody if rival is not group or len(group.everybody) > 1)


def _told(name: str, group: RankedGroup) -> str:
    return _year_sentence(name, group) or meaning_of(name).report_sentence


def _year_sentence(name: str, group: RankedGroup) -> str | None:
    if name.endswith(".year") and group.person_forms.year and not name.startswith("birth"):
        year = group.person_forms.year
        name_of_year = {"r": "Reception", "n": "Nursery"}.get(year, f"Year {year}")
        return f"The profile says {name_of_year}, and so does the roll."
    return None


def _name_sentence(group: RankedGroup, everybody: Sequence[RankedGroup]) -> str:
    role, is_full = group.person_forms.person.role, group.name_extent == "full"
    of_role = (rival for rival in everybody if rival.person_forms.person.role == role)
    same_kind = (rival for rival in of_role if (rival.name_extent == "full") == is_full)
    bearers = sum(len(rival.everybody) for rival in same_kind)
    whose = _one_of_role(group) if bearers == 1 else f"{bearers} {_ROLES.get(role, _OF_NO_ROLE)[1]}"
    if is_full:
        where = "public name" if any(name == "display.full" for name, *_ in group.pieces) else "account's name"
        is_misspelt = any(name.endswith(".misspelt") for name, *_ in group.pieces)
        return f"The {where} is {'nearly ' if is_misspelt else ''}the full name of {whose}."
    return f"The account shows part of the name of {whose}."


def _one_of_role(group: RankedGroup) -> str:
    return f"one {_ROLES.get(group.person_forms.person.role, _OF_NO_ROLE)[0]}"
