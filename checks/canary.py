"""Plants a check's invented case in the raw tables, so that the run can prove that the check still catches it.

The caller does this inside a transaction that it rolls back, then looks and judges as usual.
"""

import duckdb

from checks.model import Check, CheckError, bound, script
from policies.platforms.registry import PLATFORMS

THE_ACCOUNT = "$account_id"  # the planted subject of a check whose subject is the official account itself


def canary(db: duckdb.DuckDBPyConnection, check: Check, *, run_id: str, platform: str, account_id: str) -> str:
    """Plant the check's case on this official account and return the subject that must be caught.

    The script may name $run_id, $platform, $account_id, the platform's $post_kind, $comment_kind and $picture_kind,
    $is_video (its posts are videos) and $is_on_x and the like. Raises CheckError when the check has no case to plant.
    """
    if check.canary is None or check.canary_subject is None:
        raise CheckError(f"{check.id} has no case to plant; add {check.id}.canary.sql beside it.")
    given = {"run_id": run_id, "platform": platform, "account_id": account_id, **_of_platform(platform)}
    for statement in db.extract_statements(check.canary):
        db.execute(statement, bound(db, statement.query, given, where=f"{check.id}.canary.sql"))
    return account_id if check.canary_subject == THE_ACCOUNT else check.canary_subject


def _of_platform(platform: str) -> dict[str, str | bool]:
    """Return the kinds of what is planted on a platform, and a flag for each: the registers have a column for each."""
    if platform not in PLATFORMS:
        return {}
    record = PLATFORMS[platform]
    kinds = {"post_kind": record.kinds.post, "comment_kind": record.kinds.comment, "picture_kind": record.kinds.picture}
    flags = {f"is_on_{known}": known == platform for known in PLATFORMS}
    return {**kinds, **flags, "is_video": "videos" in record.has}


def planted(package: str, stem: str) -> str:
    """Return the text of `<stem>.canary.sql` in this package."""
    return script(package, f"{stem}.canary.sql")
