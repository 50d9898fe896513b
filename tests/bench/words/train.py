"""`python -m tests.bench.words.train`: learns the score of texts anew, and what it is worth on unseen authors.

One logistic regression for each family over hashed features (engines/words/learned/features.py), drawn towards zero.
Each author is left out once: the values of the texts left out give the calibration (Platt, 1999) and the probabilities
from which a family is listed. What ships is learned from all of them by the same procedure.

What it learns from: the texts in this folder, written for this program by several authors, and
`../shared/dev/words/davidson.csv.gz` (MIT), whose hate and offensive tweets count as attacks, at a twentieth of a
text's weight. Neither OLID nor Vicomtech's set is learned from, as their licences do not allow it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from engines.words.learned.features import BUCKETS, feature_rows
from engines.words.learned.scorer import ATTACK, WEIGHTS, FamilyHead
from engines.words.reading import ATTACKS, FAMILIES, as_read, signs_of
from tests.bench.people.page import put
from tests.bench.words.sets import AS_OF, LabelledText, davidson, written_texts

PAGE = Path("docs/words.md")
WEIGHTS_FILE = Path("engines/words/learned") / WEIGHTS
HEADS = (ATTACK, *ATTACKS, "contact", "partisan", "religious", "commercial", "personal", "staff_detail", "underage")
PRECISION = 0.9  # what is listed is to be right so often, on authors left out
FEWEST = 15  # texts that must stand behind a threshold
_C, _DAVIDSON = 16.0, 0.05
_RARE = 0.95  # where too few texts could show a threshold
_AGAINST = 0.3  # where a rule speaks and the score says no less than this, what they say together is listed
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Texts, their features, what rules found in them, and their authors."""

    texts: Sequence[LabelledText]
    features: csr_matrix
    by_rule: Sequence[frozenset[str]]
    authors: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class TrainedHead:
    """One family's weights, calibration and two thresholds, and the values of the texts left out (nan: not used)."""

    weights: Floats
    intercept: float
    slope: float
    offset: float
    thresholds: FamilyHead
    left_out: Floats


def training_set(texts: Sequence[LabelledText]) -> TrainingSet:
    """Read the texts as the program does."""
    read, by_rule = [], []
    for text in texts:
        signs = signs_of(text.text, text.kind, as_of=AS_OF)
        by_rule.append(frozenset(signs))
        read.append(as_read(text.text, text.kind, signs))
    rows = feature_rows(read)
    features = csr_matrix((rows.values, rows.columns, rows.starts), shape=(len(read), BUCKETS))
    return TrainingSet(texts, features, by_rule, np.array([text.author for text in texts]))


def train(data: TrainingSet, head: str) -> TrainedHead:
    """Learn one family, with each author left out once to calibrate it."""
    wanted = np.array([_holds(text.labels, head) for text in data.texts])
    used = np.array([_is_used(text, head) for text in data.texts])
    ours = used & (data.authors != "davidson")
    left_out = np.full(len(data.texts), np.nan)
    for author in sorted(set(data.authors[ours])):
        others, theirs = used & (data.authors != author), ours & (data.authors == author)
        if wanted[others].any() and not wanted[others].all():
            left_out[theirs] = _fitted(data, others, wanted).decision_function(data.features[theirs])
    judged = ours & ~np.isnan(left_out)
    slope, offset = _calibrated(left_out[judged], wanted[judged])
    likely = 1 / (1 + np.exp(-(left_out * slope + offset)))
    by_rule = np.array([_holds(found, head) for found in data.by_rule])
    school = judged & np.array([text.is_school for text in data.texts])
    final = _fitted(data, used, wanted)
    return TrainedHead(
        final.coef_[0],
        float(final.intercept_[0]),
        slope,
        offset,
        FamilyHead(
            _least(likely[school & ~by_rule], wanted[school & ~by_rule], fallback=_RARE),
            min(_AGAINST, _least(likely[school & by_rule], wanted[school & by_rule], fallback=_AGAINST)),
            float(wanted[school & by_rule].mean()),
        ),
        left_out * slope + offset,
    )


def _holds(labels: frozenset[str], head: str) -> bool:
    return not labels.isdisjoint(ATTACKS) if head == ATTACK else head in labels


