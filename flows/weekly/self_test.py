"""The self-test: invented cases for every path of every check, planted with the school's own rows out of sight.

It goes the whole way from raw rows through matching to judging, and is rolled back. If one planted case is missed, or
one found that is none, nothing is published: a check that cannot tell what is there is worse than no check.
"""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from checks.canary import INVENTED_SCHOOL, Place, failures, plant, show
from checks.model import Check
from engines.pictures.decoding import Opener
from flows.home.context import Context
from flows.pictures.verdicts import scan_pictures
from flows.weekly.match_accounts import actors_of, match_accounts
from policies.errors import UserError
from warehouse.runs.match_store import ACTORS, pictures
from warehouse.store.materialise import isolate, materialise, rolled_back

_MOST_TOLD = 5


class SelfTestError(UserError):
    """A check did not tell a planted case; the message names the check and the path."""

    exit_code = 4


def places_of(context: Context, check: Check) -> list[Place]:
    """Return where a check looks: the school's official accounts on its platforms, and the school itself."""
    accounts = [(a.platform, a.account_id) for a in context.school.account]
    return [place for place in [*accounts, ("school", context.school.id)] if place[0] in check.sources]


def self_test(context: Context, db: duckdb.DuckDBPyConnection, checks: Sequence[Check], opener: Opener) -> None:
    """Plant every case, match, judge and roll back; raise SelfTestError where a check does not tell one."""
    cases = [(check, places) for check in checks if (places := _where(context, check))]
    if not cases:  # nobody has mapped a clause to a check yet
        return
    with rolled_back(db):
        isolate(db)
        plant(db, cases, run_id=context.run_id)
        materialise(db, ACTORS)
        match_accounts(as_any_school(context), db, actors_of(db))
        scan_pictures(context, db, pictures(db, context.run_id), opener)
        show(db, run_id=context.run_id)
        materialise(db)
        failed = [how for check, places in cases for how in failures(db, check, places, as_of=context.as_of)]
    if failed:
        more = f"; and {len(failed) - _MOST_TOLD} more" if len(failed) > _MOST_TOLD else ""
        raise SelfTestError(
            f"The self-test failed, so nothing was published: {'; '.join(failed[:_MOST_TOLD])}{more}. Install the "
            "release before this one, and tell whoever maintains the program."
        )


def _where(context: Context, check: Check) -> list[Place]:
    """Return one place of each source for the check's cases; nothing is judged of an account that no source reads."""
    unclaimed = {(account.platform, account.account_id) for account in context.unclaimed}
    claimed = [place for place in places_of(context, check) if place not in unclaimed]
    first = {source: (source, account_id) for source, account_id in reversed(claimed)}
    return [first[source] for source in check.canary_sources if source in first]


def as_any_school(context: Context) -> Context:
    """Return the school's context with an invented name and everything allowed.

    The self-test tries the checks, not the settings: whatever a school is called and allows, it must be able to
    publish.
    """
    invented = {"name": INVENTED_SCHOOL, "aliases": (), "town": None, "county": None}
    allowed = {"bands": ("declared", "likely", "possible"), "evidence": None}
    everything = context.school.school.model_copy(update=invented | allowed)
    return replace(context, school=context.school.model_copy(update={"school": everything}))
