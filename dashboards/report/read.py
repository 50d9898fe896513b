"""Read one run from the published copy for one tier; what a tier may not see is never read for it.

A person's name, or a roll id beside what an account calls itself, leaves the copy only where a person has confirmed
the match; the query itself sees to that. Of the evidence a tier reads what evidence_access.py allows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

import duckdb

from dashboards.queries import query, rows
from dashboards.report.evidence_access import Declared, evidence_for
from dashboards.report.model import (
    COUNTS_ONLY,
    AccountCoverage,
    CheckCoverage,
    ExceptionRow,
    ReportedClause,
    ReportError,
    TextToRead,
    Tier,
    Week,
)
from dashboards.report.operations import (
    AccountLeft,
    Cost,
    Held,
    Link,
    LostMaster,
    Pull,
    QualityCheckResult,
    Register,
    ReportedColumn,
    ReportedProblem,
    Run,
    Takedown,
)
from dashboards.report.small_numbers import CountRow, band, shown
from dashboards.report.story import NOTHING_TOLD, Told, stories
from dashboards.safe_text import plain
from policies.roles import DSL_READS

CONCERNS: Mapping[Tier, list[str] | None] = {  # None: whatever it concerns
    "governors": [],
    "headteacher": [],
    "dsl": list(DSL_READS),
    "lead": None,
    "dpo": None,
}


def read_week(db: duckdb.DuckDBPyConnection, *, run_id: str, tier: Tier, told: Told = NOTHING_TOLD) -> Week:
    """Return what this tier may see of the run, and of what is told beside it; ReportError without such a run."""
    if tier not in CONCERNS:
        raise ReportError(f"There is no tier called {plain(tier)!r}. Choose one of: {', '.join(CONCERNS)}.")
    week = _everything(db, run_id=run_id, tier=tier, told=told)
    return _counts_only(week) if tier in COUNTS_ONLY else week


def read_run(db: duckdb.DuckDBPyConnection, run_id: str) -> Run:
    """Return the run; ReportError with the known runs when the copy does not hold it."""
    runs = rows(db, "run", Run, run_id=run_id)
    if runs:
        return runs[0]
    run_ids = ", ".join(row[0] for row in db.execute(query("run_ids")).fetchall())
    raise ReportError(f"There is no run {plain(run_id)!r} in the published copy. It holds: {run_ids or 'no run'}.")


def _everything(db: duckdb.DuckDBPyConnection, *, run_id: str, tier: Tier, told: Told) -> Week:
    run = read_run(db, run_id)
    seen_by_account = "account_coverage_by_platform" if tier in COUNTS_ONLY else "account_coverage"
    raised = rows(db, "exceptions", ExceptionRow, run_id=run_id, concerns=CONCERNS[tier])
    return Week(
        tier=tier,
        run=run,
        previous=_previous(db, run_id),
        exceptions=raised,
        evidence=evidence_for(tier, raised, rows(db, "check_evidence", Declared, run_id=run_id)),
        counts=rows(db, "counts", CountRow, run_id=run_id),
        clauses=rows(db, "clauses", ReportedClause, run_id=run_id),
        coverage=rows(db, "coverage", CheckCoverage, run_id=run_id),
        account_coverage=rows(db, seen_by_account, AccountCoverage, run_id=run_id),
        quality_checks=rows(db, "quality_checks", QualityCheckResult, run_id=run_id),
        register_problems=_register_problems(db, run_id),
        registers=rows(db, "registers", Register, run_id=run_id),
        register_columns=rows(db, "register_columns", ReportedColumn, run_id=run_id),
        lost_masters=_lost_masters(db, run_id, tier),
        pulls=rows(db, "pulls", Pull, run_id=run_id),
        costs=rows(db, "costs", Cost, run_id=run_id),
        held=rows(db, "held", Held) if tier == "dpo" else (),
        unread_texts=rows(db, "unread_texts", TextToRead, run_id=run_id, concerns=CONCERNS[tier]),
        links=_links(db, run_id, raised),
        accounts_left=rows(db, "accounts_left", AccountLeft, run_id=run_id),
        takedowns=() if tier in COUNTS_ONLY else rows(db, "takedowns", Takedown, run_id=run_id),
        said=stories(db, run_id, (row.fingerprint for row in raised), told),
        desk=told.desk,
    )


def _seen_in_words(row: AccountCoverage) -> str:
    """Return without a number how much was seen of a list."""
    if row.is_enough:
        return "Seen and judged whole."
    return "Seen in part." if row.fetched else "Nothing was fetched, so nothing could be judged."


def _links(db: duckdb.DuckDBPyConnection, run_id: str, raised: Sequence[ExceptionRow]) -> tuple[Link, ...]:
    read = {row.fingerprint for row in raised}
    return tuple(link for link in rows(db, "links", Link, run_id=run_id) if link.fingerprint in read)


def _previous(db: duckdb.DuckDBPyConnection, run_id: str) -> date | None:
    day: date | None = db.execute(query("previous_run"), {"run_id": run_id}).fetchall()[0][0]
    return day


def _register_problems(db: duckdb.DuckDBPyConnection, run_id: str) -> tuple[ReportedProblem, ...]:
    """Return the problems, each file by its own name alone: a path may tell more than it should."""
    problems = rows(db, "register_problems", ReportedProblem, run_id=run_id)
    return tuple(replace(problem, file_name=PurePath(problem.file_name).name) for problem in problems)


def _lost_masters(db: duckdb.DuckDBPyConnection, run_id: str, tier: Tier) -> tuple[LostMaster, ...]:
    """Return the photographs without a file; only the lead, who can put it right, reads what the files are called."""
    masters = rows(db, "lost_masters", LostMaster, run_id=run_id)
    return masters if tier == "lead" else tuple(replace(master, file_name="", nearest=None) for master in masters)


_WAITING = "Some texts may be what this check looks for; a person should read what is not listed."


def _without_figures(row: CheckCoverage) -> CheckCoverage:
    why = _WAITING if row.unread else None
    return replace(row, why=why, platform_count=None, fetched=None, judged=None, unread=None)


def _counts_only(week: Week) -> Week:
    """Leave out every free sentence and every small number: governors read bands, titles and the policy's own words."""
    return replace(
        week,
        clauses=tuple(replace(clause, why=None) for clause in week.clauses),
        coverage=tuple(map(_without_figures, week.coverage)),
        quality_checks=tuple(
            replace(quality_check, detail="", populations="") for quality_check in week.quality_checks
        ),
        counts=(),
        shown_counts=shown(week.counts),
        waiting_texts=band(sum(row.unread or 0 for row in week.coverage)),
        account_coverage=tuple(
            replace(row, platform_count=None, fetched=None, judged=None, why=_seen_in_words(row))
            for row in week.account_coverage
        ),
        accounts_left=tuple(replace(account, handle=None) for account in week.accounts_left),
        registers=(),
        set_aside_rows=band(sum(register.set_aside for register in week.registers)),
        costs=(),
        register_problems=(),
        register_columns=(),
        lost_masters=tuple(replace(master, photograph_id="") for master in week.lost_masters),
        pulls=tuple(replace(pull, error_text=None, what_to_do=None) for pull in week.pulls),
    )
