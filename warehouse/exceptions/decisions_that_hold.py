"""For which exceptions of a run the decisions hold that were made about whose an account is.

A link that was rejected once is not raised again elsewhere; a confirmation does not hold for somebody else, so that
`published.exceptions` names only who was confirmed. The declarations of evidence say which checks link accounts.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
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


# The account is the subject itself, or stands in the evidence under a label of its own.
_LINKING = """
select
    check_id,
    max(label) filter (where kind = 'platform_id') as account_label
from outcome.check_evidence
where run_id = $run_id and links
group by check_id
"""
_REJECTED = """
with newest as (
    select *
    from outcome.exceptions
    where list_contains($mistaken, fingerprint)
    qualify row_number() over (partition by fingerprint order by run_id desc) = 1
),

linking as (
    select
        run_id,
        check_id,
        max(label) filter (where kind = 'platform_id') as account_label
    from outcome.check_evidence
    where links
    group by run_id, check_id
)

select
    newest.fingerprint,
    newest.platform,
    if(
        linking.account_label is null, newest.subject_id, json_extract_string(newest.evidence, linking.account_label)
    ) as account_id,
    newest.concerns,
    unnest(string_split(json_extract_string(newest.evidence, 'roll_id'), ', ')) as person_id
from newest
inner join linking
    on
        newest.run_id = linking.run_id
        and newest.check_id = linking.check_id
"""
Link = tuple[str, str, str, str]


def with_rejected_links(
    db: duckdb.DuckDBPyConnection,
    decisions: Mapping[str, StandingDecision],
    exceptions: Sequence[ExceptionFound],
    *,
    run_id: str,
    as_of: date,
) -> dict[str, StandingDecision]:
    """Return the decisions, and for each further exception whose every link was rejected the decision that did it.

    So a mistaken account is mistaken at every official account and for every check that asks whose account it
    is, until the decision ends. The declarations of this run must have been written.
    """
    rejected = _rejected(db, decisions, as_of)
    linking = dict(db.execute(_LINKING, {"run_id": run_id}).fetchall()) if rejected else {}
    inherited = {
        exception.fingerprint: decision
        for exception in exceptions
        if exception.fingerprint not in decisions
        and exception.check_id in linking
        and (decision := _of_all(_links(exception, linking[exception.check_id]), rejected))
    }
    return {**decisions, **inherited}


def _rejected(
    db: duckdb.DuckDBPyConnection, decisions: Mapping[str, StandingDecision], as_of: date
) -> dict[Link, StandingDecision]:
    standing = {
        fingerprint: decision
        for fingerprint, decision in decisions.items()
        if decision.verdict == "mistaken" and (decision.until is None or decision.until >= as_of)
    }
    rows = db.execute(_REJECTED, {"mistaken": sorted(standing)}).fetchall() if standing else []
    return {tuple(link): standing[fingerprint] for fingerprint, *link in rows}


def _links(exception: ExceptionFound, account_label: str | None) -> list[Link]:
    account = exception.evidence.get(account_label) if account_label else exception.subject_id
    people = exception.evidence.get("roll_id")
    if not account or not people:
        return []
    return [(exception.platform, account, exception.concerns, person) for person in people.split(", ")]


def _of_all(links: Sequence[Link], rejected: Mapping[Link, StandingDecision]) -> StandingDecision | None:
    """Return the decision that ends first of those that rejected all these links; None if one of them stands."""
    if not links or any(link not in rejected for link in links):
        return None
    return min((rejected[link] for link in links), key=lambda decision: decision.until or date.max)
