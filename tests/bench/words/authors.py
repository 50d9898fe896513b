"""What was seen of authors left out, family by family, as the program lists; a table of docs/words.md."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import expit

from engines.words.learned.scorer import ATTACK
from engines.words.reading import ATTACKS, _attacks, _Evidence, _is_attack
from tests.bench.words.fit import Flags, TrainedHead, shares
from tests.bench.words.sets import LabelledText

_BOTH_PAGES = (ATTACK, *ATTACKS, "contact")
_DOUBTED = 0.1  # as of a comment


def holds(labels: frozenset[str], head: str) -> bool:
    """Say whether labels hold a family, or any attack."""
    return not labels.isdisjoint(ATTACKS) if head == ATTACK else head in labels


def authors_table(
    texts: Sequence[LabelledText], by_rule: Sequence[frozenset[str]], heads: Mapping[str, TrainedHead]
) -> str:
    """Return a Markdown table of texts judged by weights that saw neither their author nor a third of the others.

    An attack is told as the program tells it, so that the weights that it reads must be those of `heads`.
    """
    attacks = _attacks_listed(texts, by_rule, heads)
    school = np.array([text.is_school for text in texts])
    lines = [
        "| family | page | there | precision | recall | rules alone: precision | recall |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, head in heads.items():
        wanted = np.array([holds(text.labels, name) for text in texts])
        ruled = np.array([holds(found, name) for found in by_rule])
        needed = np.where(ruled, head.thresholds.listed_with_rule, head.thresholds.listed)
        listed = attacks[name] if name in attacks else expit(head.left_out) >= needed
        for page in ("school", "elsewhere") if name in _BOTH_PAGES else ("school",):
            part = head.judged & (school == (page == "school"))
            cells = [*shares(listed & part, wanted & part), *shares(ruled & part, wanted & part)]
            lines.append(f"| {name} | {page} | {(wanted & part).sum()} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _attacks_listed(
    texts: Sequence[LabelledText], by_rule: Sequence[frozenset[str]], heads: Mapping[str, TrainedHead]
) -> dict[str, Flags]:
    """Return of which texts each family of attacks, and any, is told and listed."""
    likely = np.array([expit(head.left_out) for head in heads.values()]).T
    named: list[frozenset[str]] = []
    for text, found, scores in zip(texts, by_rule, likely, strict=True):
        evidence = _Evidence(dict.fromkeys(sorted(found), ()), dict(zip(heads, map(float, scores), strict=True)))
        is_listed = text.kind != "bio" and not np.isnan(scores).any() and _is_attack(text.text, evidence)
        named.append(frozenset(_attacks(evidence, _DOUBTED)) if is_listed else frozenset())
    return {name: np.array([holds(told, name) for told in named]) for name in (ATTACK, *ATTACKS)}
