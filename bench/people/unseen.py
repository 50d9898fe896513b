"""Figures for what the weights never saw: each handle style, and each country, is judged by what the others taught."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bench.people import fit, measure, sets, train
from bench.people.measure import Link
from bench.people.train import Loaded

STYLE_SHARES = 8
Country = Literal["us", "fr"]
COUNTRIES: tuple[Country, ...] = ("us", "fr")


@dataclass(frozen=True, slots=True)
class Unseen:
    """Links by weights that never saw them, with the threshold that the rest gave at nought, and the pairs to find."""

    name: str
    links: Sequence[Link]
    owned: int


def by_style(schools: Sequence[Loaded], more: Sequence[Loaded]) -> Unseen:
    """Return the links of every school, each owned account by weights that saw neither its school nor its style.

    The styles are drawn into a few shares that are left out in turn; accounts of nobody on the roll are judged by the
    weights that saw all styles.
    """
    links: list[Link] = []
    for school in schools:
        others = [other for other in schools if other is not school]
        weights = train.learn([*others, *more])
        threshold = _threshold(others, weights)
        owned = {account for account in school.cases.accounts if school.given.truth.get(account)}
        links += _links(fit.chosen(school.cases, set(school.cases.accounts) - owned), school, weights, threshold)
        for share in range(STYLE_SHARES):
            rest = [_without_styles(other, share) for other in others]
            weights = train.learn([*rest, *more])
            of_share = {account for account in owned if _share_of(school.given.kinds[account]) == share}
            links += _links(fit.chosen(school.cases, of_share), school, weights, _threshold(rest, weights))
    return Unseen("schools, style left out", links, sum(school.owned for school in schools))


def by_country(schools: Sequence[Loaded]) -> list[Unseen]:
    """Return the links of each country's public figures by weights from the other's and the schools'."""
    countries = {name: train.load(sets.public_figures(country=name)) for name in COUNTRIES}
    unseen = []
    for name, country in countries.items():
        rest = [other for other in countries.values() if other is not country]
        weights = train.learn([*schools, *rest])
        unseen.append(Unseen(f"figures, {name} left out", _links(country.cases, country, weights, _threshold(rest, weights)), country.owned))
    return unseen


def _share_of(kind: str) -> int:
    return zlib.crc32(kind.encode()) % STYLE_SHARES


def _without_styles(part: Loaded, share: int) -> Loaded:
    kept = {
        account
        for account in part.cases.accounts
        if not part.given.truth.get(account) or _share_of(part.given.kinds[account]) != share
    }
    return Loaded(part.given, fit.chosen(part.cases, kept))


def _threshold(parts: Sequence[Loaded], weights: Mapping[str, float]) -> float:
    return measure.best_threshold(train.links_of([(part, weights) for part in parts], 1.0), sum(part.owned for part in parts))


def _links(cases: fit.Cases, part: Loaded, weights: Mapping[str, float], threshold: float) -> list[Link]:
    return measure.moved(fit.links_of(cases, part.given, weights, 1.0), threshold) if cases.starts else []
