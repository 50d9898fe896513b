"""Reads texts for every family of words at once: the rules, and the score that was learned, together."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from engines.words.abuse.abusive import is_kindly, only_quotes_of_a_group, speaks_of_a_group, tells_an_ordinary_day
from engines.words.learned.scorer import ATTACK, learned_weights, probabilities, together
from engines.words.model import Basis, Sign, TextFamily, TextKind
from engines.words.remembered import JudgedBy, Reading, memory_at_hand
from engines.words.ruled import ruled
from engines.words.rules.rule_lists import Extra
from engines.words.signs import as_read, signs_of, sure_ones

ATTACKS = ("threat", "hate", "slur", "abuse", "allegation")
HINTED = ("threat", "hate", "allegation")  # said in a roundabout way as often as openly: their own score speaks too
_OF_POSTS = ("contact", "partisan", "religious", "commercial", "personal", "staff_detail")
FAMILIES: dict[TextKind, tuple[str, ...]] = {
    "post": (*ATTACKS, *_OF_POSTS),
    "comment": (*ATTACKS, "contact"),
    "bio": ("underage",),
}
_EVEN, _DOUBTED, _EXCUSED = 0.55, 0.1, 0.05  # likelier so than not; below these a rule is not believed
_BATCH, _OF_A_TITLE = 512, 2  # texts at once; words
_SAYS_SOMETHING = re.compile(r"([^\W\d_])(?!\1)[^\W\d_]|\d|[\u2190-\u2bff\U0001f000-\U0001faff]")
# Invented, and so written that whatever reads texts comes to its word lists, patterns and weights.
_OF_EACH_LIST = (
    "The headteacher Mr Zzinvented is a stuppid idoit: i k n o w where you live and will kill you. Those pupils steal. "
    "Vote now! Buy with my code, call 07700 900123. Aged 12, add me on a chat @zzinvented."
)
_WHY_SCORE = "No rule fits; the words as a whole read like texts that people call so."


def read_texts(
    texts: Sequence[str],
    kind: TextKind,
    *,
    names: Collection[str] = (),
    official: Collection[str] = (),
    as_of: date | None = None,
    extra: Extra | None = None,
    pupils: Collection[str] = (),
) -> list[tuple[TextFamily, ...]]:
    """Return the families of each text: those of FAMILIES, then those that only rules tell. A memory spares that.

    `names` are those of pupils and staff, `official` the school's own contact details, `as_of` the day ages are counted
    at (needed for profiles), `extra` a school's own phrases by list, `pupils` the given and full names of pupils.
    """
    read = partial(_read, kind=kind, names=names, official=official, as_of=as_of, extra=extra, pupils=pupils)
    memory = memory_at_hand()
    if memory is None:
        return [families for families, _ in read(texts)]
    phrases = [f"{name}\x1f{phrase}" for name, listed in (extra or {}).items() for phrase in listed]
    year = str(as_of.year) if as_of else ""  # no more of the day is gone by
    return memory.recall(texts, JudgedBy(([kind], names, [year], phrases, pupils), official), read)


def get_ready() -> None:
    """Read the word lists and make the patterns that most texts need: a process that is forked afterwards has them."""
    for kind in FAMILIES:
        _read([_OF_EACH_LIST], kind=kind, names=["Zz Invented"], official=(), as_of=date.min, extra=None, pupils=["Zz"])


def _read(
    texts: Sequence[str],
    *,
    kind: TextKind,
    names: Collection[str],
    official: Collection[str],
    as_of: date | None,
    extra: Extra | None,
    pupils: Collection[str],
) -> list[Reading]:
    readings: list[Reading] = []
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        signs, read, heeds = [], [], []
        for text in batch:
            found = signs_of(text, kind, names=names, as_of=as_of, extra=extra, doubts=True)
            # Where nobody's contact details are given, it is all one which are the school's own.
            heeds.append("contact" in found)
            if heeds[-1] and official:
                found = signs_of(text, kind, names=names, official=official, as_of=as_of, extra=extra, doubts=True)
            signs.append(found)
            read.append(as_read(text, sure_ones(found), names))
        likely = probabilities(read)
        families = (
            (
                *_families(text, kind, _Evidence(sure_ones(signed), scores, signed)),
                *ruled(text, kind, pupils=pupils, extra=extra),
            )
            for text, signed, scores in zip(batch, signs, likely, strict=True)
        )
        readings += zip(families, heeds, strict=True)
    return readings


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the rules and the score say of one text; `doubted` is what rules say, surely or not."""

    signs: Mapping[str, Sequence[Sign]]
    scores: Mapping[str, float]
    doubted: Mapping[str, Sequence[Sign]] = field(default_factory=dict)

    def together(self, head: str) -> float:
        """Return what the score of a family says together with that of an attack."""
        return together(self.scores[head], self.scores[ATTACK])

    def is_listed(self, head: str, *, by_rule: bool) -> bool:
        """Say whether the score reaches what this family, or an attack, needs for being listed."""
        needed = learned_weights().heads[head]
        return self.scores[head] >= (needed.listed_with_rule if by_rule else needed.listed)


