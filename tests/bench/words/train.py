"""`python -m tests.bench.words.train`: learns the score of texts anew, and what it is worth on unseen authors.

One logistic regression for each family over hashed features (engines/words/learned/features.py), drawn towards zero.
The authors are left out a few at a time: the values of the texts left out give the calibration (Platt, 1999) and the
probabilities from which a family is listed. What ships is learned from all of them by the same procedure.

What it learns from, docs/words.md tells; neither OLID nor Vicomtech's set, as their licences do not allow it.
"""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit
from threadpoolctl import threadpool_limits

from engines.words.abuse.abusive import is_kindly, speaks_of_a_group
from engines.words.learned.features import BUCKETS, feature_rows
from engines.words.learned.scorer import ATTACK, WEIGHTS, FamilyHead, learned_weights, together
from engines.words.reading import ATTACKS, FAMILIES, HINTED
from engines.words.signs import as_read, signs_of
from tests.bench.people.page import put
from tests.bench.words.fit import Flags, Floats, TrainedHead, calibrated, fitted, keeping, least, shares, upper, write
from tests.bench.words.sets import (
    AS_OF,
    ATTACKS_ALONE,
    LabelledText,
    contrast,
    davidson,
    hatemoji,
    made_from,
    regrouped,
    written_texts,
)

PAGE = Path("docs/words.md")
WEIGHTS_FILE = Path("engines/words/learned") / WEIGHTS
HEADS = (ATTACK, *ATTACKS, "contact", "partisan", "religious", "commercial", "personal", "staff_detail", "underage")
_FOLDS = 3
# What teaches beside the texts of a kind with a school's, and how much of each counts; it calibrates nothing.
_BESIDE = {"davidson": 0.1, "hatemoji": 0.3, "contrast": 1.0}
# How much texts that mostly hint count for other families than those hinted at. They look like no attack, and at full
# weight the score of one would need so much that it lists fewer open ones. They do not calibrate those families.
_OF_HINTS = 0.1
_OF_KIND = 0.05  # of harmless texts about a group in unseen shapes, no more is to be listed by the score alone
# Of harmless school texts by authors left out, what the own score of what is hinted may list where that of an attack is
# not against it, what both may list together, and what either may leave to a person: a missed threat costs most.
_HINTS = {"threat": (0.0005, 0.001, 0.02), "hate": (0.0005, 0.0005, 0.01), "allegation": (0.0005, 0.0015, 0.015)}
_EVEN = 0.55  # of every other family, what is likelier so than not is left to a person
_RARE = 0.98  # where too few texts could show a threshold
_AGAINST = 0.3  # where a rule speaks and the score says no less than this, what they say is listed; attacks from it on


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Texts, their features, what rules found in them, and whether they speak of a group, and kindly so."""

    texts: Sequence[LabelledText]
    features: csr_matrix
    by_rule: Sequence[frozenset[str]]
    of_group: Flags
    kindly: Flags

    @property
    def left_out_with(self) -> NDArray[np.str_]:
        """With whom each text is left out: its author, or a drawn sentence's shape."""
        return np.array([text.case if text.author == "contrast" else text.author for text in self.texts])


def training_set(texts: Sequence[LabelledText]) -> TrainingSet:
    """Read the texts as the program does."""
    read, by_rule = [], []
    for text in texts:
        signs = signs_of(text.text, text.kind, as_of=AS_OF)
        by_rule.append(frozenset(signs))
        read.append(as_read(text.text, signs))
    rows = feature_rows(read)
    features = csr_matrix((rows.values, rows.columns, rows.starts), shape=(len(read), BUCKETS))
    of_group = np.array([speaks_of_a_group(text.text) for text in texts])
    return TrainingSet(texts, features, by_rule, of_group, np.array([is_kindly(text.text) for text in texts]))


def train(data: TrainingSet) -> dict[str, TrainedHead]:
    """Learn every family, with authors and shapes of drawn sentences left out a few at a time to calibrate it."""
    wanted = np.array([[_holds(text.labels, head) for head in HEADS] for text in data.texts])
    by_rule = np.array([[_holds(found, head) for head in HEADS] for found in data.by_rule])
    texts = zip(data.texts, data.by_rule, strict=True)
    weights = np.array([[_weight(text, head, found) for head in HEADS] for text, found in texts])
    left_out = _left_out(data, wanted, weights)
    attack = HEADS.index(ATTACK)
    about = data.of_group & ~wanted[:, attack] & ~by_rule[:, attack] & ~np.isnan(left_out[:, attack])
    kind = np.where(data.kindly, -np.inf, left_out[:, attack])[about]
    left_out[(weights < 1) | np.array([text.author == "contrast" for text in data.texts])[:, None]] = np.nan
    exact, intercepts = fitted(data.features, wanted, weights)
    school = np.array([text.is_school for text in data.texts])
    harmless = school & ~data.of_group & ~wanted[:, attack] & ~by_rule[:, attack]
    heads: dict[str, TrainedHead] = {}
    for at, head in enumerate(HEADS):  # that of an attack is the first, as it is heard beside what others say
        attacking = expit(heads[ATTACK].left_out) if heads else np.zeros(len(school))
        learned = (exact[:, at], float(intercepts[at]), left_out[:, at])
        of_none = school & ~data.of_group if head == ATTACK else school  # texts about a group have their own threshold
        told = (wanted[:, at], by_rule[:, at], school, of_none, harmless)
        heads[head] = _head(head, learned, told, attacking, kind)
    return heads


