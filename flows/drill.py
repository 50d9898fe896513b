"""The drill: an invented case for every check, planted beside the school's real rows and rolled back.

It goes the whole way from raw rows through matching to judging. If one planted case is missed, nothing is published:
a check that cannot find what is there is worse than no check.
"""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from checks.drill import plant
from checks.model import Check
from checks.run import judge
from flows.context import Context
from flows.know import know_accounts, know_pictures
from policies.model import Question


class DrillError(Exception):
    """A check did not find its planted case; the message names the check."""


def drill(context: Context, db: duckdb.DuckDBPyConnection, asked: Sequence[tuple[Check, Question]]) -> None:
    """Plant, match, judge and roll back; raise DrillError if a planted case was not caught."""
    for check, question in asked:
        account = next((a for a in context.school.account if a.platform in check.sources), None)
        if account is None or check.plant is None:
            continue
        db.execute("begin")
        try:
            is_caught = _is_caught(context, db, (check, question), (account.platform, account.account_id))
        finally:
            db.execute("rollback")
        if not is_caught:
            message = f"The drill failed: {check.id} did not find its planted case, so nothing was published."
            raise DrillError(message)


def _is_caught(
    context: Context, db: duckdb.DuckDBPyConnection, asked: tuple[Check, Question], account: tuple[str, str]
) -> bool:
    check, question = asked
    platform, account_id = account
    subject = plant(db, check, run_id=context.run_id, platform=platform, account_id=account_id)
    if check.subject_kind == "actor":
        # The drill tries the check, not the setting: a school that allows few bands must still be able to publish.
        everything = context.school.school.model_copy(update={"bands": ("declared", "likely", "possible")})
        know_accounts(replace(context, school=context.school.model_copy(update={"school": everything})), db)
    else:
        know_pictures(context, db)
    outcome = judge(
        db,
        check,
        as_of=context.as_of,
        parameters=question.parameters,
        applies_to=[account],
        failed_gates=frozenset(),
    )
    return any(one.subject_id == subject for one in outcome.exceptions)
