"""The self-test: an invented case for every check, planted with the school's own rows out of sight, and rolled back.

It goes the whole way from raw rows through matching to judging. If one planted case is missed, nothing is published:
a check that cannot find what is there is worse than no check.
"""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from checks.canary import canary
from checks.model import Check
from checks.run import judge
from engines.pictures.decoding import Opener
from flows.home.context import Context
from flows.pictures.verdicts import scan_pictures
from flows.weekly.match_accounts import actors_of, match_accounts
from policies.errors import UserError
from warehouse.runs.match_store import ACTORS, pictures
from warehouse.store.materialise import isolate, materialise, rolled_back

Place = tuple[str, str]


class SelfTestError(UserError):
    """A check did not find its planted case; the message names the check."""

    exit_code = 4


def places_of(context: Context, check: Check) -> list[Place]:
    """Return where a check looks: the school's official accounts on its platforms, and the school itself."""
    accounts = [(a.platform, a.account_id) for a in context.school.account]
    return [place for place in [*accounts, ("school", context.school.id)] if place[0] in check.sources]


def self_test(context: Context, db: duckdb.DuckDBPyConnection, checks: Sequence[Check], opener: Opener) -> None:
    """Plant every case, match, judge and roll back; raise SelfTestError if a planted case was not caught."""
    self_tested = [(check, places[0]) for check in checks if (places := _where(context, check))]
    with rolled_back(db):
        isolate(db)
        planted = {
            check.id: canary(db, check, run_id=context.run_id, platform=platform, account_id=account_id)
            for check, (platform, account_id) in self_tested
        }
        materialise(db, ACTORS)
        match_accounts(_with_all_bands(context), db, actors_of(db))
        scan_pictures(context, db, pictures(db, context.run_id), opener)
        materialise(db)
        missed = [
            check.id for check, place in self_tested if not _is_caught(context, db, check, place, planted[check.id])
        ]
    if missed:
        message = f"The self-test failed: {', '.join(missed)} did not find the planted case, so nothing was published."
        raise SelfTestError(message)


def _where(context: Context, check: Check) -> list[Place]:
    """Return where the check's case can be planted; nothing is judged of an account that no source reads."""
    if check.canary is None:
        return []
    unclaimed = {(account.platform, account.account_id) for account in context.unclaimed}
    return [place for place in places_of(context, check) if place[0] in check.canary_sources and place not in unclaimed]


def _with_all_bands(context: Context) -> Context:
    # The self-test tries the check, not the setting: a school that allows few bands must still be able to publish.
    everything = context.school.school.model_copy(update={"bands": ("declared", "likely", "possible")})
    return replace(context, school=context.school.model_copy(update={"school": everything}))


def _is_caught(context: Context, db: duckdb.DuckDBPyConnection, check: Check, place: Place, subject: str) -> bool:
    # The check's own parameters, for the same reason.
    outcome = judge(db, check, as_of=context.as_of, parameters={}, applies_to=[place], doubtful_populations=frozenset())
    return any(exception.subject_id == subject for exception in outcome.exceptions)
