"""Say of each clause how many exceptions stand under it; the clauses come in the order of the policy."""

from collections import Counter
from dataclasses import dataclass

from dashboards.report.model import Clause, CountRow, Week
from dashboards.report.words import STATE_TALLIES


@dataclass(frozen=True, slots=True)
class Standing:
    """One clause, and how many exceptions are open under it."""

    clause: Clause
    open_count: int


def in_policy_order(week: Week) -> tuple[Standing, ...]:
    """Return the clauses as the policy orders them, each with its open exceptions."""
    standing: Counter[tuple[str, str]] = Counter()
    for row in week.counts:
        standing[row.pack, row.clause] += row.standing
    return tuple(Standing(clause, standing[clause.pack, clause.clause]) for clause in week.clauses)


def refs(week: Week) -> dict[tuple[str, str], str]:
    """Return the policy's own reference of each clause by pack and clause id."""
    return {(clause.pack, clause.clause): clause.ref for clause in week.clauses}


def states(week: Week) -> tuple[tuple[str, int], ...]:
    """Return how many clauses are in each state, states without a clause left out."""
    counted = Counter(clause.state for clause in week.clauses)
    return tuple((told, counted[state]) for state, told in STATE_TALLIES.items() if counted[state])


def counts_in_policy_order(week: Week) -> tuple[CountRow, ...]:
    """Return the counts that have something to say, as the policy orders their clauses."""
    place = {(clause.pack, clause.clause): number for number, clause in enumerate(week.clauses)}
    told = [row for row in week.counts if row.standing or row.gone_count or row.set_aside_count]
    return tuple(sorted(told, key=lambda row: place.get((row.pack, row.clause), len(place))))
