"""One case: what was found, what to do, what it rests on, what was done before, and the answers that can be given."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.access_control import said
from dashboards.desk.access.school_pages import write_log
from dashboards.desk.casework.account_card import account_card
from dashboards.desk.casework.case_list import flashed
from dashboards.desk.casework.caseload import Caseload, answered_today, cases, progress_of
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.challenges import challenged
from dashboards.desk.casework.choices import choices, offered
from dashboards.desk.casework.decisions import seconds
from dashboards.desk.casework.decisions_since_run import CaseLinks, decisions_since_run
from dashboards.desk.casework.grounds import (
    PURPOSES,
    Reading,
    alike,
    beside,
    facts_of,
    grounds_of,
    may_answer,
    note_look,
    on_page,
    reading,
    takes_over,
    whom,
)
from dashboards.desk.casework.history import history_of
from dashboards.desk.casework.previews import pictures_of
from dashboards.desk.casework.verbs import finding, heading
from dashboards.desk.school.desk import TIERS, Desk
from dashboards.desk.school.rendering import render
from dashboards.report.clauses import refs
from dashboards.report.model import ExceptionRow, Tier, Week
from dashboards.report.story import words_of
from dashboards.safe_text import known_link
from policies.decisions import Ground
from policies.roles import (
    CLEARS,
    LEAD,
    READS_CASES,
    ROLES,
    DoneBy,
    title_of,
)
from warehouse.casebook.may_decide import is_second
from warehouse.casebook.people.desk_person import DeskPerson

_OPENS = frozenset({"post", "medium", "comment"})
_MOST_OTHERS = 20  # cases about the same that a page lists
_NEWEST = "Open the newest that it posted"


def platform_link(week: Week, row: ExceptionRow) -> tuple[str, str] | None:
    """Return an address at a platform, and the words for it; None where the case gives none that may be followed.

    Of an account it is the newest that it wrote; the account itself is opened from its card.
    """
    shown = week.evidence.get(row.fingerprint, {})
    found = (shown.get("newest", ""), _NEWEST) if row.subject_kind == "actor" else _of_subject(shown, row)
    return found if found is not None and known_link(found[0]) else None


def _of_subject(shown: Mapping[str, str], row: ExceptionRow) -> tuple[str, str] | None:
    return (shown.get("link", ""), "Open it") if row.subject_kind in _OPENS else None


def case_page(request: Request) -> Response:
    """Return the page of one case, and write down who looked at it."""
    person, desk = request.state.session.person, request.app.state.desk
    read = reading(request)
    tier, every, case = read.tier, read.every, read.case
    if case is None:
        is_reader = person.role in READS_CASES
        return RedirectResponse("/cases?gone=yes", 303) if is_reader else said(request, _NOT_YOURS, 404)
    week = desk.week(tier)
    write_log(request, "case", case.row.fingerprint)
    opened, now = request.app.state.open_cases, desk.clock()
    held = opened.of_another(case.row.fingerprint, person=person.number, now=now)
    if read.is_to_agree or may_answer(person, case):
        held = opened.take(case.row.fingerprint, person=person.number, role=person.role, now=now)
        note_look(request, case, {"case"})
    mine = every.waiting_for(person.role, person.number).with_held(opened.others(person.number, now))
    answered = answered_today(every, person.number, zone=desk.zone, today=desk.today())
    role = LEAD if read.is_to_agree else person.role
    pictures, hidden = pictures_of(desk, role, case)
    grounds = grounds_of(request, case, role)
    are_shown = "picture" in grounds or request.query_params.get("pictures") == "shown"
    number = mine.number(case)
    return render(
        request,
        "case.html",
        week=week,
        run=week.run,
        tier=tier,
        case=case,
        **_told(desk, read, case, request.app.state.people.people()),
        progress=progress_of(mine, case, answered) if person.role in CLEARS else None,
        held=held,
        card=account_card(desk, role, case),
        takes_over=takes_over(person.role, case),
        typed=request.app.state.typed.of(person.number, case.ref, now),
        answers_it=person.role in CLEARS or read.is_to_agree,
        is_to_agree=read.is_to_agree,
        after="/" if read.is_to_agree else mine.address_after(case),
        earlier=mine[number - 2] if number and number > 1 else None,
        **flashed(request, every),
        pictures=pictures,
        hidden=hidden,
        **_answers(request, case, grounds | on_page(pictures) if are_shown else grounds),
        **challenged(request, case),
        are_shown=are_shown,
    )


def _told(desk: Desk, read: Reading, case: Case, people: Sequence[DeskPerson]) -> dict[str, Any]:
    """Return what is told of a case to everybody who reads it from this tier."""
    return {
        "clause_refs": desk.once(read.tier, refs),
        "words_of": words_of,
        "history": history_of(desk, case.row.fingerprint),
        "decisions": (rows := desk.decisions.of(case.row.fingerprint)),
        "thread": [row for row in rows if row.answer == "said"],
        "others": (same := read.every.about_the_same(case))[:_MOST_OTHERS],
        "more_others": len(same[_MOST_OTHERS:]),
        "alike": alike(read.every, case),
        "beside": beside(read.every, case),
        "roles": case.may_go_to(people),
        "heading": heading(case.row),
        "finding": finding(case.row.reason),
        "platform_link": platform_link(desk.week(read.tier), case.row),
        "settles": _settles(desk, read.tier, read.every, case),
    }


_NOT_YOURS = "That case does not wait for you. Go back to the first page."


def _answers(request: Request, case: Case, grounds: frozenset[Ground]) -> dict[str, Any]:
    """Return the answers that can be given now, who has to agree, and whom the case may be about once it was asked."""
    person, desk = request.state.session.person, request.app.state.desk
    facts = facts_of(desk, case)
    by, agreeing = DoneBy(person.role, person.number), seconds(request, case)
    is_needed = facts.names_somebody
    may_confirm = not is_needed or bool(agreeing) or is_second(by, facts)
    given = offered(case, facts, grounds, may_confirm=may_confirm)
    return {
        "choices": given,
        "has_more": len(given) < len(choices(case)),
        "needs_second": is_needed,
        "is_second": is_second(by, facts),
        "agreeing": " or the ".join(sorted(map(_short_title, agreeing))),
        "gives_somebody": bool(case.persons),
        "whom": whom(request, case, grounds),
        "purposes": PURPOSES,
    }


def _short_title(role: str) -> str:
    """Return a role's initials, where everybody in schools calls it by them and this school has no word of its own."""
    title = title_of(role)
    return {"dsl": "DSL", "dpo": "DPO"}.get(role, title) if title == ROLES.get(role) else title


def take_over(request: Request) -> Response:
    """Take a case from whoever has it open, and write down who took it over."""
    person, desk = request.state.session.person, request.app.state.desk
    case = cases(desk, TIERS[person.role]).with_ref(request.path_params["ref"])
    if case is None:
        return RedirectResponse("/cases", status_code=303)
    if not may_answer(person, case):
        return RedirectResponse(f"/case/{case.ref}", status_code=303)
    fingerprint, now = case.row.fingerprint, desk.clock()
    request.app.state.open_cases.take(fingerprint, person=person.number, role=person.role, now=now, over=True)
    write_log(request, "take over", fingerprint)
    return RedirectResponse(f"/case/{case.ref}", status_code=303)


def _settles(desk: Desk, tier: Tier, every: Caseload, case: Case) -> tuple[Case, ...]:
    """Return the further cases that the next run settles if this one is called mistaken."""
    others = decisions_since_run(desk, tier).settled_by(case.row.fingerprint, desk.once(tier, CaseLinks))
    return every.at(sorted(every.order.place[other] for other in others if other in every.order.place))