def _is_used(text: LabelledText, head: str) -> bool:
    """Say whether a text teaches a family: of its kind, and labelled in a way that tells this family from others."""
    if text.author == "davidson":
        return head == ATTACK
    if head in text.unsure:
        return False
    return (head == ATTACK and text.kind != "bio") or head in FAMILIES[text.kind]


def _fitted(data: TrainingSet, chosen: Flags, wanted: Flags) -> LogisticRegression:
    weights = np.where(data.authors[chosen] == "davidson", _DAVIDSON, 1.0)
    model = LogisticRegression(C=_C, solver="liblinear", dual=True, max_iter=2000, random_state=0)
    return model.fit(data.features[chosen], wanted[chosen], sample_weight=weights)


def _calibrated(values: Floats, wanted: Flags) -> tuple[float, float]:
    platt = LogisticRegression(C=1e6, solver="lbfgs").fit(values[:, None], wanted)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def _least(likely: Floats, wanted: Flags, *, fallback: float) -> float:
    """Return the least probability from which on PRECISION is held; `fallback` where too few texts could show it."""
    order = np.argsort(-likely)
    right = np.cumsum(wanted[order]) / np.arange(1, len(order) + 1)
    holds = np.flatnonzero((right >= PRECISION) & (np.arange(1, len(order) + 1) >= FEWEST))
    return float(likely[order][holds[-1]]) if len(holds) else fallback


def write(heads: Mapping[str, TrainedHead], path: Path) -> None:
    """Write the weights as whole numbers, so that a megabyte or two hold them all."""
    exact = np.stack([head.weights for head in heads.values()], axis=1)
    scales = np.abs(exact).max(axis=0) / 127
    column = {
        "intercepts": [head.intercept for head in heads.values()],
        "slopes": [head.slope for head in heads.values()],
        "offsets": [head.offset for head in heads.values()],
        "thresholds": [astuple(head.thresholds) for head in heads.values()],
    }
    np.savez_compressed(
        path,
        families=np.array(list(heads)),
        weights=np.rint(exact / scales).astype(np.int8),
        scales=scales.astype(np.float32),
        **{name: np.array(values, dtype=np.float32) for name, values in column.items()},
    )


def row(data: TrainingSet, name: str, head: TrainedHead, *, is_school: bool) -> str:
    """Return what was seen of one family in texts whose author was left out: of a school's page, or of elsewhere."""
    wanted = np.array([_holds(text.labels, name) for text in data.texts])
    by_rule = np.array([_holds(found, name) for found in data.by_rule])
    part = ~np.isnan(head.left_out) & (np.array([text.is_school for text in data.texts]) == is_school)
    likely = 1 / (1 + np.exp(-head.left_out))
    listed = part & (likely >= np.where(by_rule, head.thresholds.listed_with_rule, head.thresholds.listed))
    cells = [*_shares(listed, wanted & part), *_shares(by_rule & part, wanted & part)]
    return f"| {name} | {'school' if is_school else 'elsewhere'} | {(wanted & part).sum()} | {' | '.join(cells)} |"


def _shares(called: Flags, wanted: Flags) -> tuple[str, str]:
    right = (called & wanted).sum()
    return f"{right / max(1, called.sum()):.2f}", f"{right / max(1, wanted.sum()):.2f}"


def main() -> None:
    """Train every family, write the weights, and put what was seen of authors left out into docs/words.md."""
    data = training_set([*written_texts(), *davidson()])
    heads: dict[str, TrainedHead] = {}
    lines = [
        "| family | page | there | precision | recall | rules alone: precision | recall |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in HEADS:
        heads[name] = train(data, name)
        pages = (True, False) if name in (ATTACK, *ATTACKS, "contact") else (True,)
        lines += [row(data, name, heads[name], is_school=is_school) for is_school in pages]
        print(*lines[-len(pages) :], heads[name].thresholds, sep="\n", flush=True)
    write(heads, WEIGHTS_FILE)
    size, digest = WEIGHTS_FILE.stat().st_size / 1e6, hashlib.sha256(WEIGHTS_FILE.read_bytes()).hexdigest()
    put("authors", "\n".join(lines), PAGE)
    put("weights", f"`{WEIGHTS_FILE}`, {size:.2f} MB, SHA-256 `{digest}`.", PAGE)


if __name__ == "__main__":
    main()
