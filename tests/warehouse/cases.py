"""Short spellings of exceptions: as a check finds one, what the check says of it, and as a row of an earlier run."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from checks.about import about
from checks.evidence import BAND, WHOSE
from policies.decisions import StandingDecision
from policies.exceptions import ExceptionFound
from warehouse.exceptions.decisions_that_hold import ReadDecisions
from warehouse.exceptions.observed_subjects import ObservedSubjects
from warehouse.exceptions.observing import observe_subjects
from warehouse.exceptions.outcomes import CheckText, Judged
from warehouse.exceptions.reconcile import BrokenBy, reconcile
from warehouse.store.materialise import materialise, rolled_back

CLAUSE = "6.10"
# The views that observing reads: no others need be worked out for it.
OBSERVED = tuple(
    f"core.{name}"
    for name in (
        *("subjects", "seen_subjects", "unjudged_subjects", "matches", "lost_people"),
        *("audit", "interactions", "post_versions", "posts"),
    )
)


def matter(evidence: Mapping[str, str]) -> dict[str, str]:
    """Return what an exception with this evidence is about, where the registers call nobody anything."""
    return about((WHOSE, BAND), evidence, {}, key="k")


def found(actor: str = "7", **evidence: str) -> ExceptionFound:
    """Return an exception about this follower, with more evidence."""
    said = {"account": "@one", "remark": "whatever", **evidence}
    return ExceptionFound(
        fingerprint=f"print-{actor}",
        check_id="pupil_follower",
        severity="high",
        platform="x",
        account_id="100",
        subject_id=actor,
        subject_kind="actor",
        concerns="pupil",
        reason="An account that may belong to a pupil follows.",
        evidence=said,
        change_key=("account",),
        about=matter(said),
        breaks=(CLAUSE,),
    )


def texts(*exceptions: ExceptionFound, **more: Any) -> list[CheckText]:
    """Return what the checks of these exceptions say of them, each once."""
    usual: dict[str, Any] = {
        "check_title": "No pupil follows",
        "finding_one": "A pupil may follow",
        "finding_many": "{count} pupils may follow",
        "pack": "p",
        "clause": CLAUSE,
        "clause_says": "Pupils may not follow.",
        "why": "A pupil may be found by it.",
        "next_step": "Ask.",
        "do_not": "Do not shout.",
        "owner_role": "enterprise_and_technology_lead",
        "days_to_act": 7,
    }
    ids = dict.fromkeys(exception.check_id for exception in exceptions)
    return [CheckText(**({"check_id": check_id} | usual | more)) for check_id in ids]


def settle(
    db: duckdb.DuckDBPyConnection,
    run_id: str,
    exceptions: Sequence[ExceptionFound],
    known: ObservedSubjects,
    decisions: Mapping[str, StandingDecision] | None = None,
    unlisted: Sequence[ExceptionFound] = (),
    broken_by: BrokenBy = lambda *_: (CLAUSE,),
    **more: Any,
) -> None:
    """Reconcile what this run found; `more` is what its checks say otherwise than usual."""
    reconcile(
        db,
        run_id=run_id,
        exceptions=exceptions,
        checks=texts(*exceptions, **more),
        observed=known,
        decisions=ReadDecisions(decisions or {}, {}),
        unlisted=unlisted,
        broken_by=broken_by,
    )


def put(db: duckdb.DuckDBPyConnection, run_id: str, fingerprint: str, **columns: Any) -> None:
    """Write one row of outcome.exceptions as a run left it; what is not given is as it usually is."""
    day = date.fromisoformat(run_id)
    row: dict[str, Any] = {
        "run_id": run_id,
        "fingerprint": fingerprint,
        "check_id": "c",
        "described_in": run_id,
        "clause": "k",
        "breaks": ["k"],
        "severity": "low",
        "status": "new",
        "platform": "x",
        "account_id": "100",
        "subject_id": fingerprint,
        "subject_kind": "actor",
        "concerns": "pupil",
        "reason": "r",
        "evidence": "{}",
        "evidence_sha256": "hash",
        "first_seen": day,
        "last_seen": day,
        "is_seen_this_run": True,
        **columns,
    }
    marks = ", ".join("?" for _ in row)
    db.execute(f"insert into outcome.exceptions ({', '.join(row)}) values ({marks})", list(row.values()))
    text = ["t", "p", "k", "s", "n", "d", "o"]
    db.execute(
        "insert or ignore into outcome.checks (run_id, check_id, check_title, pack, clause, clause_says, next_step, "
        "do_not, owner_role) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [row["described_in"], row["check_id"], *text],
    )


def observed(db: duckdb.DuckDBPyConnection, *judged: Judged) -> ObservedSubjects:
    """Return what the run at hand saw of the subjects, each view worked out once, as a run does it."""
    with rolled_back(db):
        materialise(db, *OBSERVED)
        return observe_subjects(db, judged)
