"""Whom a person confirmed: a decision that an account is one person's does not hold for somebody else.

Only then may a report name somebody: `published.exceptions` gives name and roll id where an exception is confirmed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import duckdb

from engines.roll_ids import fold_roll_id
from policies.exceptions import ExceptionFound
from warehouse.casebook.decisions import StandingDecision

_ROWS = """
select
    exceptions.fingerprint,
    json_extract_string(exceptions.evidence, '$.roll_id') as roll_ids,
    epoch_us(runs.started_at) as begun,
    epoch_us(runs.published_at) as published,
    exceptions.decision
from outcome.exceptions as exceptions
inner join raw.runs as runs on exceptions.run_id = runs.run_id
where list_contains($confirmed, exceptions.fingerprint) and roll_ids is not null
order by runs.as_of desc
"""


_NOBODY: frozenset[str] = frozenset()


class _ReportedPeople(NamedTuple):
    roll_ids: str
    begun: int
    published: int | None
    decision: str | None


def without_other_people(
    db: duckdb.DuckDBPyConnection, decisions: Mapping[str, StandingDecision], exceptions: Sequence[ExceptionFound]
) -> dict[str, StandingDecision]:
    """Return the decisions without those that confirmed somebody other than whom this run, or the last one, finds.

    Whom a person confirmed is whom the report was about that stood when the decision was made. Where the evidence now
    gives anybody else, the exception is nobody's until it is confirmed again; so it is where fewer are left of several,
    since the decision never said which of them it meant.
    """
    confirmed = {
        name: decision.at
        for name, decision in decisions.items()
        if decision.verdict == "confirmed" and decision.at is not None
    }
    reported = _reported(db, confirmed)
    last = {name: _people(rows[0].roll_ids) for name, rows in reported.items()}
    now = last | {exception.fingerprint: _people(exception.evidence.get("roll_id")) for exception in exceptions}
    given = {name: people for name, people in now.items() if people and name in confirmed}
    other = {name for name, people in given.items() if people != _read_by(reported.get(name, ()), confirmed[name])}
    return {name: decision for name, decision in decisions.items() if name not in other}


def _reported(db: duckdb.DuckDBPyConnection, confirmed: Collection[str]) -> dict[str, list[_ReportedPeople]]:
    """Return the rows of these exceptions that give anybody, by fingerprint, each with the newest run first."""
    rows = db.execute(_ROWS, {"confirmed": sorted(confirmed)}).fetchall() if confirmed else []
    reported: dict[str, list[_ReportedPeople]] = {}
    for row in rows:
        reported.setdefault(row[0], []).append(_ReportedPeople(*row[1:]))
    return reported


def _read_by(reported: Sequence[_ReportedPeople], at: datetime) -> frozenset[str]:
    """Return whom the report was about that stood then; nobody where no row is left that says so.

    A run that was published again since is dated by when it began. Where neither is left, what the first run after the
    decision called confirmed is what was meant.
    """
    decided = int(at.timestamp() * 1_000_000)
    published = [row for row in reported if row.published is not None and row.published <= decided]
    begun = [row for row in reported if row.begun <= decided]
    heeded = [row for row in reversed(reported) if row.decision == "confirmed"]
    first = next(iter(published or begun or heeded), None)
    return _people(first.roll_ids) if first else _NOBODY


def _people(roll_ids: str | None) -> frozenset[str]:
    """Return roll ids in the form in which two spellings are equal: `P002` and ` p002`, `001` and `1`."""
    return frozenset(map(fold_roll_id, roll_ids.split(","))) if roll_ids else _NOBODY
