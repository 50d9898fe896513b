"""Tells this run's exceptions apart from the last run's: new, changed, open, reopened, not seen, suspended, gone.

An exception is gone only on proof about its very subject (`proof` says which):
asked         the platform was asked for it by its id, and does not have it
absent_twice  two whole lists in a row lack it, where nothing else was answered about it
recorded      the account's own archive records that it was deleted
put_right     this run met and judged it, every register that the check goes by was read, and it is none any more
What this run neither met nor was answered about is not seen. An account that still follows keeps its case, whatever
it calls itself now: only the registers, or a person, can say that it is nobody's.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb

from warehouse.casebook.casebook import Decision
from warehouse.exceptions.observed import Row, Sighted, Subject
from warehouse.exceptions.raised import Found
from warehouse.load import transaction

OF_THE_SCHOOL = frozenset({"account", "photograph", "policy", "register"})
_Place = tuple[str, str, str, str]
STATUSES = ("new", "changed", "reopened", "open", "not_seen", "suspended", "gone")


def reconcile(
    db: duckdb.DuckDBPyConnection,
    *,
    run_id: str,
    as_of: date,
    found: Sequence[Found],
    known: Sighted,
    decisions: Mapping[str, Decision],
) -> dict[str, int]:
    """Write this run's rows of outcome.exceptions, and return how many there are of each status.

    `known` is what the run met and judged of their subjects.
    """
    before = _last_rows(db, as_of)
    now = {one.fingerprint for one in found}
    places = {(one.check_id, one.platform, one.account_id, one.subject_id) for one in found}
    rows = [_row(run_id, as_of, one, before.get(one.fingerprint), decisions, known) for one in found]
    rows += [
        _carried(row, run_id, as_of, decisions.get(row["fingerprint"]), known, places)
        for row in before.values()
        if row["status"] != "gone" and row["fingerprint"] not in now
    ]
    with transaction(db):
        db.execute("delete from outcome.exceptions where run_id = ?", [run_id])
        for row in rows:
            _insert(db, row)
    return _tally(rows)


def _tally(rows: Sequence[Row]) -> dict[str, int]:
    return {status: sum(row["status"] == status for row in rows) for status in STATUSES}


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
    run_id: str,
    as_of: date,
    one: Found,
    before: Row | None,
    decisions: Mapping[str, Decision],
    known: Sighted,
) -> dict[str, Any]:
    decided = _decided(decisions.get(one.fingerprint), as_of)
    seen = {
        "check_id": one.check_id,
        "platform": one.platform,
        "account_id": one.account_id,
        "subject_id": one.subject_id,
        "subject_kind": one.subject_kind,
    }
    subject = known.subject(seen)
    is_met = subject is None or subject.is_met
    status = _status(one, before, decided, subject)
    keep_due = before is not None and status not in {"new", "reopened"}
    return {
        **seen,
        "run_id": run_id,
        "fingerprint": one.fingerprint,
        "check_title": one.check_title,
        "pack": one.pack,
        "clause": one.clause,
        "clause_says": one.clause_says,
        "severity": one.severity,
        "status": status,
        "concerns": one.concerns,
        "reason": one.reason,
        "evidence": json.dumps(one.evidence, ensure_ascii=False),
        "evidence_sha256": one.evidence_sha256,
        "next_step": one.next_step,
        "do_not": one.do_not,
        "owner_role": one.owner_role,
        "due_on": before["due_on"] if keep_due and before else as_of + timedelta(days=one.days_to_act),
        "first_seen": before["first_seen"] if before else as_of,
        "last_seen": as_of if is_met or before is None else before["last_seen"],
        **decided,
        "is_seen_this_run": is_met,
        "proof": None,
        "rests_on": _rests_on(before, subject),
    }


def _status(one: Found, before: Row | None, decided: Row, subject: Subject | None) -> str:
    if before is None:
        return "new"
    is_allowance_over = before["decision"] == "allowed" and decided["decision"] is None
    if before["status"] == "gone" or is_allowance_over:
        return "reopened"
    if subject is not None and not subject.is_met:
        return _unmet(subject)
    return "open" if before["evidence_sha256"] == one.evidence_sha256 else "changed"


def _unmet(subject: Subject) -> str:
    """Return the status of what this run did not meet; what it did not mean to list again stays as it was."""
    if subject.is_suspended:
        return "suspended"
    return "open" if subject.is_left_out else "not_seen"


def _carried(
    row: Row, run_id: str, as_of: date, decision: Decision | None, known: Sighted, places: Collection[_Place]
) -> dict[str, Any]:
    """Return the row of an exception that stood and was not found in this run; `places` are where one was found.

    An edited post that is still found, by its new id, keeps the case of its old one.
    """
    decided = _decided(decision, as_of)
    edition = (row["check_id"], row["platform"], row["account_id"], known.newest_edition(row))
    is_kept = decided["decision"] == "confirmed" or edition in places
    status, proof = _standing(row, known, is_kept=is_kept)
    told = {"status": status, "is_seen_this_run": False, "proof": proof, "rests_on": _rests_on(row, known.subject(row))}
    return {**row, "run_id": run_id, **told, **decided}


def _standing(row: Row, known: Sighted, *, is_kept: bool) -> tuple[str, str | None]:
    """Return the status of what was not found, and the proof where it is gone."""
    judged, subject = known.of(row), known.subject(row)
    if row["platform"] == "school" or row["subject_kind"] in OF_THE_SCHOOL:
        is_gone = judged is not None and judged.may_close and judged.is_whole and not known.was_unjudged(row)
        return ("gone", "put_right") if is_gone else ("not_seen", None)
    if subject is None:
        return "not_seen", None
    if subject.is_ended:
        is_all = set(subject.members).issuperset(row["rests_on"] or ())  # what was expired has not ended by that
        return ("gone", subject.ended_by) if is_all else ("not_seen", None)
    if not subject.is_met:
        return _unmet(subject), None
    if known.was_judged(row) and not is_kept:
        return "gone", "put_right"
    return ("changed" if known.has_changed(row, date.fromisoformat(row["run_id"])) else "open"), None


def _rests_on(before: Row | None, subject: Subject | None) -> list[str]:
    """Return the hashes of the members that the exception rests on, but for those that are proved to have ended."""
    earlier = set(before["rests_on"] or ()) if before else set()
    if subject is None:
        return sorted(earlier)
    return sorted(earlier.difference(subject.members).union(subject.standing_members or ()))


def _decided(decision: Decision | None, as_of: date) -> dict[str, Any]:
    if decision is None or (decision.until is not None and decision.until < as_of):
        return {"decision": None, "decided_until": None}
    return {"decision": decision.verdict, "decided_until": decision.until}


def _insert(db: duckdb.DuckDBPyConnection, row: Row) -> None:
    names = ", ".join(row)
    marks = ", ".join("?" for _ in row)
    db.execute(f"insert into outcome.exceptions ({names}) values ({marks})", list(row.values()))
