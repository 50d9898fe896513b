"""What is asked of the cases of a published copy: by their reference, and as evidence against attestations."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from policies.attestations import CounterEvidence
from policies.decisions import Ground
from warehouse.questions import question


def counter_evidence(db: duckdb.DuckDBPyConnection) -> tuple[CounterEvidence, ...]:
    """Return what each check found on which day, the oldest first; of a warehouse or a published copy."""
    return tuple(CounterEvidence(*row) for row in db.execute(question("counter_evidence")).fetchall())


_FINISHED = "select run_id, epoch_ms(finished_at) from published.runs where finished_at is not null order by run_id"


@dataclass(frozen=True, slots=True)
class CaseOfRun:
    """An exception that stands in a run, or a text that waits to be read, by what a decision about it has to know."""

    fingerprint: str
    check_id: str
    run_id: str
    concerns: str
    subject_kind: str
    is_open: bool
    owner_role: str
    about: str | None
    decisions_read: int | None
    is_unasked: bool
    shows: frozenset[Ground]


_GROUNDS: Mapping[str, Ground] = {"posted": "picture", "approved": "comparison"}


def persons_of(subject_kind: str, evidence: str, about: str | None) -> tuple[str, ...]:
    """Return a mark for each person of the registers whom a case about an account is about; none where it is of nobody.

    It is a hash, or the roll id where the evidence gives that, once it is confirmed.
    """
    shown, kept = json.loads(evidence), json.loads(about or "{}")
    if subject_kind != "actor" or not isinstance(shown, dict):
        return ()
    ids = str(shown.get("roll_id") or "").replace(",", " ")
    return tuple((ids or str(kept.get("person") or "")).split())


def whom_of(copy: duckdb.DuckDBPyConnection, fingerprint: str, persons: Sequence[str]) -> tuple[str, ...]:
    """Return the roll ids of as many people as the case of the newest run is about, the likeliest first.

    None where fewer are known: one of two alone would be taken for whose it is.
    """
    rows = copy.execute(question("persons_of_case"), {"fingerprint": fingerprint, "most": len(persons)}).fetchall()
    return tuple(person_id for (person_id,) in rows) if len(rows) == len(persons) else ()


def shows(copy: duckdb.DuckDBPyConnection, fingerprint: str, persons: Sequence[str], *, on: date) -> frozenset[Ground]:
    """Return what there is to be shown of a case of the published copy on a day, beside the case itself."""
    sides = copy.execute(question("sides_of_previews"), {"fingerprint": fingerprint, "today": on}).fetchall()
    named: frozenset[Ground] = frozenset({"name"} if persons else ())
    return named | {_GROUNDS[side] for (side,) in sides}


def in_newest_run(copy: duckdb.DuckDBPyConnection, reference: str, *, on: date) -> list[CaseOfRun]:
    """Return what begins with this reference in the newest run: exceptions that stand, and texts to be read.

    Whether each is open, and what there is to be shown of it, is said as of the day `on`.
    """
    rows = copy.execute(question("cases_in_newest_run"), {"reference": reference, "today": on}).fetchall()
    return [CaseOfRun(*(*row[:-1], shows(copy, row[0], persons_of(row[4], row[-1], row[7]), on=on))) for row in rows]


def in_any_run(copy: duckdb.DuckDBPyConnection, reference: str) -> list[tuple[str, str]]:
    """Return fingerprint and check of every case of the published copy that begins with this reference."""
    return copy.execute(question("cases_in_any_run"), {"reference": reference}).fetchall()


def about(copy: duckdb.DuckDBPyConnection, fingerprint: str) -> str | None:
    """Return what a case was about in the newest run that has it, as a decision keeps it; None where none has it."""
    row = copy.execute(
        "select max_by(about, run_id) from (select fingerprint, run_id, about from published.exceptions union all "
        "select fingerprint, run_id, about from published.unread_texts) where fingerprint = ?",
        [fingerprint],
    ).fetchone()
    return row[0] if row else None


def cases_of(copy: duckdb.DuckDBPyConnection, run_id: str) -> list[str]:
    """Return the fingerprint of each case that a published run lists."""
    rows = copy.execute("select fingerprint from published.exceptions where run_id = ?", [run_id]).fetchall()
    return [fingerprint for (fingerprint,) in rows]


def finished_runs(copy: duckdb.DuckDBPyConnection) -> dict[str, datetime]:
    """Return when each published run ended, in UTC."""
    rows = copy.execute(_FINISHED).fetchall()
    return {run_id: datetime.fromtimestamp(milliseconds / 1000, UTC) for run_id, milliseconds in rows}
