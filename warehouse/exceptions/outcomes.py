"""Writes what each check and each clause of a run came to."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import duckdb

from policies.exceptions import UnreadText
from warehouse.store.load import replace_run, transaction


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check's verdict and the figures behind it; `unread` texts wait for a person."""

    check_id: str
    check_title: str
    verdict: str
    platform_count: int | None
    fetched: int
    judged: int
    why: str
    unread: int


@dataclass(frozen=True, slots=True)
class AccountCoverageRow:
    """The same figures for one official account, and how a person can have more seen of it."""

    check_id: str
    platform: str
    account_id: str
    platform_count: int | None
    fetched: int
    judged: int
    is_whole: bool
    is_enough: bool
    why: str
    what_to_do: str | None


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause of the pack, in the policy's order, and how it stood."""

    number: int
    clause: str
    ref: str
    says: str
    force: str
    binds: str
    state: str
    checks: str
    why: str
    attested_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckText:
    """What one check, and the clause that calls for it, say of every exception of a run.

    `finding_one` and `finding_many` are the headings for one of them and for `{count}`, at the official `{account}`.
    """

    check_id: str
    check_title: str
    finding_one: str
    finding_many: str
    pack: str
    clause: str
    clause_says: str
    why: str
    next_step: str
    do_not: str
    owner_role: str
    days_to_act: int


def earlier_cases(db: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, tuple[int, int]]:
    """Return by check how many earlier cases stand that a run did not find again, and how many it did not see.

    What a decision sets aside does not count. The run's exceptions must have been reconciled.
    """
    rows = db.execute(
        "select check_id, count(*) filter (where status not in ('not_seen', 'suspended')), "
        "count(*) filter (where status in ('not_seen', 'suspended')) "
        "from outcome.exceptions inner join outcome.exception_states using (run_id, fingerprint) "
        "where run_id = ? and is_open and described_in != run_id group by check_id",
        [run_id],
    ).fetchall()
    return {check_id: (standing, unseen) for check_id, standing, unseen in rows}


def write_outcomes(
    db: duckdb.DuckDBPyConnection,
    *,
    run_id: str,
    pack: str,
    coverage: Sequence[CheckRow],
    account_coverage: Sequence[AccountCoverageRow],
    clauses: Sequence[ClauseRow],
    unread: Sequence[UnreadText] = (),
) -> None:
    """Replace this run's rows of what its checks and clauses came to, and of the texts left to read, all or none."""
    with transaction(db):
        replace_run(db, "outcome.coverage", run_id, map(asdict, coverage))
        replace_run(db, "outcome.account_coverage", run_id, map(asdict, account_coverage))
        replace_run(db, "outcome.clauses", run_id, [{"pack": pack, **asdict(row)} for row in clauses])
        replace_run(db, "outcome.unread_texts", run_id, map(_unread_row, unread))


def _unread_row(text: UnreadText) -> dict[str, Any]:
    exception = text.exception
    posted_on = exception.evidence.get("posted_on")
    return {
        "fingerprint": exception.fingerprint,
        "check_id": exception.check_id,
        "platform": exception.platform,
        "account_id": exception.account_id,
        "subject_id": exception.subject_id,
        "subject_kind": exception.subject_kind,
        "concerns": exception.concerns,
        "link": exception.evidence.get("link"),
        "posted_on": date.fromisoformat(posted_on) if posted_on else None,
        "family": text.families,
        "score": text.score,
        "about": json.dumps(dict(exception.about), sort_keys=True),
    }
