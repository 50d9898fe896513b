"""The self-test: invented cases for every path of every check, planted in a warehouse of their own in memory.

It goes the whole way from raw rows through matching to judging. If one planted case is missed, or one found that is
none, nothing is published: a check that cannot tell what is there is worse than no check. No school's row, setting or
day enters, so that the answer rests on the program alone: it is found once for each edition of it, and its pass kept.
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from checks.asked_once import AskedOnce
from checks.canary import INVENTED_SCHOOL, Place, failures, plant, show
from checks.model import Check
from engines.pictures.decoding import Opener
from flows.home.context import Context
from flows.home.edition import Passes
from flows.home.settings import Settings
from flows.pictures.verdicts import scan_pictures
from flows.weekly.match_accounts import actors_of, match_accounts
from policies.errors import UserError
from policies.model import Pack
from policies.school import School
from warehouse.runs.match_store import ACTORS, pictures
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin
from warehouse.store.build import build
from warehouse.store.materialise import materialise, rolled_back
from warehouse.store.migrate import migrate
from warehouse.store.open import engine
from warehouse.store.places import Places

_DAY = date(2026, 11, 2)  # tests/flows/test_self_test.py takes others: a leap day, the ends of a school's year
_MOST_TOLD = 5
DRILL = "drillhaven"  # the invented school, and its account on each platform


class SelfTestError(UserError):
    """A check did not tell a planted case; the message names the check and the path."""

    exit_code = 4


def places_of(context: Context, check: Check) -> list[Place]:
    """Return where a check looks: the school's official accounts on its platforms, and the school itself."""
    accounts = [(a.platform, a.account_id) for a in context.school.account]
    return [place for place in [*accounts, ("school", context.school.id)] if place[0] in check.sources]


def self_test(context: Context, checks: Sequence[Check], opener: Opener) -> None:
    """Plant every case and judge it, unless that passed at this edition; SelfTestError where a check does not tell one.

    Nothing is judged of a platform that no source reads.
    """
    read = {account.platform for account in context.school.account if account not in context.unclaimed}
    platforms = sorted(read)
    passes, what = Passes(context.settings.kept_here), [*platforms, "", *sorted(check.id for check in checks)]
    if not checks or passes.has(what):
        return
    failed = failed_paths(checks, platforms, opener)
    if failed is None:  # nobody has mapped a clause to a check that is asked here
        return
    if failed:
        more = f"; and {len(failed) - _MOST_TOLD} more" if len(failed) > _MOST_TOLD else ""
        raise SelfTestError(
            f"The self-test failed, so nothing was published: {'; '.join(failed[:_MOST_TOLD])}{more}. Install the "
            "release before this one, and tell whoever maintains the program."
        )
    passes.keep(what)


def failed_paths(
    checks: Sequence[Check], platforms: Sequence[str], opener: Opener, *, as_of: date = _DAY
) -> list[str] | None:
    """Return how each planted case fails that is not told, after its check's name; None where none could be planted."""
    places = [*((platform, DRILL) for platform in platforms), ("school", DRILL)]
    cases = [(check, [place for place in places if place[0] in check.canary_sources]) for check in checks]
    cases = [(check, there) for check, there in cases if there]
    if not cases:
        return None
    with TemporaryDirectory() as folder, engine() as db:
        drill = drill_context(Path(folder), as_of)
        migrate(db)
        build(db)
        run_id = begin_drill(db, platforms, as_of)
        with rolled_back(db):
            plant(db, cases, run_id=run_id)
            materialise(db, ACTORS)
            match_accounts(drill, db, actors_of(db))
            scan_pictures(drill, db, pictures(db, run_id), opener)
            show(db, run_id=run_id)
            materialise(db)
            run = AskedOnce(db)
            return [how for check, there in cases for how in failures(run, check, there, as_of=as_of)]


def begin_drill(db: duckdb.DuckDBPyConnection, platforms: Sequence[str], as_of: date) -> str:
    """Begin the run of the invented school, with an account on each of these platforms, and return its id."""
    return begin(
        db,
        as_of=as_of,
        school=SchoolRow(school_id=DRILL, school_name=INVENTED_SCHOOL, website="https://www.drillhaven.example"),
        policy=PolicyRow(pack=DRILL, title="Drill", edition="1"),
        accounts=[AccountRow(platform, DRILL, "Drillhaven", "owned") for platform in platforms],
        at=datetime.combine(as_of, time(6), UTC),
    )


def drill_context(folder: Path, as_of: date) -> Context:
    """Return the context of the invented school, which allows every band and evidence, in this empty folder."""
    school = School.model_validate({"school": {"id": DRILL, "name": INVENTED_SCHOOL}})
    pack = Pack.model_construct(id=DRILL)
    settings = Settings(home=folder, casebook_key=secrets.token_urlsafe(48))  # of its own: no key of a school's is read
    return Context(settings, Places(folder, DRILL), school, pack, as_of, "")
