"""Published copies for tests: a connection in memory, filled from drawn rows.

`copy()` is empty but for one run; give tables as drawings, with only the columns that the case is about.
`ordinary()` is a week as a school would have it, for tests of the whole page. Everybody here is invented.
"""

import json
from pathlib import Path
from typing import Any

import duckdb

from warehouse.store.open import engine

SCHEMA = Path(__file__).with_name("published.sql").read_text(encoding="utf-8")
RUN = "2026-11-16"
EDITION = f"{RUN} 1794809070000"  # the run, and the millisecond at which it was finished
USUAL: dict[str, dict[str, str]] = {
    "runs": {
        "run_id": RUN,
        "school_id": "ousterly-vale",
        "school_name": "Ousterly Vale School",
        "pack": "ousterly-vale-2026",
        "as_of": RUN,
        "started_at": "2026-11-16 06:00:00+00",
        "finished_at": "2026-11-16 06:04:30+00",
        "complete": "true",
        "cost_usd": "1.2350",
        "quota_units": "214",
        "pages": "42",
        "pages_sha256": "c0ffee" * 10 + "c0de",
    },
    "exceptions": {
        "check_id": "pupil_follower",
        "check_title": "No pupil's own account follows an official account",
        "pack": "ousterly-vale-2026",
        "clause": "c4-2",
        "clause_says": "Pupils are not accepted as followers of the school's accounts.",
        "severity": "high",
        "status": "new",
        "platform": "x",
        "account_id": "900100",
        "account_handle": "@OusterlyVale",
        "subject_id": "700001",
        "subject_kind": "actor",
        "reason": "An account that may belong to a pupil in Year 4 follows @OusterlyVale.",
        "evidence": "{}",
        "next_step": "Look at the account with the class teacher; if it is the pupil's, remove the follower.",
        "do_not": "Do not write to the account, and do not search for more about its owner.",
        "owner_role": "enterprise_and_technology_lead",
        "due_on": "2026-11-23",
        "first_seen": RUN,
        "last_seen": RUN,
        "is_seen_this_run": "true",
        "concerns": "pupil",
    },
    "clauses": {
        "pack": "ousterly-vale-2026",
        "force": "must",
        "binds": "school",
        "state": "checked",
        "checks": "",
    },
    "pulls": {
        "state": "complete",
        "started_at": "2026-11-16 06:00:00+00",
        "finished_at": "2026-11-16 06:02:00+00",
    },
    "costs": {"month": "2026-11"},
}
KINDS = {
    "account": "public_name",
    "shown_name": "public_name",
    "link": "platform_id",
    "roll_id": "roll_id",
    "excerpt": "strangers_text",
    "quote": "strangers_text",
}


def copy(**drawn: str) -> duckdb.DuckDBPyConnection:
    """Return a published copy holding these tables' drawn rows, and the usual run unless runs are drawn."""
    db = engine()
    db.execute(SCHEMA)
    for table, drawing in ({"runs": "run_id\n" + RUN} | drawn).items():
        for number, row in enumerate(read(drawing)):
            add(db, table, **({"number": number} if table == "clauses" else {}), **row)
    return db


def add(db: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    """Add one row; columns that are not given have their usual value, or none."""
    row = {"run_id": RUN} | USUAL.get(table, {}) | values
    known = {name for (name,) in db.execute(COLUMNS, [table]).fetchall()}
    told = {name: _json(value) for name, value in row.items() if name in known}
    assert set(values) <= known, f"{table} has no {set(values) - known}"
    columns = ", ".join(told)
    marks = ", ".join("?" for _ in told)
    db.execute(f"insert into published.{table} ({columns}) values ({marks})", list(told.values()))
    if table == "exceptions":
        _declare(db, str(row["run_id"]), str(row["check_id"]), str(told["evidence"]))


def _declare(db: duckdb.DuckDBPyConnection, run_id: str, check_id: str, evidence: str) -> None:
    """Let the check have declared the labels of this evidence in the run; those that KINDS does not have as facts."""
    rows = db.execute(
        "select label from published.check_evidence where run_id = ? and check_id = ?", [run_id, check_id]
    )
    known = {label for (label,) in rows.fetchall()}
    for label in _labels(evidence):
        if label not in known:
            more = {"kind": KINDS.get(label, "fact"), "identifies": label in KINDS, "changes": False, "links": False}
            add(db, "check_evidence", run_id=run_id, check_id=check_id, label=label, **more)


def _labels(evidence: str) -> list[str]:
    try:
        return list(json.loads(evidence))
    except (json.JSONDecodeError, TypeError):  # what is no JSON object, some tests want
        return []


COLUMNS = "select column_name from duckdb_columns() where schema_name = 'published' and table_name = ?"


def read(drawing: str) -> list[dict[str, str | None]]:
    """Return the rows of a drawn table: a head, perhaps a rule, and lines of cells apart by bars."""
    lines = [line for line in drawing.splitlines() if line.strip() and set(line.strip()) - set("-+")]
    head, *rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    return [{name: cell or None for name, cell in zip(head, row, strict=True)} for row in rows]


def _json(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def evidence(handle: str, name: str, actor: str, **more: str) -> dict[str, str]:
    """Return the evidence of a follower as a check gives it."""
    return {"account": handle, "shown_name": name, "link": f"https://x.com/i/user/{actor}"} | more
