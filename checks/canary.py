"""Plants the invented cases of checks in the raw tables, so that the run can prove that each check still tells them.

The caller does this inside a transaction that it rolls back, then looks and judges as usual. A check's script makes
its rows with the macros of canary_rows.sql, on each place that the check looks at, so that it says only what is
particular to its cases.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import duckdb

from checks.asked_once import AskedOnce
from checks.model import Check, CheckError, bound
from checks.outcome import PLATFORMS as SOURCES
from checks.papers import Canary, CanaryPath
from checks.run import judge
from policies.exceptions import ExceptionFound
from policies.platforms.registry import PLATFORMS
from policies.toml_text import packaged_text

Place = tuple[str, str]
INVENTED_SCHOOL = "Drillhaven School"  # its names make no near miss of what is planted
_COLUMNS = ("run_id", "source", "platform", "account_id")
_PLACES = (
    "create or replace temp table canary_place as select unnest("
    f"$places::struct({' text, '.join(_COLUMNS)} text)[], recursive := true)"
)
_PLANTED_ACCOUNTS = "select platform, account_id from core.official_accounts where starts_with(account_id, 'canary')"
_PARTS = (
    "insert or replace into raw.picture_parts by name select $run_id as run_id, 0 as part, 0 as inliers, "
    "0 as agreement, 0 as quality, '' as transform, '' as new_area, * exclude (people, face_share, has_position) "
    "from canary_sight"
)
# What the masters and pictures are said to show once they were looked at: no file is planted of these.
_SEEN = (
    "insert into raw.masters by name select $run_id as run_id, 'canary' as file_name, * from canary_master",
    "insert or replace into raw.picture_verdicts by name select $run_id as run_id, * from canary_sight",
    _PARTS,
)


# Whoever has no profile in the cases shows a handle, and nothing else.
_PROFILES = (
    "insert or ignore into raw.profiles by name select distinct run_id, source, platform, actor_id as account_id, "
    "replace(actor_id, '-', '_') as handle, false as counts_are_rounded from (select * from raw.follows "
    "union all by name from raw.comments union all by name from raw.reposts union all by name from raw.likes "
    "union all by name select *, in_reply_to_actor_id as actor_id from raw.posts "
    "union all by name select *, refers_to_actor_id as actor_id from raw.posts) "
    "where source = 'canary' and starts_with(actor_id, 'canary')"
)


def plant(db: duckdb.DuckDBPyConnection, cases: Sequence[tuple[Check, Sequence[Place]]], *, run_id: str) -> None:
    """Plant the cases of each check on each of these places of it; CheckError for a check that has none."""
    for number, (check, places) in enumerate(cases):
        official = [place for place in places if place[0] in PLATFORMS]
        rows = [dict(zip(_COLUMNS, (run_id, "canary", *place), strict=True)) for place in official]
        db.execute(_PLACES, {"places": rows})
        if not number:
            db.execute(packaged_text("checks", "canary_rows.sql"))
        for statement in db.extract_statements(_canary(check).script):
            where = f"{check.id}.canary.sql"
            db.execute(statement, bound(db, statement.query, {"run_id": run_id}, where=where))
    db.execute(_PROFILES)


def show(db: duckdb.DuckDBPyConnection, *, run_id: str) -> None:
    """Say of the planted pictures what their cases say that a look at them showed; the others were looked at."""
    for statement in _SEEN:
        db.execute(statement, {"run_id": run_id})


def failures(run: AskedOnce, check: Check, places: Sequence[Place], *, as_of: date) -> Iterator[str]:
    """Judge the check once, and yield how each path fails that it does not tell, after the check's name."""
    case = _canary(check)
    accounts = [*places, *run.rows(_PLANTED_ACCOUNTS)]
    outcome = judge(
        run,
        check,
        as_of=as_of,
        parameters=case.parameters,
        applies_to=accounts,
        doubtful_populations=frozenset(),
        key="",  # nobody decides about what is planted
    )
    said = [(one, "") for one in outcome.exceptions] + [(one.exception, one.families) for one in outcome.unread]
    told = {(one.platform, one.subject_id): _said(one, unread) for one, unread in said}
    for platform, _ in places:
        for path in case.paths_on(platform):
            on = f'"{path.name}" on {SOURCES[platform]}'
            if how := _unlike(path, told.get((platform, path.caught))):
                yield f"{check.id} {how} {on}"
            if (platform, path.near_miss) in told:
                yield f"{check.id} found what is none beside {on}"


def _canary(check: Check) -> Canary:
    if check.canary is None:
        raise CheckError(f"{check.id} has no case to plant; add {check.id}.canary.sql beside it.")
    return check.canary


def _said(found: ExceptionFound, unread: str) -> dict[str, str]:
    return {**found.evidence, "reason": found.reason, "concerns": found.concerns, "unread": unread}


def _unlike(path: CanaryPath, said: Mapping[str, str] | None) -> str | None:
    """Return how what was said of a planted case is not as the path wants it; None where it is."""
    if said is None:
        return "did not find the planted case of"
    if said["unread"] and "unread" not in path.shows:
        return "was not sure of the planted case of"
    wrong = sorted(label for label, value in path.shows.items() if value not in said.get(label, ""))
    return f"told the {' and '.join(wrong)} wrongly of the planted case of" if wrong else None
