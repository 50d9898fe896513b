"""Plants a check's invented case in the raw tables, so that the run can prove that the check still catches it.

The caller does this inside a transaction that it rolls back, then looks and judges as usual. A check's script makes
its rows with the macros of canary_rows.sql, so that it says only what is particular to its case.
"""

import duckdb

from checks.model import Check, CheckError, bound
from checks.papers import script
from policies.platforms.registry import PLATFORMS, platforms_with

THE_ACCOUNT = "$account_id"  # the planted subject of a check whose subject is the official account itself
_PLACE = (
    "create or replace temp table canary_place as select $run_id as run_id, $platform as platform, "
    "$account_id as account_id, $post_kind as post_kind, $comment_kind as comment_kind, "
    "$picture_kind as picture_kind, $is_video as is_video"
)


def canary(db: duckdb.DuckDBPyConnection, check: Check, *, run_id: str, platform: str, account_id: str) -> str:
    """Plant the check's case on this official account and return the subject that must be caught.

    Raises CheckError when the check has no case to plant.
    """
    if check.canary is None:
        raise CheckError(f"{check.id} has no case to plant; add {check.id}.canary.sql beside it.")
    given = {"run_id": run_id, "platform": platform, "account_id": account_id}
    db.execute(_PLACE, given | _kinds(platform))
    db.execute(script("checks", "canary_rows.sql"))
    for statement in db.extract_statements(check.canary.script):
        db.execute(statement, bound(db, statement.query, given, where=f"{check.id}.canary.sql"))
    return account_id if check.canary.subject == THE_ACCOUNT else check.canary.subject


def _kinds(platform: str) -> dict[str, str | bool | None]:
    """Return what the platform's posts, comments and pictures are called in the raw tables; the school has none."""
    kinds = PLATFORMS[platform].kinds if platform in PLATFORMS else None
    return {
        "post_kind": kinds.post if kinds else None,
        "comment_kind": kinds.comment if kinds else None,
        "picture_kind": kinds.picture if kinds else None,
        "is_video": platform in platforms_with("videos"),
    }
