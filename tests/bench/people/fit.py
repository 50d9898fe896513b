"""Learns the weights: conditional logistic regression with a prior for every weight, by L-BFGS."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log, log2

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from engines.people.candidates.model import AccountCandidates
from engines.people.score.matcher import AccountMatcher
from engines.people.score.ranked_group import MOST_BITS
from engines.people.score.ranking import DECISIVE, MOST_DECIDED
from engines.people.score.weights import PRIOR_ACCOUNTS, Scale
from tests.bench.people.measure import Link
from tests.bench.people.priors import priors
from tests.bench.people.sets import DevSet

LN2, UNSCALED = log(2), Scale()


@dataclass(slots=True)
class Cases:
    """Accounts with their candidates, drawn out: one row per candidate, `starts` where each account begins."""

    rows: list[dict[str, float]]
    starts: list[int]
    base: list[float]
    owns: list[bool]
    people: list[str]
    accounts: list[str]
    roles: list[str]
    weight: list[float]
    seats: list[int]  # which of the names that share the account is theirs, or -1


def cases_of(
    given: DevSet, cases: Cases | None = None, weight: float = 1.0, keep: Callable[[str], bool] = lambda _: True
) -> Cases:
    """Return the accounts of a set with their candidates, added to those that there are already."""
    cases = cases or Cases([], [], [], [], [], [], [], [], [])
    engine = AccountMatcher(given.people, given.actors, given.school, as_of=given.as_of)
    base = -log2(len(given.actors) + PRIOR_ACCOUNTS)
    for one in engine.account_candidates():
        _add(cases, given, engine, one, base, weight, keep)
    return cases


def _add(
    cases: Cases,
    given: DevSet,
    engine: AccountMatcher,
    one: AccountCandidates,
    base: float,
    weight: float,
    keep: Callable[[str], bool],
) -> None:
    ident = one.actor.actor_id
    owners = given.truth.get(ident, frozenset()) | given.parents.get(ident, frozenset())
    cases.starts.append(len(cases.rows))
    cases.weight.append(weight)
    for candidate in one.candidates:
        row: dict[str, float] = {}
        for name, size, _ in candidate.items:
            if keep(name):
                row[name] = row.get(name, 0.0) + size
        for place in sorted(candidate.people):
            person = engine.name_index.person_forms[place].person
            cases.rows.append(row)
            cases.base.append(base)
            cases.owns.append(person.person_id in owners)
            cases.people.append(person.person_id)
            cases.accounts.append(ident)
            cases.roles.append(person.role)
            cases.seats.append(-1 if candidate.seat is None else candidate.seat)


def matrix(cases: Cases, names: Sequence[str]) -> csr_matrix:
    """Return the evidence as a sparse matrix with a column per name."""
    place = {name: i for i, name in enumerate(names)}
    data, columns, ends = [], [], [0]
    for row in cases.rows:
        for name, size in row.items():
            if name in place:
                data.append(size)
                columns.append(place[name])
        ends.append(len(data))
    return csr_matrix((data, columns, ends), shape=(len(cases.rows), len(names)))


def bits_of(cases: Cases, weights: Mapping[str, float]) -> np.ndarray:
    """Return each candidate's bits against nobody, as they were learned."""
    names = sorted(weights)
    return matrix(cases, names) @ np.array([weights[n] for n in names]) + np.array(cases.base)


def scores(cases: Cases, bits: np.ndarray, scale: Scale = UNSCALED) -> np.ndarray:
    """Return each candidate's score in bits against nobody, no higher than what is decisive lets it be."""
    score = _bounded(cases, bits / scale.temperature)
    return _bounded(cases, score + np.repeat(shifts(odds_of_any(cases, score), scale), _sizes(cases)))


def _bounded(cases: Cases, score: np.ndarray) -> np.ndarray:
    """Return these scores, an account's decided ones so many less that the best has few, as the matcher does."""
    decided = _decided(cases)
    above = np.maximum.reduceat(np.where(decided, score - MOST_DECIDED, 0.0), np.array(cases.starts))
    return np.clip(score - decided * np.repeat(np.maximum(above, 0.0), _sizes(cases)), -MOST_BITS, MOST_BITS)


def odds_of_any(cases: Cases, score: np.ndarray) -> np.ndarray:
    """Return, for each account, the log-odds that it is anybody's."""
    starts = np.array(cases.starts)
    top = np.maximum.reduceat(score, starts)
    return top + np.log2(np.add.reduceat(np.exp2(score - np.repeat(top, _sizes(cases))), starts))


def shifts(odds: np.ndarray, scale: Scale) -> np.ndarray:
    """Return by how many bits these log-odds are moved, as the matcher does (`Scale.shift`)."""
    return np.interp(odds, scale.said, np.subtract(scale.right, scale.said))


def _sizes(cases: Cases) -> np.ndarray:
    return np.diff([*cases.starts, len(cases.rows)])


