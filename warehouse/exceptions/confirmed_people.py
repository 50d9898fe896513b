"""Whom a person confirmed: to say that an account is one person's says nothing of another whom the registers give now.

Only then may a report name somebody: `published.exceptions` gives name and roll id where an exception is confirmed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import duckdb

from policies.exceptions import ExceptionFound
from warehouse.casebook.casebook import Decision

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


class _Told(NamedTuple):
    roll_ids: str
    begun: int
    published: int | None
    decision: str | None


def without_other_people(
    db: duckdb.DuckDBPyConnection, decisions: Mapping[str, Decision], exceptions: Sequence[ExceptionFound]
) -> dict[str, Decision]:
    """Return the decisions, but for those that confirmed somebody else than this run finds, or the last one did.

    Whom a person confirmed is whom the report was about that stood when the decision was made. Where the evidence now
    gives anybody who was not among them, the exception is nobody's until it is confirmed anew.
    """
    confirmed = {
        name: decision.at
        for name, decision in decisions.items()
        if decision.verdict == "confirmed" and decision.at is not None
    }
    reported = _told(db, confirmed)
    last = {name: _people(rows[0].roll_ids) for name, rows in reported.items()}
    now = last | {exception.fingerprint: _people(exception.evidence.get("roll_id")) for exception in exceptions}
    other = {
        name for name, at in confirmed.items() if not now.get(name, _NOBODY) <= _read_by(reported.get(name, ()), at)
    }
    return {name: decision for name, decision in decisions.items() if name not in other}


def _told(db: duckdb.DuckDBPyConnection, confirmed: Collection[str]) -> dict[str, list[_Told]]:
    """Return the rows of these exceptions that give anybody, by fingerprint, each with the newest run first."""
    rows = db.execute(_ROWS, {"confirmed": sorted(confirmed)}).fetchall() if confirmed else []
    reported: dict[str, list[_Told]] = {}
    for row in rows:
        reported.setdefault(row[0], []).append(_Told(*row[1:]))
    return reported


def _read_by(reported: Sequence[_Told], at: datetime) -> frozenset[str]:
    """Return whom the report was about that stood then; nobody where no row is left that tells it.

    A run that was published again since is told by when it began. Where neither is left, what the first run after the
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
    return frozenset(roll_id.strip().casefold().lstrip("0") for roll_id in roll_ids.split(",")) if roll_ids else _NOBODY
