"""The newest week as it stands today: what is late or open again since its run, and what was said since."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from dashboards.desk.casework.caseload import Caseload, cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.history import said_now
from dashboards.desk.school.desk import Desk
from dashboards.desk.school.school_desk import SchoolDesk
from dashboards.report.exception_groups import NEW
from dashboards.report.model import COUNTS_ONLY, ExceptionRow, Week
from dashboards.report.small_numbers import CountRow, shown
from warehouse.casebook.case_facts import SETS_ASIDE
from warehouse.casebook.decisions import CaseDecisions


def live(desk: Desk, week: Week) -> Week:
    """Return a week as it stands today: with what is late or open again, and with what was said since the run.

    Of a week of counts what was answered since counts as the next run will find it, and what is said to be dealt with
    stays open until it is seen to be gone.
    """
    if week.tier not in COUNTS_ONLY:
        every = cases(desk, week.tier)
        return desk.latest(week.tier, "live", lambda: _told_now(desk, week, every), of=(week, every))
    counts, every = desk.week("lead").counts, cases(desk, "lead")
    return desk.latest(
        week.tier, "live", lambda: replace(week, shown_counts=shown(_now(counts, every))), of=(week, every)
    )


def with_attestations(desk: Desk, week: Week, school: SchoolDesk | None) -> Week:
    """Return a week with each clause attested until the day that stands today: some are, or end, after its run."""
    if school is None:
        return week
    of = (week, desk.today(), desk.book.attestations())
    return desk.latest(week.tier, "attested", lambda: _attested_now(week, school), of=of)


def _attested_now(week: Week, school: SchoolDesk) -> Week:
    roles = {clause.attested_by for clause in week.clauses if clause.attested_by}
    until = {one.clause: one.until for role in roles for one in school.clauses(role)}
    clauses = (
        replace(one, attested_until=until[one.clause]) if one.state == "attested" and one.clause in until else one
        for one in week.clauses
    )
    return replace(week, clauses=tuple(clauses))


def _told_now(desk: Desk, week: Week, every: Caseload) -> Week:
    """Return a week of rows, each as its case stands at the desk, and which of them are answered since."""
    today, marked = {case.row.fingerprint: _row_now(case) for case in every}, every.at(every.marked)
    told = [*(one for one in marked if one.is_decided_since), *every.at(every.open - every.order.open)]
    since = {one.row.fingerprint: CaseDecisions(one.decision, one.sequence) for one in told}
    return replace(
        week,
        exceptions=tuple(today.get(row.fingerprint, row) for row in week.exceptions),
        said={**week.said, **said_now(desk, since, since)},
        answered=frozenset(case.row.fingerprint for case in marked if case.is_answered),
        day=max(desk.today(), week.run.as_of),
    )


def _row_now(case: Case) -> ExceptionRow:
    row = case.row if case.row.is_late == case.is_late else replace(case.row, is_late=case.is_late)
    return replace(row, decision="planned", due_on=case.due_on) if case.is_planned else row


def _now(counts: Iterable[CountRow], every: Caseload) -> list[CountRow]:
    aside, seen_to = Counter[object](), Counter[object]()
    marked = every.at(every.marked)
    late = Counter(_cell(case.row) for case in every.at(every.late))
    for case in every.at(every.order.back | (every.open - every.order.open)):
        aside[_cell(case.row)] -= 1
        seen_to[_cell(case.row)] -= case.is_new
    for case in (case for case in marked if case.row.is_open):
        cell = _cell(case.row)
        aside[cell] += case.is_answered and case.answer in SETS_ASIDE
        seen_to[cell] += case.row.status in NEW and not case.is_waiting
    return [
        replace(
            row,
            standing=row.standing - aside[_cell(row)],
            to_do=row.to_do - seen_to[_cell(row)],
            overdue=late[_cell(row)],
        )
        for row in counts
    ]


def _cell(row: CountRow | ExceptionRow) -> tuple[str, ...]:
    return row.pack, row.clause, row.clause_says, row.check_id, row.check_title, row.severity, row.owner_role