def _left_out(data: TrainingSet, wanted: Flags, weights: Floats) -> Floats:
    """Return what each text is worth to weights that saw neither its author nor its shape, or nan."""
    left_out = np.full(wanted.shape, np.nan)
    parts = sorted(set(data.left_out_with) - set(_BESIDE))
    for fold in range(_FOLDS):
        theirs = np.isin(data.left_out_with, parts[fold::_FOLDS])
        learned = fitted(data.features[~theirs], wanted[~theirs], weights[~theirs])
        left_out[theirs] = data.features[theirs] @ learned[0] + learned[1]
    return left_out


def _head(
    head: str, learned: tuple[Floats, float, Floats], told: Sequence[Flags], attack: Floats, kind: Floats
) -> TrainedHead:
    (weights, intercept, left_out), (wanted, by_rule, school, of_none, harmless) = learned, told
    judged = ~np.isnan(left_out)
    slope, offset = calibrated(left_out[judged], wanted[judged])
    likely = expit(left_out * slope + offset)
    alone, beside = judged & of_none & ~by_rule, judged & school & by_rule
    listed = least(likely[alone], wanted[alone], fallback=_RARE)
    to_read, hinted = _EVEN, (1.0, 1.0)
    if head in HINTED:
        alike, (of_own, of_both, read) = judged & harmless, _HINTS[head]
        both = together(likely, attack)[alike]
        listed = upper(np.where(attack < _AGAINST, 0, likely)[alike], of_own)
        to_read, hinted = upper(likely[alike], read), (upper(both, of_both), upper(both, read))
    of_group = upper(expit(kind * slope + offset), _OF_KIND) if head == ATTACK else listed
    thresholds = FamilyHead(
        listed,
        _AGAINST if head == ATTACK else min(_AGAINST, least(likely[beside], wanted[beside], fallback=_AGAINST)),
        float(wanted[beside].mean()),
        of_group,
        to_read,
        *hinted,
    )
    return TrainedHead(weights, intercept, slope, offset, thresholds, left_out * slope + offset)


def _holds(labels: frozenset[str], head: str) -> bool:
    return not labels.isdisjoint(ATTACKS) if head == ATTACK else head in labels


def _weight(text: LabelledText, head: str, found: frozenset[str]) -> float:
    """Return how much a text teaches a family: nothing where its labels do not tell this family from others."""
    if text.author == "davidson":
        return _BESIDE["davidson"] if head == ATTACK else 0.0
    if text.author == "hatemoji":  # what is no hate there may still be abuse, where a rule says so
        says = head == "hate" or (head == ATTACK and (text.labels or found.isdisjoint(ATTACKS)))
        return _BESIDE["hatemoji"] if says else 0.0
    if head in text.unsure:
        return 0.0
    is_of_kind = (head == ATTACK and text.kind != "bio") or head in FAMILIES[text.kind]
    share = _OF_HINTS if text.author in ATTACKS_ALONE and head not in HINTED else _BESIDE.get(text.author, 1.0)
    return share if is_of_kind else 0.0


def row(data: TrainingSet, name: str, head: TrainedHead, *, is_school: bool) -> str:
    """Return what was seen of one family in texts whose author was left out: of a school's page, or of elsewhere."""
    wanted = np.array([_holds(text.labels, name) for text in data.texts])
    by_rule = np.array([_holds(found, name) for found in data.by_rule])
    part = ~np.isnan(head.left_out) & (np.array([text.is_school for text in data.texts]) == is_school)
    likely = 1 / (1 + np.exp(-head.left_out))
    listed = part & (likely >= np.where(by_rule, head.thresholds.listed_with_rule, head.thresholds.listed))
    cells = [*shares(listed, wanted & part), *shares(by_rule & part, wanted & part)]
    return f"| {name} | {'school' if is_school else 'elsewhere'} | {(wanted & part).sum()} | {' | '.join(cells)} |"


def main() -> None:
    """Train every family, write the weights and the tables of docs/words.md; `--keep`, for mended rules: `keeping`."""
    data = training_set([*written_texts(), *regrouped(), *davidson()[::2], *hatemoji("train"), *contrast()])
    heads = keeping(train(data), learned_weights()) if "--keep" in sys.argv else train(data)
    lines = ["| family | page | there | precision | recall | rules alone: precision | recall |", "|---" * 7 + "|"]
    for name in HEADS:
        pages = (True, False) if name in (ATTACK, *ATTACKS, "contact") else (True,)
        lines += [row(data, name, heads[name], is_school=is_school) for is_school in pages]
        print(*lines[-len(pages) :], heads[name].thresholds, sep="\n", flush=True)
    before = WEIGHTS_FILE.read_bytes()
    write(heads, WEIGHTS_FILE, made_from=made_from())
    print("The weights are", "as they were." if WEIGHTS_FILE.read_bytes() == before else "others than before.")
    size, digest = WEIGHTS_FILE.stat().st_size / 1e6, hashlib.sha256(WEIGHTS_FILE.read_bytes()).hexdigest()
    put("authors", "\n".join(lines), PAGE)
    put("weights", f"`{WEIGHTS_FILE}`, {size:.2f} MB, SHA-256 `{digest}`.", PAGE)


if __name__ == "__main__":
    with threadpool_limits(1):  # sums of several threads differ in their last digits, and the weights with them
        main()
