"""Tells this run's exceptions apart from the last run's: new, changed, open, reopened, not seen, suspended, gone.

An exception is gone only on proof about its very subject (`proof` says which):
asked         the platform was asked for it by its id beside a control that it knows, and does not have it
absent_twice  the whole lists of four weeks, or two archives, lack it, and nothing else was answered about it
recorded      the account's own archive records that it was deleted
put_right     this run saw and judged it, every register that the check uses was read, and it is no exception now
What no list of this run held, and no answer was about, is not seen. An account that still follows keeps its case,
whatever its profile says now: only the registers, or a person, can say that it belongs to nobody.

A decision is about what it was shown: once a case is about another person, other words, another picture or other facts,
the decision falls, and the case is changed. Once the day is over until which it was allowed, it is due anew.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import duckdb

from policies.dates import long_date
from policies.decisions import StandingDecision, due_again, other_kinds
from policies.exceptions import OF_THE_SCHOOL, ExceptionFound
from warehouse.exceptions.decisions_that_hold import ReadDecisions, decided_of, falls, is_back
from warehouse.exceptions.earlier_cases import Place, backlog_since, is_another_case, last_rows, looked_at_before
from warehouse.exceptions.observed_subjects import ObservedSubjects, Row, SubjectStanding
from warehouse.exceptions.outcomes import CheckText
from warehouse.store.load import replace_run, transaction

_UNASKED = re.compile(r" (Since the run of [^.]*, so that no run looks at it again|No clause of [^.]* any more)\.")
BrokenBy = Callable[[str, str, str, Mapping[str, str]], Sequence[str]]  # check, platform, concern, evidence


def reconcile(
    db: duckdb.DuckDBPyConnection,
    *,
    run_id: str,
    exceptions: Sequence[ExceptionFound],
    checks: Sequence[CheckText],
    observed: ObservedSubjects,
    decisions: ReadDecisions,
    broken_by: BrokenBy,
    unlisted: Sequence[ExceptionFound] = (),
) -> None:
    """Write this run's rows of outcome.checks and outcome.exceptions.

    `checks` are the texts of every check that was asked, and `observed` is what the run saw and judged of the subjects.
    What is `unlisted` is no exception, and proves no earlier one put right: a person has to read it, or no clause asks
    for it. `broken_by` gives the clauses that such an exception breaks, which the policy may not ask for any more.
    """
    as_of = date.fromisoformat(run_id)
    before, known = last_rows(db, as_of), looked_at_before(db, as_of)
    due = {check.check_id: as_of + timedelta(days=check.days_to_act) for check in checks}
    stands = decisions.standing
    rows = [
        _row(one, as_of, one.due_on or due[one.check_id], before.get(one.fingerprint), stands, observed, known)
        for one in exceptions
    ]
    held = [*rows, *(one.as_row() for one in unlisted)]
    places = {tuple(row[name] for name in ("check_id", "platform", "account_id", "subject_id")) for row in held}
    found = {row["fingerprint"] for row in rows}
    places |= {place for row in rows for place in observed.places_of_people(row)}
    ours = {*db.execute("select platform, account_id from raw.official_accounts where run_id = ?", [run_id]).fetchall()}
    rows += [
        _by_clause(_carried(row, stands.get(fingerprint), as_of, observed, places), broken_by, ours, as_of)
        for fingerprint, row in before.items()
        if row["stands"] and fingerprint not in found
    ]
    with transaction(db):
        replace_run(db, "outcome.checks", run_id, map(asdict, checks))
        for row in rows:
            row |= {"described_in": row["described_in"] or run_id, "down_on": None}
            row["decisions_read"] = decisions.read.get(row["fingerprint"], 0)
        replace_run(db, "outcome.exceptions", run_id, rows)


def _row(
    exception: ExceptionFound,
    as_of: date,
    due_on: date | None,
    before: Row | None,
    decisions: Mapping[str, StandingDecision],
    observed: ObservedSubjects,
    known: AbstractSet[Place],
) -> dict[str, Any]:
    """Return the row of an exception that this run found; `described_in` is null where it is this run."""
    row = exception.as_row()
    subject = observed.subject(row)
    since = backlog_since(exception, before, as_of, known, posted_on=subject.posted_on if subject else None)
    decided = decided_of(decisions.get(exception.fingerprint), exception.about, as_of, may_wait=since is not None)
    is_met = subject is None or subject.is_met
    status = _status(row, before, decided, subject)
    is_another = before is not None and is_another_case(row, before)
    if before and before["stands"] and not is_another and not falls(before, decided):
        is_again = is_back(before, decided)
        due_on = due_again(before["due_on"], before["decided_until"], as_of) if is_again else before["due_on"]
    return {
        **row,
        "described_in": None,
        "status": status,
        "due_on": due_on,
        "first_seen": before["first_seen"] if before and not is_another else as_of,
        "last_seen": as_of if is_met or before is None else before["last_seen"],
        **decided,
        "is_seen_this_run": is_met,
        "proof": None,
        "rests_on": _rests_on(before, subject),
        "backlog_since": since,
    }


def _status(row: Row, before: Row | None, decided: Row, subject: SubjectStanding | None) -> str:
    if before is None:
        return "new"
    if not before["stands"] or is_back(before, decided):
        return "reopened"
    if falls(before, decided):
        return "changed"
    status = "open" if subject is None or subject.is_met else _unmet(subject)
    is_other = before["about"] and other_kinds(json.loads(before["about"]), json.loads(row["about"]))
    has_changed = is_other or before["evidence_sha256"] != row["evidence_sha256"]
    return "changed" if status == "open" and has_changed else status


def _by_clause(row: dict[str, Any], broken_by: BrokenBy, ours: AbstractSet[Place], as_of: date) -> dict[str, Any]:
    """Return the row of a case that was not found, with those clauses that it broke and that ask for it, or all.

    Where none asks, or its account is not one of `ours` now, the reason says so, and since which run.
    """
    asking = broken_by(row["check_id"], row["platform"], row["concerns"], json.loads(row["evidence"]))
    breaks = [clause for clause in asking if clause in (row["breaks"] or ())] or list(asking)
    is_ours = row["platform"] == "school" or (row["platform"], row["account_id"]) in ours
    why = "no clause of the policy asks for this" if not breaks else "the school's settings do not name the account"
    said, reason = _UNASKED.search(row["reason"]), _UNASKED.sub("", row["reason"])
    if not (breaks and is_ours):
        since = f" Since the run of {long_date(as_of)} {why}, so that no run looks at it again."
        reason += said[0] if said and why in said[0] else since
    return {**row, "breaks": breaks, "reason": reason}


def _unmet(subject: SubjectStanding) -> str:
    """Return the status of what this run did not see; what it did not mean to list again stays as it was."""
    if subject.is_suspended:
        return "suspended"
    return "open" if subject.is_left_out else "not_seen"


def _carried(
    row: Row, decision: StandingDecision | None, as_of: date, observed: ObservedSubjects, places: AbstractSet[Place]
) -> dict[str, Any]:
    """Return the row of an exception that stood and was not found in this run; `places` are where one was or may be.

    An edited post that is still found, by its new id, keeps the case of its old one; what another check found of an
    account and the same people takes the place of their case.
    """
    decided = decided_of(decision, json.loads(row["about"] or "{}"), as_of, may_wait=row["backlog_since"] is not None)
    edition = (row["check_id"], row["platform"], row["account_id"], observed.newest_edition(row))
    is_kept = decided["decision"] == "confirmed" or edition in places
    own = observed.places_of_people(row)
    status, proof = _standing(row, observed, is_kept=is_kept, is_passed_on=bool(own) and own <= places)
    rests_on = _rests_on(row, observed.subject(row))
    state: dict[str, Any] = {"status": status, "is_seen_this_run": False, "proof": proof, "rests_on": rests_on}
    if is_back(row, decided):
        due_on = due_again(row["due_on"], row["decided_until"], as_of)  # which brings up also what is not seen
        state |= {"due_on": due_on, "status": "reopened" if status == "open" else status}
    if status in {"open", "changed"} and (told := observed.told(row, date.fromisoformat(row["run_id"]))):
        state |= {"status": "changed", "reason": f"{row['reason']} {told}"}
    return {name: value for name, value in row.items() if name not in {"run_id", "stands"}} | state | decided


def _standing(row: Row, observed: ObservedSubjects, *, is_kept: bool, is_passed_on: bool) -> tuple[str, str | None]:
    """Return the status of what was not found, and the proof where it is gone."""
    judged, subject = observed.of(row), observed.subject(row)
    if row["platform"] == "school" or row["subject_kind"] in OF_THE_SCHOOL:
        is_gone = judged is not None and judged.may_close and judged.is_whole and not observed.was_unjudged(row)
        return ("gone", "put_right") if is_gone else ("not_seen", None)
    if subject is None:
        return "not_seen", None
    if subject.is_ended:
        is_all = set(subject.members).issuperset(row["rests_on"] or ())  # deleted for its age is not ended
        return ("gone", subject.ended_by) if is_all else ("not_seen", None)
    if not subject.is_met:
        return _unmet(subject), None
    if observed.was_judged(row, is_passed_on=is_passed_on) and not is_kept:
        return "gone", "put_right"
    return ("changed" if observed.has_changed(row, date.fromisoformat(row["run_id"])) else "open"), None


def _rests_on(before: Row | None, subject: SubjectStanding | None) -> list[str]:
    """Return the hashes of the members that the exception rests on, without those that are proved to have ended."""
    earlier = set(before["rests_on"] or ()) if before else set()
    if subject is None:
        return sorted(earlier)
    return sorted(earlier.difference(subject.members).union(subject.standing_members or ()))
