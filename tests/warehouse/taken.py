"""Short spellings of what a run told of photographs to be taken down, and of what it saw in their places."""

import json
from collections.abc import Callable, Mapping

import duckdb

from tests.warehouse.cases import put
from tests.warehouse.rows import listing_end
from warehouse.store.load import load

ACCOUNTS = {"x": "100", "youtube": "UC1"}
DAYS = ("2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23")
Week = Callable[[str], str]
Case = tuple[str, str, str, bool]
ASKED = {"gone": "asked"}


def write(
    db: duckdb.DuckDBPyConnection, run_id: str, *cases: Case, proofs: Mapping[str, str] = ASKED, **more: str
) -> None:
    """Listing the posts, and write the run's cases: fingerprint, platform, status, and whether this run saw it.

    `proofs` says what proves each status, where one does.
    """
    for platform, account in ACCOUNTS.items():
        load(db, run_id=run_id, source=platform, records=[listing_end("posts", platform=platform, account_id=account)])
    evidence = json.dumps({"photograph_id": "ph-1", "ended": "consent withdrawn", **more})
    for fingerprint, platform, status, is_seen in cases:
        put(
            db,
            run_id,
            fingerprint,
            check_id="withdrawn_picture",
            severity="high",
            status=status,
            platform=platform,
            account_id=ACCOUNTS[platform],
            subject_kind="medium",
            concerns="picture",
            evidence=evidence,
            due_on="2026-11-03",
            first_seen="2026-11-02",
            is_seen_this_run=is_seen,
            proof=proofs.get(status),
        )


def show(
    db: duckdb.DuckDBPyConnection, run_id: str, case: str, platform: str, sha256: str, *parts: tuple[str, str | None]
) -> None:
    """Let a picture stand in a run, with the verdict and the photograph of each of its parts."""
    place = [run_id, platform, ACCOUNTS[platform], f"p-{case}", case]
    worst = "approved" if all(verdict == "approved" for verdict, _ in parts) else "unapproved"
    db.execute(
        "insert into raw.picture_verdicts (run_id, platform, account_id, post_id, medium_id, sha256, verdict, why) "
        "values (?, ?, ?, ?, ?, ?, ?, 'w')",
        [*place, sha256, worst],
    )
    for number, (verdict, photograph) in enumerate(parts):
        db.execute(
            "insert into raw.picture_parts (run_id, platform, account_id, post_id, medium_id, part, verdict, "
            "photograph_id, inliers, agreement, quality, transform, new_area, why) "
            "values (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 1, '', '', 'w')",
            [*place, number, verdict, photograph],
        )


def master(db: duckdb.DuckDBPyConnection, run_id: str, photograph_id: str, sha256: str) -> None:
    """Let a photograph of the register have a file."""
    db.execute(
        "insert into raw.masters (run_id, photograph_id, file_name, sha256) values (?, ?, 'f.jpg', ?)",
        [run_id, photograph_id, sha256],
    )


def states(db: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Return each run's day, and the photographs that it lists with their states."""
    return db.sql("select run_id, photograph_id, state from published.takedowns order by 1, 2").fetchall()
