"""Tells this run's exceptions apart from the last run's: new, changed, open, reopened, gone.

An exception is gone only when this run could have seen it: its list was walked whole, or its very subject
was seen and judged. A subject that stands and could not be judged keeps its exception open, whatever the list.
A confirmed one needs the first: a pupil who changes a display name is still following.
What could not be seen stays open, with the day on which it was last seen.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

from warehouse.casebook import Decision
from warehouse.load import transaction

_Subjects = set[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """One exception as judged, dressed with what the check and the clause say about it."""

    fingerprint: str
    check_id: str
    check_title: str
    pack: str
    clause: str
    clause_says: str
    severity: str
    platform: str
    account_id: str
    subject_id: str
    subject_kind: str
    concerns: str
    reason: str
    evidence: Mapping[str, str]
    telling: tuple[str, ...]
    next_step: str
    do_not: str
    owner_role: str
    days_to_act: int

    @property
    def evidence_sha256(self) -> str:
        """The hash of the evidence that would change a person's mind."""
        kept = {label: self.evidence[label] for label in self.telling if label in self.evidence}
        return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Judged:
    """What one check could see of one official account in this run; `sight` is the view of its population."""

    check_id: str
    sight: str
    platform: str
    account_id: str
    may_close: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Before:
    rows: Mapping[str, Mapping[str, Any]]

    def standing(self) -> Iterable[Mapping[str, Any]]:
        return (row for row in self.rows.values() if row["status"] != "gone")


def reconcile(
    db: duckdb.DuckDBPyConnection,
    *,
    run_id: str,
    as_of: date,
    found: Sequence[Found],
    judged: Sequence[Judged],
    decisions: Mapping[str, Decision],
) -> dict[str, int]:
    """Write this run's rows of outcome.exceptions, and return how many there are of each status."""
    before = _Before(_last_rows(db, as_of))
    seen, unjudged = _subjects(db, "seen"), _subjects(db, "unjudged")
    sights = {(j.check_id, j.platform, j.account_id): j for j in judged}
    now = {one.fingerprint for one in found}
    rows = [_row(run_id, as_of, one, before.rows.get(one.fingerprint), decisions) for one in found]
    for row in before.standing():
        if row["fingerprint"] not in now:
            decision = decisions.get(row["fingerprint"])
            is_confirmed = decision is not None and decision.verdict == "confirmed"
            is_gone = _is_gone(row, sights, seen, unjudged, is_confirmed=is_confirmed)
            carried = {**row, "run_id": run_id, "status": "gone" if is_gone else "open", "is_seen_this_run": False}
            rows.append({**carried, **_decided(decision, as_of)})
    with transaction(db):
        db.execute("delete from outcome.exceptions where run_id = ?", [run_id])
        for row in rows:
            _insert(db, row)
    return _tally(rows)


def _subjects(db: duckdb.DuckDBPyConnection, how: str) -> _Subjects:
    return set(db.execute(f"select sight, platform, account_id, subject_id from core.{how}_subjects").fetchall())


def _tally(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    statuses = ("new", "changed", "reopened", "open", "gone")
    return {status: sum(row["status"] == status for row in rows) for status in statuses}


def _last_rows(db: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, dict[str, Any]]:
    result = db.execute(
        "select e.* from outcome.exceptions as e inner join raw.runs as r on e.run_id = r.run_id "
        "where r.as_of < ? and r.published_at is not null "
        "qualify row_number() over (partition by e.fingerprint order by r.as_of desc) = 1",
        [as_of],
    )
    names = [column[0] for column in result.description or ()]
    return {row["fingerprint"]: row for row in (dict(zip(names, r, strict=True)) for r in result.fetchall())}


def _row(
    run_id: str, as_of: date, one: Found, before: Mapping[str, Any] | None, decisions: Mapping[str, Decision]
) -> dict[str, Any]:
    status = _status(one, before)
    decided = _decided(decisions.get(one.fingerprint), as_of)
    if status == "open" and before is not None and before["decision"] == "allowed" and decided["decision"] is None:
        status = "reopened"
    keep_due = before is not None and status in {"open", "changed"}
    return {
        "run_id": run_id,
        "fingerprint": one.fingerprint,
        "check_id": one.check_id,
        "check_title": one.check_title,
        "pack": one.pack,
        "clause": one.clause,
        "clause_says": one.clause_says,
        "severity": one.severity,
        "status": status,
        "platform": one.platform,
        "account_id": one.account_id,
        "subject_id": one.subject_id,
        "subject_kind": one.subject_kind,
        "concerns": one.concerns,
        "reason": one.reason,
        "evidence": json.dumps(one.evidence, ensure_ascii=False),
        "evidence_sha256": one.evidence_sha256,
        "next_step": one.next_step,
        "do_not": one.do_not,
        "owner_role": one.owner_role,
        "due_on": before["due_on"] if keep_due and before else as_of + timedelta(days=one.days_to_act),
        "first_seen": before["first_seen"] if before else as_of,
        "last_seen": as_of,
        **decided,
        "is_seen_this_run": True,
    }


def _status(one: Found, before: Mapping[str, Any] | None) -> str:
    if before is None:
        return "new"
    if before["status"] == "gone":
        return "reopened"
    return "open" if before["evidence_sha256"] == one.evidence_sha256 else "changed"


def _decided(decision: Decision | None, as_of: date) -> dict[str, Any]:
    if decision is None or (decision.until is not None and decision.until < as_of):
        return {"decision": None, "decided_until": None}
    return {"decision": decision.verdict, "decided_until": decision.until}


def _is_gone(
    row: Mapping[str, Any],
    sights: Mapping[tuple[str, str, str], Judged],
    seen: _Subjects,
    unjudged: _Subjects,
    *,
    is_confirmed: bool,
) -> bool:
    sight = sights.get((row["check_id"], row["platform"], row["account_id"]))
    if sight is None or not sight.may_close:
        return False
    subject = (sight.sight, row["platform"], row["account_id"], row["subject_id"])
    if subject in unjudged:
        return False
    was_seen = subject in seen
    if is_confirmed:
        return sight.is_whole and not was_seen
    return sight.is_whole or was_seen


def _insert(db: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> None:
    names = ", ".join(row)
    marks = ", ".join("?" for _ in row)
    db.execute(f"insert into outcome.exceptions ({names}) values ({marks})", list(row.values()))
