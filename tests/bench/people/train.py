"""Learns the weights and writes engines/people/score/weights.toml: `python -m tests.bench.people.train`.

What ships is learned from every part of the dev sets. The figures that are printed come from the same procedure,
without the part on which they are measured.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from engines.people.score.weights import Scale
from tests.bench.people import bands, cultures, fit, measure, sets
from tests.bench.people.cultures import Fold
from tests.bench.people.evidence_names import every_evidence
from tests.bench.people.loaded import Loaded, load
from tests.bench.people.measure import Link

WEIGHTS = Path(__file__).parents[3] / "engines" / "people" / "score" / "weights.toml"
TEMPERATURES, POINTS = np.arange(0.9, 1.41, 0.05), np.array([-7, -5, -3.5, -2, -1, 0, 1, 2, 3.5, 5, 7])
SHARES = 4
# How the seeds begin of the drawn schools that the scale is fitted on too, and of those that are published and chose
# nothing.
SCALED, PUBLISHED = "look34-", "final34-"
# Leavers are on no dev set: they are weighed as pupils are, but for what speaks of having left.
LEAVERS = {
    "leaver.leaver": 5.0,
    "leaver.former": 4.0,
    "leaver.other_school": 0.0,
    "leaver.other_year": 0.0,
    "leaver.job": -1.0,
    "leaver.family": -4.0,
    "leaver.governs": -3.0,
    "leaver.other_class": 0.0,
    "leaver.trade": -1.0,
    "leaver.year": 0.0,
}
LEAVERS_FEWER = 2.0
HEAD = """# How many bits each piece of evidence is worth, against the account being nobody's on any register.
# Learned by tests/bench/people/train.py; what each name means is in evidence.toml. Evidence that is measured in bits
# itself (given.own and the like: how seldom the name is) has a factor here. Not made for editing: learn anew instead.
# Data: invented schools s0 to s3 (parents' accounts too) and the public figures of the dev sets, US (CC0) and France
# (ODbL, regardscitoyens.fr); only weights are kept of them. Conditional logistic regression, drawn towards stated
# expectations (tests/bench/people/priors.py), and schools drawn by a grammar (worlds.py). Scale and threshold are
# chosen on schools left out in turn, and on drawn ones of whose names' culture the weights saw nothing.
"""


def learn(parts: Sequence[Loaded]) -> dict[str, float]:
    """Return the weights learned from these parts."""
    cases = fit.merged([part.cases for part in parts])
    return fit.fit(cases, every_evidence())


def left_out(schools: Sequence[Loaded], more: Sequence[Loaded]) -> list[tuple[Loaded, dict[str, float]]]:
    """Return each school with the weights learned from all the others."""
    return [(one, learn([*(other for other in schools if other is not one), *more])) for one in schools]


def cultures_left_out(parts: Sequence[Loaded]) -> list[tuple[Loaded, dict[str, float]]]:
    """Return kept drawn schools, with weights from these parts and from drawn schools of other names and styles."""
    folds = []
    for drawn, kept in cultures.left_out():
        weights = learn([*parts, *drawn])
        folds += [(part, weights) for part in kept]
    return folds


def crossed(part: Loaded, others: Sequence[Loaded]) -> list[Link]:
    """Return a part's links, each share of its accounts by weights from the other shares and the other parts."""
    shares: list[set[str]] = [set() for _ in range(SHARES)]
    for account in part.cases.accounts:
        owner = min(part.given.truth.get(account, {account}))
        shares[hashlib.sha256(owner.encode()).digest()[1] % SHARES].add(account)
    found: list[Link] = []
    for own in shares:
        rest = fit.chosen(part.cases, set(part.cases.accounts) - own)
        weights = learn([*others, Loaded(part.given, rest)])
        found += fit.links_of(fit.chosen(part.cases, own), part.given, weights)
    return found


def scale_of(folds: Sequence[Fold]) -> Scale:
    """Return the scale at which the probabilities of the parts left out are truest.

    The temperature is chosen first. Then the odds that an account is anybody's are moved, from point to point on a line
    that rises everywhere and is drawn weakly towards leaving them as they are.
    """
    known = [(part, fit.bits_of(part.cases, weights)) for part, weights in folds]
    scales = [Scale(round(float(temperature), 2)) for temperature in TEMPERATURES]
    met = {scale: [np.concatenate(each) for each in zip(*(_met(*one, scale) for one in known), strict=True)]
           for scale in scales}  # fmt: skip
    scale = min(scales, key=lambda scale: _surprise(*met[scale]))
    right = moved(*met[scale])
    return Scale(scale.temperature, tuple(map(float, POINTS)), tuple(round(float(value), 2) for value in right))