def _decided(cases: Cases) -> np.ndarray:
    """Say of each candidate whether the account shows what nothing can outweigh."""
    return np.array([any(row.get(name, 0.0) >= 1 for name in DECISIVE & row.keys()) for row in cases.rows], dtype=bool)


def probabilities(cases: Cases, score: np.ndarray) -> np.ndarray:
    """Return each candidate's probability, nobody competing too."""
    starts = np.array(cases.starts)
    sizes = _sizes(cases)
    top = np.maximum(np.maximum.reduceat(score, starts), 0.0)
    raised = np.exp2(score - np.repeat(top, sizes))
    alone = raised / np.repeat(np.add.reduceat(raised, starts) + np.exp2(-top), sizes)
    seats = np.array(cases.seats)
    together = seats >= 0
    of_seat = np.repeat(np.arange(len(sizes)), sizes) * (max(cases.seats, default=0) + 2) + seats + 1
    share = alone / np.maximum(np.bincount(of_seat, alone)[of_seat], 1e-300)
    return np.where(together, np.repeat(np.add.reduceat(alone * together, starts), sizes) * share, alone)


def fit(cases: Cases, names: Sequence[str]) -> dict[str, float]:
    """Return the weights that make the truth most probable, drawn towards what was expected of them."""
    expected = priors(names)
    mean, strength = np.array([one[0] for one in expected]), np.array([one[1] for one in expected])
    bounds = [one[2:] for one in expected]
    evidence, base = matrix(cases, names), np.array(cases.base)
    starts, sizes = np.array(cases.starts), _sizes(cases)
    owns = np.array(cases.owns, dtype=float)
    weight = np.array(cases.weight)
    owned, decided = np.add.reduceat(owns, starts) > 0, _decided(cases)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = evidence @ w + base
        is_cut = decided & (score > MOST_DECIDED)
        score = np.where(is_cut, MOST_DECIDED, score)
        top = np.maximum(np.maximum.reduceat(score, starts), 0.0)
        raised = np.exp2(score - np.repeat(top, sizes))
        total = np.add.reduceat(raised, starts) + np.exp2(-top)
        right = np.where(owned, np.add.reduceat(raised * owns, starts), np.exp2(-top))
        value = -(weight * np.log(np.maximum(right, 1e-300) / total)).sum() + (strength * (w - mean) ** 2).sum()
        p = raised / np.repeat(total, sizes)
        target = np.where(owns > 0, raised / np.repeat(np.maximum(right, 1e-300), sizes), 0.0)
        gradient = evidence.T @ ((p - target) * np.repeat(weight, sizes) * ~is_cut) * LN2 + 2 * strength * (w - mean)
        return float(value), gradient

    found = minimize(loss, mean, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 400})
    return dict(zip(names, map(float, found.x), strict=True))


def merged(many: Sequence[Cases]) -> Cases:
    """Return the cases of several sets as one."""
    one = Cases([], [], [], [], [], [], [], [], [])
    for cases in many:
        first = len(one.rows)
        one.starts.extend(start + first for start in cases.starts)
        for name in ("rows", "base", "owns", "people", "accounts", "roles", "weight", "seats"):
            getattr(one, name).extend(getattr(cases, name))
    return one


def chosen(cases: Cases, accounts: Collection[str]) -> Cases:
    """Return the cases of some accounts alone."""
    one = Cases([], [], [], [], [], [], [], [], [])
    ends = [*cases.starts[1:], len(cases.rows)]
    for first, last, weight in zip(cases.starts, ends, cases.weight, strict=True):
        if cases.accounts[first] in accounts:
            one.starts.append(len(one.rows))
            one.weight.append(weight)
            for name in ("rows", "base", "owns", "people", "accounts", "roles", "seats"):
                getattr(one, name).extend(getattr(cases, name)[first:last])
    return one


def links_of(cases: Cases, given: DevSet, weights: Mapping[str, float], scale: Scale = UNSCALED) -> list[Link]:
    """Return each account's best person who is not a parent (all in a tie, one for each of two names), by log-odds."""
    return links_at(cases, given, scores(cases, bits_of(cases, weights), scale))


def links_at(cases: Cases, given: DevSet, score: np.ndarray) -> list[Link]:
    """Return the same for scores that are known."""
    chance = probabilities(cases, score)
    odds = np.log2(np.maximum(chance, 1e-12) / np.maximum(1 - chance, 1e-12))
    found = []
    for first, last in zip(cases.starts, [*cases.starts[1:], len(cases.rows)], strict=True):
        places = [i for i in range(first, last) if cases.roles[i] != "parent"]
        seats = {cases.seats[i] for i in places} - {-1}
        most = max((odds[i] for i in places), default=0.0)
        of_seat = {seat: max(odds[i] for i in places if cases.seats[i] == seat) for seat in seats}
        is_shared = most in of_seat.values()
        for i in places:
            if odds[i] >= (of_seat.get(cases.seats[i], most) if is_shared else most) - 1e-9:
                owners = given.truth.get(cases.accounts[i], frozenset())
                found.append(Link(cases.accounts[i], cases.people[i], float(odds[i]), cases.people[i] in owners))
    return found
