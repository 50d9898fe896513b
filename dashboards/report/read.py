"""Read one run from the published copy for one tier; what a tier may not see is never read for it.

A person's name, or a roll id beside what an account calls itself, leaves the copy only where a person has confirmed
the match; the query itself sees to that.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from types import MappingProxyType

import duckdb

from dashboards.queries import query, rows
from dashboards.report.model import (
    AccountCoverage,
    Clause,
    CountRow,
    Coverage,
    ExceptionRow,
    ReportError,
    Run,
    Tier,
    Week,
)
from dashboards.report.takedowns import Takedown
from dashboards.report.upkeep import (
    Cost,
    Held,
    LostMaster,
    Pull,
    QualityCheck,
    Register,
    RegisterColumn,
    RegisterProblem,
)
from dashboards.safe import plain

CONCERNS: Mapping[Tier, list[str] | None] = {  # None: whatever it concerns
    "governors": [],
    "headteacher": [],
    "dsl": ["pupil", "picture", "comment"],
    "lead": None,
    "dpo": None,
}
COUNTS_ONLY: frozenset[Tier] = frozenset({"governors", "headteacher"})
NAMES = frozenset({"account", "shown_name", "display_name", "name", "bio"})  # a handle is a name too
WRITTEN = frozenset({"excerpt"})  # what somebody wrote may name anybody, whoever wrote it
REGISTERED = frozenset({"roll_id"})  # what the register alone can give


def read_week(db: duckdb.DuckDBPyConnection, *, run_id: str, tier: Tier) -> Week:
    """Return what this tier may see of the run; ReportError when the copy has no such run."""
    if tier not in CONCERNS:
        raise ReportError(f"There is no tier called {plain(tier)!r}. Choose one of: {', '.join(CONCERNS)}.")
    week = _everything(db, run_id=run_id, tier=tier)
    if tier in COUNTS_ONLY:
        return _counts_only(week)
    return _without_shown_names(week) if tier == "dpo" else week


def read_run(db: duckdb.DuckDBPyConnection, run_id: str) -> Run:
    """Return the run; ReportError with the known runs when the copy does not hold it."""
    found = rows(db, "run", Run, run_id=run_id)
    if found:
        return found[0]
    known = ", ".join(row[0] for row in db.execute(query("run_ids")).fetchall())
    raise ReportError(f"There is no run {plain(run_id)!r} in the published copy. It holds: {known or 'no run'}.")


def _everything(db: duckdb.DuckDBPyConnection, *, run_id: str, tier: Tier) -> Week:
    run = read_run(db, run_id)
    seen_by_account = "account_coverage_by_platform" if tier in COUNTS_ONLY else "account_coverage"
    raised = rows(db, "exceptions", ExceptionRow, run_id=run_id, concerns=CONCERNS[tier])
    return Week(
        tier=tier,
        run=run,
        previous=_previous(db, run_id),
        exceptions=raised,
        evidence=MappingProxyType({row.fingerprint: _evidence(row) for row in raised}),
        counts=rows(db, "counts", CountRow, run_id=run_id),
        clauses=rows(db, "clauses", Clause, run_id=run_id),
        coverage=rows(db, "coverage", Coverage, run_id=run_id),
        account_coverage=rows(db, seen_by_account, AccountCoverage, run_id=run_id),
        quality_checks=rows(db, "quality_checks", QualityCheck, run_id=run_id),
        register_problems=_register_problems(db, run_id),
        registers=rows(db, "registers", Register, run_id=run_id),
        register_columns=rows(db, "register_columns", RegisterColumn, run_id=run_id),
        lost_masters=_lost_masters(db, run_id, tier),
        pulls=rows(db, "pulls", Pull, run_id=run_id),
        costs=rows(db, "costs", Cost, run_id=run_id),
        held=rows(db, "held", Held) if tier == "dpo" else (),
        takedowns=() if tier in COUNTS_ONLY else rows(db, "takedowns", Takedown, run_id=run_id),
    )


def _previous(db: duckdb.DuckDBPyConnection, run_id: str) -> date | None:
    found: date | None = db.execute(query("previous_run"), {"run_id": run_id}).fetchall()[0][0]
    return found


def _register_problems(db: duckdb.DuckDBPyConnection, run_id: str) -> tuple[RegisterProblem, ...]:
    """Return the problems, each file by its own name alone: a path may tell more than it should."""
    found = rows(db, "register_problems", RegisterProblem, run_id=run_id)
    return tuple(replace(problem, file_name=PurePath(problem.file_name).name) for problem in found)


def _lost_masters(db: duckdb.DuckDBPyConnection, run_id: str, tier: Tier) -> tuple[LostMaster, ...]:
    """Return the photographs without a file; only the lead, who can put it right, reads what the files are called."""
    found = rows(db, "lost_masters", LostMaster, run_id=run_id)
    return found if tier == "lead" else tuple(replace(one, file_name="", nearest=None) for one in found)


def _evidence(row: ExceptionRow) -> Mapping[str, str]:
    """Return what a reader may see of the exception's evidence, in order; ReportError when it is not a JSON object."""
    try:
        found = json.loads(row.evidence)
    except json.JSONDecodeError as error:
        raise ReportError(_BAD_EVIDENCE.format(row.fingerprint[:8])) from error
    if not isinstance(found, dict):
        raise ReportError(_BAD_EVIDENCE.format(row.fingerprint[:8]))
    unsaid = frozenset() if row.decision == "confirmed" else REGISTERED
    told = {plain(label): _value(value) for label, value in found.items() if value is not None}
    return _without(told, unsaid)


_BAD_EVIDENCE = "The evidence of exception {} is not a JSON object; run the audit again to rebuild the published copy."


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True))


def _counts_only(week: Week) -> Week:
    """Leave out every free sentence: governors read counts, titles and the policy's own words."""
    return replace(
        week,
        clauses=tuple(replace(clause, why=None) for clause in week.clauses),
        coverage=tuple(replace(row, why=None) for row in week.coverage),
        quality_checks=tuple(
            replace(quality_check, detail="", populations="") for quality_check in week.quality_checks
        ),
        register_problems=(),
        register_columns=(),
        lost_masters=tuple(replace(one, photograph_id="") for one in week.lost_masters),
        pulls=tuple(replace(pull, error_text=None, what_to_do=None) for pull in week.pulls),
    )


def _without_shown_names(week: Week) -> Week:
    """Leave out what an account calls itself, unless a person has confirmed who it is; and what anybody wrote."""
    confirmed = {row.fingerprint for row in week.exceptions if row.decision == "confirmed"}
    kept = {
        fingerprint: _without(evidence, WRITTEN if fingerprint in confirmed else NAMES | WRITTEN)
        for fingerprint, evidence in week.evidence.items()
    }
    return replace(week, evidence=MappingProxyType(kept))


def _without(evidence: Mapping[str, str], labels: frozenset[str]) -> Mapping[str, str]:
    return MappingProxyType({label: value for label, value in evidence.items() if label not in labels})
