"""Learns from the tune half what a region that shows something new looks like.

It writes engines/pictures/comparison/change_classifier.toml.

A region is new where it lies in the box that was hidden in the master, or where something moved between two frames;
it is not new in a post that nothing was uncovered in. Whether it learnt anything is told by leaving photographs out.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

import engines.pictures.comparison
from engines.pictures.comparison.regions import ChangedRegion
from engines.pictures.decoding.sandbox import Opener
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.index.search import FoundMaster
from engines.pictures.picture import UnreadablePicture
from engines.pictures.recognition import find_masters
from tests.bench.pictures.dev import PostedCase, cases
from tests.bench.pictures.made import Trial, hidden_box, trials
from tests.bench.pictures.measure import register_of

FEATURES = (
    "texture_match",
    "flatness",
    "master_flatness",
    "colour_concentration",
    "detail_ratio",
    "tone_contrast",
    "sign_balance",
    "low_frequency",
    "blur_residual",
    "show_through",
    "outline_contrast",
    "area",
)
TREES, DEPTH, RATE, LEAST, LIMIT = 60, 3, 0.15, 12, 0.5
FALSE_COSTS = 1.4  # how much dearer a harmless region called new is than a new one passed
MOVED = 0.003  # of the ground: what differs less between two frames may be a misfit
TITLE = "# Made by tests/bench/pictures/learn.py of the tune half: [feature, limit, at most that, more than that].\n"


@dataclass(frozen=True, slots=True)
class Example:
    """One region's features, whether it shows something new, and the case and the photograph that it is of."""

    features: tuple[float, ...]
    new: bool
    case: str
    photograph: str
    kind: str


def main(each: int, kept: Path | None) -> None:
    """Gather examples, say how well photographs that were left out are judged, and write the file."""
    if kept is not None and kept.is_file():
        examples = [Example(*row) for row in np.load(kept, allow_pickle=True)["rows"]]
    else:
        with threadpool_limits(1), Opener() as opener:
            examples = list(gathered(each, opener))
        if kept is not None:
            np.savez(kept, rows=np.array([(e.features, e.new, e.case, e.photograph, e.kind) for e in examples], object))
    rows = np.array([one.features for one in examples])
    new = np.array([one.new for one in examples])
    weights = np.where(new, 1.0, FALSE_COSTS)
    guessed = np.zeros(len(rows))
    for some, others in GroupKFold(5).split(rows, new, [one.photograph for one in examples]):
        guessed[others] = _model().fit(rows[some], new[some], weights[some]).predict_proba(rows[others])[:, 1]
    say(examples, guessed)
    text = written(_model().fit(rows, new, weights))
    (Path(engines.pictures.comparison.__path__[0]) / "change_classifier.toml").write_text(text, encoding="utf-8")


def gathered(each: int, opener: Opener) -> Iterator[Example]:
    """Yield the regions of the tune half's posts whose truth is known."""
    for trial in trials("tune", each):
        register = register_of(trial.masters, opener)
        some = trial.cases + ([case for case in cases() if case.half == "tune"] if trial.full else [])
        for case in some:
            picture = opener.open(case.read())
            if isinstance(picture, UnreadablePicture):
                raise TypeError(f"{case.name} cannot be read: {picture.problem}.")
            for found in find_masters(picture, register).masters:
                yield from _labelled(case, trial, found, register)


def _labelled(case: PostedCase, trial: Trial, found: FoundMaster, register: MasterIndex) -> Iterator[Example]:
    name = register.masters[found.number].master_id
    of = {*case.masters, case.scene_of}
    if name not in of:
        return
    for region in found.match.regions:
        new = _truth(case, trial, found, region, register)
        if new is not None:
            features = tuple(float(getattr(region, feature)) for feature in FEATURES)
            yield Example(features, new, case.name, name, case.transform)


def _truth(
    case: PostedCase, trial: Trial, found: FoundMaster, region: ChangedRegion, register: MasterIndex
) -> bool | None:
    """Say whether a region shows something new; None when nobody can."""
    if not case.negative:
        return False
    if case.transform == "moment later":
        return True if region.area >= MOVED else None
    if not trial.name.startswith("uncovered") or case.scene_of is None:
        return None
    left, top, right, bottom = hidden_box(trial.name, case.scene_of)
    features = register.masters[found.number].features
    back = np.linalg.inv(np.vstack([found.match.pair.map, [0.0, 0.0, 1.0]]))
    x, y, width, height = region.box
    across, down, _ = back @ [x + width / 2, y + height / 2, 1.0] / [features.width, features.height, 1.0]
    wide, high = 0.2 * (right - left) + 0.01, 0.2 * (bottom - top) + 0.01
    return bool(left - wide <= across <= right + wide and top - high <= down <= bottom + high)


def _model() -> Any:
    return GradientBoostingClassifier(
        n_estimators=TREES, max_depth=DEPTH, learning_rate=RATE, min_samples_leaf=LEAST, subsample=0.7, random_state=0
    )


def say(examples: list[Example], guessed: np.ndarray) -> None:
    """Print, for each kind of post, in how many that were left out some region was called new."""
    called: dict[tuple[str, bool], dict[str, bool]] = {}
    for one, guess in zip(examples, guessed, strict=True):
        cases_of = called.setdefault((one.kind, one.new), {})
        cases_of[one.case] = cases_of.get(one.case, False) or bool(guess > LIMIT)
    for (kind, new), some in sorted(called.items()):
        print(f"  {kind:34} {'new' if new else 'harmless':9} called new in {sum(some.values()):4} of {len(some)}")


def written(model: Any) -> str:
    """Return the learnt trees in the form of change_classifier.toml."""
    share = float(model.init_.class_prior_[1])
    limit = float(np.log(LIMIT / (1 - LIMIT)))
    trees = [_tree(one[0].tree_, 0) for one in model.estimators_]
    lines = "".join(f"    {tree},\n" for tree in trees)
    return f"{TITLE}start = {np.log(share / (1 - share)):.4f}\nlimit = {limit:.4f}\ntrees = [\n{lines}]\n"


def _tree(tree: Any, node: int) -> str:
    if tree.children_left[node] < 0:
        return f"{RATE * tree.value[node][0][0]:.4f}"
    below, above = (_tree(tree, int(side[node])) for side in (tree.children_left, tree.children_right))
    return f'["{FEATURES[tree.feature[node]]}", {tree.threshold[node]:.4f}, {below}, {above}]'


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Learns what a region that shows something new looks like.")
    parser.add_argument("--made", type=int, default=2, help="posts made by program, so many of each way")
    parser.add_argument("--kept", type=Path, help="a file to keep the examples in, or to take them from")
    given = parser.parse_args()
    main(given.made, given.kept)
