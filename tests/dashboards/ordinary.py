"""A week as a school would have it: some of every story, one source that failed, a policy of twelve clauses."""

import atexit
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tests.dashboards.copies import RUN, add, copy, evidence
from warehouse.store.open import engine

DRAWN = dict(
    part.split("]\n", 1)
    for part in Path(__file__).with_name("ordinary.txt").read_text(encoding="utf-8").removeprefix("[").split("\n\n[")
)
PICTURES = {
    "check_id": "approved_pictures",
    "check_title": "Every posted picture is an approved photograph",
    "clause": "c3-1",
    "clause_says": "Only photographs approved for the channel are posted.",
    "severity": "critical",
    "concerns": "picture",
    "subject_kind": "medium",
    "due_on": "2026-11-17",
    "reason": "A picture in the post of 12 November is not like any photograph approved for X.",
    "next_step": "Take the post down, or have the photograph approved for X and enter it in the register.",
    "do_not": "Do not download the picture or send it on.",
    "owner_role": "enterprise_and_technology_lead",
}
STAFF = {
    "check_id": "staff_bio",
    "check_title": "No private staff account speaks for the school",
    "clause": "c4-3",
    "clause_says": "Staff do not follow the school's accounts from private accounts that name the school.",
    "severity": "low",
    "concerns": "staff",
    "owner_role": "headteacher",
    "reason": "An account that may belong to a teacher names the school in its bio.",
    "next_step": "Have a word with the member of staff about the bio.",
    "do_not": None,
    "due_on": "2026-11-30",
}


def ordinary() -> duckdb.DuckDBPyConnection:
    """Return a published copy of the ordinary week, which is drawn once in each process."""
    db = engine()
    db.execute(f"attach '{_drawn()}' as drawn (read_only)")
    db.execute("copy from database drawn to memory")
    db.execute("detach drawn")
    return db


@cache
def _drawn() -> Path:
    """Return a file with the ordinary week, not encrypted: everybody in it is invented."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "ordinary.duckdb"
    with copy(**DRAWN) as db:
        _week(db)
        db.execute(f"attach '{path}' as drawn")
        db.execute("copy from database memory to drawn")
    return path


def _week(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("update published.runs set complete = false")
    add(db, "runs", run_id="2026-11-09", as_of="2026-11-09")
    followers(db)
    pictures(db)
    staff(db)


def followers(db: duckdb.DuckDBPyConnection) -> None:
    """Add followers: two new, one still open and confirmed, one gone, one mistaken."""
    band = {"band": "likely", "signs": "full name; the bio names the school and Year 4"}
    shown = [("@mia_h_ovs", "Mia Hartwell", "700001"), ("@tomasz.w", "Tomasz Wilk", "700002")]
    for number, (handle, name, actor) in enumerate(shown):
        found = evidence(handle, name, actor, **band)
        add(db, "exceptions", fingerprint=f"a{number}" * 32, subject_id=actor, evidence=found)
    earlier = {"first_seen": "2026-10-26", "due_on": "2026-11-09"}
    found = evidence("@ayo.b", "Ayo B", "700003", band="declared")
    confirmed = {"decision": "confirmed", "confirmed_name": "Ayotunde Balogun"}
    add(db, "exceptions", fingerprint="b0" * 32, status="open", evidence=found, **earlier, **confirmed)
    gone = {"status": "gone", "last_seen": "2026-11-09", "first_seen": "2026-11-02", "is_seen_this_run": False}
    add(db, "exceptions", fingerprint="c0" * 32, **gone)
    found = evidence("@miahartwellmusic", "Mia Hartwell", "700004", **band)
    mistaken = {"status": "open", "decision": "mistaken", "decided_until": "2027-08-31"}
    add(db, "exceptions", fingerprint="d0" * 32, evidence=found, first_seen="2026-11-02", **mistaken)


def pictures(db: duckdb.DuckDBPyConnection) -> None:
    """Add pictures: two new, one that came back, one changed."""
    for number, status in enumerate(["new", "new", "reopened", "changed"]):
        found = {
            "post": "Sports day was a joy! Well done to every team.",
            "link": f"https://x.com/i/web/status/80000{number}",
            "nearest_approved": "none within reach" if number else "sports-day-07.jpg, at distance 58",
        }
        row = PICTURES | {"status": status, "subject_id": f"3_80000{number}", "evidence": found}
        seen = {"first_seen": RUN if status == "new" else "2026-11-09"}
        add(db, "exceptions", fingerprint=f"e{number}" * 32, **row, **seen)


def staff(db: duckdb.DuckDBPyConnection) -> None:
    """Add one member of staff, still open though the list was not seen whole."""
    found = evidence("@mr_okonjo", "Mr Okonjo", "700009", band="likely")
    seen = {"status": "open", "first_seen": "2026-11-02", "last_seen": "2026-11-09", "is_seen_this_run": False}
    add(db, "exceptions", fingerprint="f0" * 32, evidence=found, **STAFF, **seen)
