"""Figures for what the weights never saw: each handle style, and each country, is judged by what the others taught."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.bench.people import fit, measure, sets, train
from tests.bench.people.loaded import Loaded, load
from tests.bench.people.measure import Link

STYLE_SHARES = 8
Country = Literal["us", "fr"]
COUNTRIES: tuple[Country, ...] = ("us", "fr")


@dataclass(frozen=True, slots=True)
class Unseen:
    """Links by weights that never saw them, with the threshold that the rest gave at nought, and the pairs to find."""

    name: str
    links: Sequence[Link]
    owned: int


def by_style(school: Loaded, schools: Sequence[Loaded], more: Sequence[Loaded]) -> Unseen:
    """Return a school's links, each owned account by weights that saw neither this school nor the account's style.

    The styles are drawn into a few shares that are left out in turn; accounts of nobody on the roll are judged by the
    weights that saw all styles.
    """
    others = [other for other in schools if other is not school]
    weights = train.learn([*others, *more])
    owned = {account for account in school.cases.accounts if school.given.truth.get(account)}
    rest = fit.chosen(school.cases, set(school.cases.accounts) - owned)
    links = _links(rest, school, weights, _threshold(others, weights))
    for share in range(STYLE_SHARES):
        taught = [_without_styles(other, share) for other in others]
        weights = train.learn([*taught, *more])
        of_share = {account for account in owned if _share_of(school.given.kinds[account]) == share}
        links += _links(fit.chosen(school.cases, of_share), school, weights, _threshold(taught, weights))
    return Unseen(f"{school.given.name}, style left out", links, school.owned)


def by_country(schools: Sequence[Loaded]) -> list[Unseen]:
    """Return the links of each country's public figures by weights from the other's and the schools'."""
    countries = {name: load(sets.public_figures(country=name)) for name in COUNTRIES}
    unseen = []
    for name, country in countries.items():
        rest = [other for other in countries.values() if other is not country]
        weights = train.learn([*schools, *rest])
        links = _links(country.cases, country, weights, _threshold(rest, weights))
        unseen.append(Unseen(f"figures, {name} left out", links, country.owned))
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
    links = train.links_of([(part, weights) for part in parts])
    return measure.best_threshold(links, sum(part.owned for part in parts))


def _links(cases: fit.Cases, part: Loaded, weights: Mapping[str, float], threshold: float) -> list[Link]:
    return measure.moved(fit.links_of(cases, part.given, weights), threshold) if cases.starts else []
