"""Read one school's part of the group's report from its published copy: what the governors' tier may see, no more."""

from dataclasses import replace
from datetime import date, timedelta

import duckdb

from dashboards.group.model import SchoolClause, SchoolCounts
from dashboards.report.model import Week
from dashboards.report.read import read_week
from dashboards.report.small_numbers import ShownCount
from dashboards.report.week_summary import Seen, could_not_tell, unseen
from dashboards.report.words import source

_WEEK_AND_A_DAY = timedelta(days=8)


def read_counts(copy: duckdb.DuckDBPyConnection, school: str, as_of: date) -> SchoolCounts:
    """Return what is told of a school as of a day: of the newest run until then, if it is of the week before."""
    [(newest,)] = copy.execute("select max(as_of) from published.runs where as_of <= ?", [as_of]).fetchall()
    nothing = SchoolCounts(school)
    if newest is None:
        return replace(nothing, unseen=(f"No run of {as_of} or before is published.",))
    week = read_week(copy, run_id=newest.isoformat(), tier="governors")
    if as_of - newest > _WEEK_AND_A_DAY:
        return replace(nothing, name=week.run.school_name, unseen=(f"The last run that was published is of {newest}.",))
    blind = tuple(check.check_id for check in could_not_tell(week))
    return SchoolCounts(school, week.run.school_name, week.run.run_id, _not_seen(week), blind, _clauses(week))


def _not_seen(week: Week) -> tuple[str, ...]:
    """Return in sentences what the run could not see and why; without a number and without an account."""
    pulls = [f"{source(pull.source)}: {pull.state}." for pull in week.pulls if pull.state != "complete"]
    return tuple(dict.fromkeys([*pulls, *map(_sentence, unseen(week))]))


def _sentence(seen: Seen) -> str:
    return f"{source(seen.platform)}: {seen.words}" if seen.platform else seen.words


def _clauses(week: Week) -> tuple[SchoolClause, ...]:
    cells: dict[tuple[str, str], list[ShownCount]] = {}
    for cell in week.shown_counts:
        cells.setdefault((cell.pack, cell.clause), []).append(cell)
    refs = {(clause.pack, clause.clause): clause.ref for clause in week.clauses}
    order = {key: place for place, key in enumerate(refs)}
    return tuple(
        SchoolClause(
            *key,
            refs.get(key, key[1]),
            rows[0].clause_says,
            tuple(row.open_now for row in rows),
            has_new=any(row.has_new for row in rows),
            has_late=any(row.has_late for row in rows),
        )
        for key, rows in sorted(cells.items(), key=lambda each: order.get(each[0], len(order)))
    )
