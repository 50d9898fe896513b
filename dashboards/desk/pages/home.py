"""The first page: what waits for whoever is signed in, what waits for others, and what could not be seen."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.casework.backlog import batches_of, groups_of
from dashboards.desk.casework.caseload import Caseload, Queue, cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.challenges import waiting_challenges
from dashboards.desk.casework.grounds import wait_for_word
from dashboards.desk.casework.tasks import answered, tasks_of
from dashboards.desk.casework.thread import with_messages
from dashboards.desk.pages.overview import acts, clause_counts, others
from dashboards.desk.pages.run_words import came_to_nothing, headline
from dashboards.desk.pages.runs import UnderWay
from dashboards.desk.pages.setup_pages import is_own
from dashboards.desk.pages.still_posted import still_posted
from dashboards.desk.pages.week_today import live, with_attestations
from dashboards.desk.school.desk import TIERS, Desk
from dashboards.desk.school.desk_notices import (
    PUTS_RIGHT,
    DeskNotice,
    DeskPagesThere,
    desk_notices,
    no_report_of,
    no_report_since,
    pages_there,
)
from dashboards.desk.school.rendering import render
from dashboards.report.clauses import in_policy_order, refs, shares
from dashboards.report.exception_groups import tally
from dashboards.report.model import Week
from dashboards.report.notices import notices
from dashboards.report.week_summary import caveats, could_not_tell, summary
from policies.roles import ANSWERS_REQUESTS, CLEARS, LEAD, READS_CASES
from warehouse.casebook.subject_requests import SubjectRequests
from warehouse.exceptions.published_cases import finished_runs
from warehouse.store.open import WarehouseError


def home(request: Request) -> Response:
    """Return the first page."""
    person, desk = request.state.session.person, request.app.state.desk
    tier = TIERS[person.role]
    if request.app.state.setup is not None and is_own(request) and not desk.published.exists():
        return RedirectResponse("/setup", status_code=303)
    week = desk.week(tier) if person.role in CLEARS else live(desk, desk.week(tier))
    week = with_attestations(desk, week, request.app.state.school)
    figures = desk.latest(tier, tally, lambda: tally(week), of=(week,))
    told = own_notices(request)
    request.app.state.open_cases.let_go(person.number)
    return render(
        request,
        "home.html",
        week=week,
        run=week.run,
        tier=tier,
        summary=summary(week, figures),
        caveats=caveats(week, figures),
        notices=told,
        puts_right=person.role in PUTS_RIGHT,
        challenges=waiting_challenges(desk, person.role),
        requests=SubjectRequests(desk.book).waiting() if person.role in ANSWERS_REQUESTS else (),
        today=desk.today(),
        clauses=desk.latest(tier, clause_counts, lambda: clause_counts(week), of=(week,)),
        clause_refs=refs(week),
        shares=shares(in_policy_order(week)),
        blind=could_not_tell(week),
        to_agree=wait_for_word(desk, person),
        **(_of_cases(request) if person.role in CLEARS else _of_tasks(request, told)),
    )


def _of_cases(request: Request) -> dict[str, Any]:
    person, desk = request.state.session.person, request.app.state.desk
    tier = TIERS[person.role]
    every = cases(desk, tier)
    mine, backlog = waiting_now(request, every), every.backlog_of(person.role)
    school = request.app.state.school if person.role == LEAD else None
    return {
        "mine": mine,
        "minutes": mine.minutes,
        "groups": mine.to_do,
        "others": desk.latest(
            tier, f"others {person.number}", lambda: others(every, mine, backlog), of=(every, person.role)
        ),
        "backlog": desk.latest(
            tier, f"backlog {person.role}", lambda: groups_of(desk, every, person.role), of=(every,)
        ),
        "batches": desk.latest(tier, "batches", lambda: batches_of(every), of=(every,)),
        "given": [case for case in mine if case.is_given],
        "messages": _messages(desk, every, person.role),
        "still_posted": still_posted(desk, school) if school else None,
    }


def _messages(desk: Desk, every: Caseload, role: str) -> tuple[Case, ...]:
    """Return the cases with a new message, looked for once for each thing that anybody says."""
    return desk.latest(None, f"messages {role}", lambda: with_messages(desk, every, role), of=(every,))


def _of_tasks(request: Request, told: tuple[DeskNotice, ...]) -> dict[str, Any]:
    person, desk = request.state.session.person, request.app.state.desk
    return {
        "tasks": tasks_of(desk, person.role, person.number),
        "acts": acts(cases(desk, TIERS[LEAD]), person.role, told),
        "typed": {},
        "messages": _messages(desk, cases(desk, TIERS[person.role]), person.role) if person.role in READS_CASES else (),
        "answered": answered(desk, request.query_params.get("told", ""), person.number),
    }


def own_notices(request: Request) -> tuple[DeskNotice, ...]:
    """Return the warnings of the newest week as they are told to whoever asks."""
    state, role = request.app.state, request.state.session.person.role
    tier = TIERS[LEAD] if role in PUTS_RIGHT else TIERS[role]  # whoever puts a file right has to know which
    week, there = state.desk.week(tier), pages_there(request)
    since = no_report_since(week.run.as_of, state.desk.today(), there)
    return since + _of_last_run(state.desk, week, role, there) + desk_notices(notices(week), role, there)


def _of_last_run(desk: Desk, week: Week, role: str, there: DeskPagesThere) -> tuple[DeskNotice, ...]:
    try:
        now = UnderWay.of(desk)
    except WarehouseError as error:  # the lock is another user's: the first page stands all the same
        return (DeskNotice("How the last run ended cannot be told.", "", is_severe=True, what_to_do=error.sentence),)
    published_at = desk.read_once(finished_runs).get(week.run.run_id)
    if not came_to_nothing(now.progress, now.standing, published_at):
        return ()
    why = now.progress.sentence if now.progress else None
    return (no_report_of(headline(now.standing, now.progress), why, week.run.as_of, role, there),)


def seen(request: Request) -> Response:
    """Return the page at the end of the cases: that all was seen, and what nobody could see."""
    person, desk = request.state.session.person, request.app.state.desk
    tier = TIERS[person.role]
    week, every = desk.week(tier), cases(desk, tier)
    mine = waiting_now(request, every)
    return render(
        request,
        "seen.html",
        week=week,
        run=week.run,
        skipped=mine,
        before=every.with_ref(request.query_params.get("marked", "")),
        blind=could_not_tell(week),
        notices=own_notices(request),
        puts_right=person.role in PUTS_RIGHT,
    )


def waiting_now(request: Request, every: Caseload) -> Queue:
    """Return what waits for whoever asks, who has no case open any more; what others have open comes last."""
    person, opened = request.state.session.person, request.app.state.open_cases
    opened.let_go(person.number)
    held = opened.others(person.number, request.app.state.desk.clock())
    return every.waiting_for(person.role, person.number).with_held(held)
