"""What each check saw of a run, what it declared of its evidence, and what each check and clause came to, as rows."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

import duckdb

from policies.exceptions import UnreadText
from policies.populations import Population
from policies.question import Filter
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
class Judged:
    """What one check could see of one official account in this run.

    `may_close` is False where a data-quality check failed or a register that the check goes by was not read whole.
    `since` is the last day that the check does not look back to; None where it looks at everything. `only` are the
    exceptions that the clause for whose sake it was asked goes by.
    """

    check_id: str
    population: Population
    platform: str
    account_id: str
    may_close: bool
    is_whole: bool
    since: date | None = None
    only: Filter = field(default_factory=Filter)

    def beside(self, other: "Judged") -> "Judged":
        """Return what both saw together: an absence closes only where every look that could have found it looked."""
        since = max((day for day in (self.since, other.since) if day), default=None)
        may_close, is_whole = self.may_close and other.may_close, self.is_whole and other.is_whole
        return replace(self, may_close=may_close, is_whole=is_whole, since=since)


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause of the pack, in the policy's order, and how it stood.

    What of the clause was looked at is told in words, and in figures over the accounts that the clause is about; what
    is not covered, and why, in a sentence. `attested_by` is the role that is to attest it, and `stands_under` are the
    clauses under which open cases that break it stand.
    """

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
    verdict: str | None = None
    looked_at: str | None = None
    platform_count: int | None = None
    judged: int | None = None
    not_covered: str | None = None
    attested_by: str | None = None
    stands_under: str = ""


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


@dataclass(frozen=True, slots=True)
class BreakingCase:
    """A case that is open in a run: under which clause it stands, which it breaks, and whether it was found or seen."""

    check_id: str
    clause: str
    breaks: Sequence[str]
    is_found: bool
    is_seen: bool


def open_cases(db: duckdb.DuckDBPyConnection, run_id: str) -> list[BreakingCase]:
    """Return the open cases of a run that the policy asks for; its exceptions must have been reconciled."""
    rows = db.execute(
        "select check_id, clause, breaks, described_in = run_id, status not in ('not_seen', 'suspended') "
        "from outcome.exceptions inner join outcome.exception_states using (run_id, fingerprint) "
        "where run_id = ? and is_open and breaks != []",
        [run_id],
    ).fetchall()
    return [BreakingCase(*row) for row in rows]


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


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One label of a check's evidence as the check declares it."""

    check_id: str
    label: str
    kind: str
    identifies: bool
    changes: bool
    links: bool


def write_declarations(db: duckdb.DuckDBPyConnection, run_id: str, declarations: Sequence[EvidenceRow]) -> None:
    """Replace this run's declarations, all or nothing.

    They are of every check there is, for an exception may be carried from a run whose policy asked for more checks.
    """
    with transaction(db):
        replace_run(db, "outcome.check_evidence", run_id, map(asdict, declarations))