def moved(odds: np.ndarray, shares: np.ndarray, rights: np.ndarray) -> np.ndarray:
    """Return to where the log-odds at POINTS are to be moved, so that most of what was right was said to be."""
    as_it_is = np.log(np.diff(POINTS, prepend=POINTS[0] - 1))

    def risen(steps: np.ndarray) -> np.ndarray:
        return POINTS[0] - 1 + np.cumsum(np.exp(steps))

    def loss(steps: np.ndarray) -> float:
        surprise = _surprise(odds + np.interp(odds, POINTS, risen(steps) - POINTS), shares, rights)
        return surprise + float(((steps - as_it_is) ** 2).sum())

    return risen(minimize(loss, as_it_is, method="L-BFGS-B").x)


def _met(part: Loaded, bits: np.ndarray, scale: Scale) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, for each link, the odds that its account is anybody's, the person's share of that, and whether it is."""
    score = fit.scores(part.cases, bits, scale)
    first = (part.cases.accounts[start] for start in part.cases.starts)
    by_account = dict(zip(first, fit.odds_of_any(part.cases, score), strict=True))
    links = fit.links_at(part.cases, part.given, score)
    odds = np.array([by_account[link.account] for link in links])
    shares = (1 + np.exp2(-odds)) / (1 + np.exp2(-np.array([link.score for link in links])))
    return odds, shares.clip(0, 1), np.array([link.is_right for link in links])


def _surprise(odds: np.ndarray, shares: np.ndarray, rights: np.ndarray) -> float:
    chance = shares / (1 + np.exp2(-odds))
    return float(-np.log(np.where(rights, chance, 1 - chance).clip(1e-9)).sum())


def links_of(folds: Sequence[Fold], scale: Scale = fit.UNSCALED) -> list[Link]:
    """Return the links of every part, each by weights that never saw it."""
    return measure.pooled([fit.links_of(part.cases, part.given, weights, scale) for part, weights in folds])


def write(weights: Mapping[str, float], scale: Scale, likely: float) -> None:
    """Write the weights, leavers' among them, where the matcher reads them."""
    leavers = {
        f"leaver{name.removeprefix('child')}": bits for name, bits in weights.items() if name.startswith("child.")
    }
    every = {**weights, **leavers, **LEAVERS, "leaver.prior": weights["child.prior"] - LEAVERS_FEWER}
    lines = [f'"{name}" = {bits + 0.0:.2f}' for name, bits in sorted(every.items())]
    sure = f"what the band holds is surely right {bands.LIKELY_PRECISION:.0%} of the time on schools left out"
    why = f"probability: {sure}, and none is under four in five"
    said, right = (", ".join(f"{odds:.2f}" for odds in points) for points in scale[1:])
    scaled = f"temperature = {scale.temperature:.2f}\n# How log-odds that an account is anybody's are moved.\n"
    text = f"{HEAD}\nlikely = {likely:.3f}  # {why}\n{scaled}said = [{said}]\nright = [{right}]\n"
    WEIGHTS.write_text(f"{text}\n[bits]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Learn from everything, choose scale and threshold on what is left out, and write."""
    schools = [load(sets.school(name)) for name in sets.SCHOOLS]
    figures = [load(sets.public_figures(half)) for half in ("tune", "report")]
    drawn = cultures.taught()
    folds = left_out(schools, [*figures, *drawn])
    by_culture = cultures_left_out([*schools, *figures])
    left = [*by_culture, *cultures.others(by_culture, SCALED)]
    scale = scale_of([*folds, *left])
    sure, drawn_sure = (
        measure.pooled([bands.may_be(part, weights, scale) for part, weights in each]) for each in (folds, left)
    )
    threshold = max(bands.LEAST_BITS, *map(bands.sure_from, (sure, drawn_sure)))
    write(learn([*schools, *figures, *drawn]), scale, 1 / (1 + 2**-threshold))
    shown = cultures.others(by_culture, PUBLISHED)
    may = measure.pooled([bands.may_be(part, weights, scale) for part, weights in shown])
    print(cultures.quality(by_culture, scale))
    cultures.publish(shown, scale, [link for link in may if link.score >= threshold])
    print(f"{scale}, likely from {1 / (1 + 2**-threshold):.3f}")


if __name__ == "__main__":
    main()