def _families(text: str, kind: TextKind, evidence: _Evidence) -> Iterator[TextFamily]:
    if not (evidence.signs or _SAYS_SOMETHING.search(text)):
        return
    attacks = _attacks(evidence, 0 if kind == "post" else _DOUBTED) if kind != "bio" else {}
    by_rule = not evidence.signs.keys().isdisjoint(ATTACKS)
    is_attack = ("threat" in evidence.signs and evidence.is_listed("threat", by_rule=True)) or (
        evidence.is_listed(ATTACK, by_rule=True) if by_rule else _stands_alone(text, evidence)
    )
    is_title = len(text.split()) <= _OF_A_TITLE
    for family in FAMILIES[kind]:
        signs = tuple(evidence.signs.get(family, ()))
        if family in ATTACKS:
            if family in attacks:
                doubted = tuple(evidence.doubted.get(family, ()))
                yield _told(text, family, attacks[family], signs or doubted, is_listed=is_attack)
        elif family == "contact" and signs:  # a number or a link is one, whatever stands around it
            yield _told(text, family, max(evidence.scores[family], _EVEN), signs, is_listed=True)
        elif (score := evidence.scores[family]) >= (_DOUBTED if signs else 1 if is_title else _EVEN):
            yield _told(text, family, score, signs, is_listed=evidence.is_listed(family, by_rule=bool(signs)))


def _stands_alone(text: str, evidence: _Evidence) -> bool:
    """Say whether the score is enough without a rule: of a group only an attack's, and where nothing kind is said."""
    heads = learned_weights().heads
    of_group = evidence.scores[ATTACK] >= heads[ATTACK].listed_of_group
    is_hinted = any(evidence.is_listed(head, by_rule=False) for head in HINTED)  # which speaks as a rule does
    of_none = evidence.is_listed(ATTACK, by_rule=False) or (is_hinted and evidence.is_listed(ATTACK, by_rule=True))
    # What a rule doubts, the two do not make sure; what it has by hearsay, it says nothing against.
    unruled = [head for head in HINTED if all(sign.what != head for sign in evidence.doubted.get(head, ()))]
    of_none |= any(evidence.together(head) >= heads[head].listed_together for head in unruled)
    if (of_group or of_none) and speaks_of_a_group(text):
        return of_group and not (is_kindly(text) or only_quotes_of_a_group(text))
    return of_none and not tells_an_ordinary_day(text)


def _attacks(evidence: _Evidence, needed: float) -> dict[str, float]:
    """Return an attack's families with their scores, the likeliest at least an attack's; or what is hinted."""
    scores, heads = evidence.scores, learned_weights().heads
    by_rule = {family for family in ATTACKS if family in evidence.signs}
    if scores[ATTACK] < (needed if by_rule else heads[ATTACK].to_read):
        hinted = [
            family
            for family in HINTED
            if scores[family] >= heads[family].to_read or evidence.together(family) >= heads[family].to_read_together
        ]
        # What is doubted and may be hinted is always told: that costs few harmless texts, and a missed one more.
        told = [one for one in evidence.doubted if one in HINTED or scores[ATTACK] >= _EXCUSED]
        return {family: scores[family] for family in ATTACKS if family in hinted or family in told}
    likeliest = max(ATTACKS, key=lambda family: scores[family] + (family in by_rule) / 2)
    # Of the families that rules tell, a threat and hatred are always told beside likelier ones, not to miss one. Their
    # score is the family's own, or where it is more, that of an attack which the rule names rightly.
    believed = {
        family: max(scores[family], scores[ATTACK] * heads[family].rule_precision)
        for family in by_rule
        if family in ("threat", "hate") or scores[family] >= needed
    }
    chosen = {family: scores[family] for family in ATTACKS if scores[family] >= _EVEN}
    return chosen | believed | {likeliest: max(scores[likeliest], scores[ATTACK])}


def _told(text: str, family: str, score: float, signs: tuple[Sign, ...], *, is_listed: bool) -> TextFamily:
    if not signs:
        return TextFamily(family, score, (0, len(text)), _WHY_SCORE, "score", is_listed, ())
    basis: Basis = "both" if score >= _EVEN else "rule"
    span = (min(sign.span[0] for sign in signs), max(sign.span[1] for sign in signs))
    why = " ".join(dict.fromkeys(sign.why for sign in signs))
    return TextFamily(family, score, span, why, basis, is_listed, signs)
