"""Plants a check's invented case in the raw tables, so that the run can prove that the check still catches it.

The caller does this inside a transaction that it rolls back, then looks and judges as usual.
"""

import duckdb

from checks.model import Check, CheckError, bound, script

THE_ACCOUNT = "$account_id"  # the planted subject of a check whose subject is the official account itself


def canary(db: duckdb.DuckDBPyConnection, check: Check, *, run_id: str, platform: str, account_id: str) -> str:
    """Plant the check's case on this official account and return the subject that must be caught.

    Raises CheckError when the check has no case to plant.
    """
    if check.canary is None or check.canary_subject is None:
        raise CheckError(f"{check.id} has no case to plant; add {check.id}.canary.sql beside it.")
    given = {"run_id": run_id, "platform": platform, "account_id": account_id}
    for statement in db.extract_statements(check.canary):
        db.execute(statement, bound(db, statement.query, given, where=f"{check.id}.canary.sql"))
    return account_id if check.canary_subject == THE_ACCOUNT else check.canary_subject


def planted(package: str, stem: str) -> str:
    """Return the text of `<stem>.canary.sql` in this package."""
    return script(package, f"{stem}.canary.sql")
