"""Writes down the answer that somebody gives to a case, or to several at once, each by itself; leads to the next."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import day_in, reason_in
from dashboards.desk.casework.caseload import Caseload, cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.choices import choices
from dashboards.desk.casework.grounds import end_look, facts_of, grounds_of, reading
from dashboards.desk.casework.thread import given_to, tell_given
from dashboards.desk.school.desk import TIERS
from policies.decisions import Ground
from policies.roles import DoneBy, may_second, title_of
from warehouse.casebook.case_facts import Around, DecisionError, SeenBefore, Wish
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.decisions import HEEDED, Decision
from warehouse.casebook.may_decide import answer_of, ensure_answer, may_decide
from warehouse.casebook.people.desk_person import who_is_here

ALSO = "also."  # fields of a form that name further cases: by ref, with the sequence and `told` that were read
WHAT = "what the decision rests on"


def mark(request: Request) -> Response:
    """Write a decision and go to the next case; DecisionError in one sentence for one that cannot be.

    The further cases that were ticked are each decided by themselves, where they can be decided so.
    """
    person, desk = request.state.session.person, request.app.state.desk
    read = reading(request)
    case = _found(read.case)
    ensure_free(request, case)
    held = request.app.state.open_cases.others(person.number, desk.clock())
    mine = read.every.waiting_for(person.role, person.number).with_held(held)
    wish, reason = _answer(case, request)
    write_decision(request, case, wish, reason)
    done, refused = _mark_also(request, read.every)
    tell_given(request, wish)
    further, unread = _mark_also(request, read.every, "beside", heeded_after=frozenset({"case"}))
    done, refused = [*done, *further], refused + unread
    request.app.state.open_cases.let_go(person.number)
    marked = ",".join([case.ref, *done]) + (f"&refused={refused}" if refused else "")
    if read.is_to_agree:
        return RedirectResponse("/", status_code=303)
    left = cases(desk, read.tier).waiting_for(person.role, person.number)
    return RedirectResponse(f"{mine.address_after(case, left)}?marked={marked}", status_code=303)


def mark_several(request: Request) -> Response:
    """Write the same decision, with one reason, about every case that was ticked in the list, each by itself.

    What is said of a case stands for months: it is said by whoever has read that case, and not its line in the list.
    """
    if not _also(request):
        raise DecisionError("Tick the cases that you answer.")
    every = cases(request.app.state.desk, TIERS[request.state.session.person.role])
    done, refused = _mark_also(request, every, heeded_after=frozenset({"case"}))
    if done and request.state.form.get("kind") == "assigned":
        tell_given(request, given_to(request))
    return RedirectResponse(f"/cases?marked={','.join(done)}&refused={refused}", status_code=303)


def _also(request: Request, field: str = "alike") -> list[tuple[str, str, str]]:
    """Return the further cases of a form: by ref, with the sequence and the time that were read of each.

    Those that are ticked one by one stand under their own names, beside the field `alike`.
    """
    form: Mapping[str, str] = request.state.form
    ticked = [f"{name.removeprefix(ALSO)} {read}" for name, read in form.items() if name.startswith(ALSO)]
    ticked = ticked if field == "alike" else []
    ticked += filter(None, form.get(field, "").split(","))
    parts = ((*each.split(" "), "", "") for each in ticked)
    return [(ref, sequence, told) for ref, sequence, told, *_ in parts]


def _mark_also(
    request: Request, every: Caseload, field: str = "alike", *, heeded_after: frozenset[Ground] = frozenset()
) -> tuple[list[str], int]:
    """Write the decision of a form about each further case; return the refs of those, and how many were refused.

    `heeded_after` is what must have been shown of each before an answer that the next run heeds.
    """
    done, refused = list[str](), 0
    for ref, sequence, told in _also(request, field):
        try:
            other = _found(every.with_ref(ref))
            ensure_free(request, other)
            wish, reason = _answer(other, request)
            if wish.answer in HEEDED:
                wish = replace(wish, rests_on=heeded_after.union(wish.rests_on))
            write_decision(request, other, wish, reason, sequence=sequence, told=told)
            done.append(ref)
        except DecisionError:
            refused += 1
    return done, refused


def undo(request: Request) -> Response:
    """Take back the newest decision of a case by a further one, and of those answered with it; lead to the case."""
    every = cases(request.app.state.desk, TIERS[request.state.session.person.role])
    case = _found(every.with_ref(request.path_params["ref"]))
    ensure_free(request, case)
    write_decision(request, case, Wish("undone"), "Taken back.")
    for ref, sequence, told in _also(request):
        write_decision(
            request, _found(every.with_ref(ref)), Wish("undone"), "Taken back.", sequence=sequence, told=told
        )
    return RedirectResponse(f"/case/{case.ref}", status_code=303)


def write_decision(
    request: Request, case: Case, wish: Wish, reason: str, *, sequence: str | None = None, told: str | None = None
) -> None:
    """Write what whoever is signed in decides, and that they did; DecisionError where they may not.

    `sequence` and `told` are what they had read of the case, as the form has them where they are left out.
    """
    person, desk, form = request.state.session.person, request.app.state.desk, request.state.form
    by = DoneBy(person.role, person.number)
    read = form.get("sequence", "") if sequence is None else sequence
    seen = SeenBefore(
        form.get("edition", ""),
        int(read) if read.isascii() and read.isdecimal() else -1,
        form.get("decided", "") if told is None else told,
        grounds_of(request, case, person.role),
    )
    is_corrected = wish.answer == "undone" and Challenges(desk.book).has_decided(case.decision)
    second = desk.second_for_staff
    here = who_is_here(request.app.state.people.people())
    has_second = bool(seconds(request, case))
    around = Around(desk.today(), case.at_desk, has_second=has_second, second_for_staff=second, people=here)
    decided = may_decide(by, facts_of(desk, case, is_corrected=is_corrected), wish, seen, around)
    now = desk.clock()
    desk.decisions.add(
        Decision(
            fingerprint=case.row.fingerprint,
            sequence=case.sequence + 1,
            run_id=case.run_id,
            answer=answer_of(decided),
            by_person=person.number,
            by_role=person.role,
            note=reason,
            decided_at=now,
            until=decided.until,
            to_role=decided.to_role,
            about=case.row.about,
            to_person=decided.to_person,
        )
    )
    end_look(request, case)
    request.app.state.typed.forget(person.number)
    request.app.state.log.write(person=person, action=decided.answer, subject=case.row.fingerprint, at=now)


def ensure_free(request: Request, case: Case) -> None:
    """Raise DecisionError if somebody else has the case open."""
    desk, person = request.app.state.desk, request.state.session.person.number
    held = request.app.state.open_cases.of_another(case.row.fingerprint, person=person, now=desk.clock())
    if held is not None:
        raise DecisionError(
            f"The {title_of(held.role)} has had this case open since {held.since.astimezone(desk.zone):%H:%M}. "
            "Open it and take it over, or go on to another."
        )


def _found(case: Case | None) -> Case:
    if case is None:
        raise DecisionError("This case is not among yours any more. Go back to the list.")
    return case


def _answer(case: Case, request: Request) -> tuple[Wish, str]:
    """Return what is wished and the reason: one of the choices, as it stands or was written anew, or one's own."""
    form: Mapping[str, str] = request.state.form
    chosen = next((choice for choice in choices(case) if choice.key == form.get("choice")), None)
    if chosen:
        written = next((name for name in ("note", f"note.{chosen.key}") if form.get(name, "").strip()), None)
        return chosen.wish, reason_in(request, written, WHAT) if written else chosen.reason
    answer = form.get("kind", "")
    ensure_answer(answer)
    until = form.get("until", "").strip() if answer in {"allowed", "planned"} else ""
    day = day_in(until, "the day", "2026-12-31") if until else None
    given = given_to(request)
    wish = Wish(answer, day, given.to_role, to_person=given.to_person)
    return wish, reason_in(request, "note", WHAT)


def seconds(request: Request, case: Case) -> frozenset[str]:
    """Return the roles of those who can sign in and agree, beside whoever asks, that a case names somebody."""
    person, second = request.state.session.person.number, request.app.state.desk.second_for_staff
    others = (other for other in request.app.state.people.people() if other.number != person)
    return frozenset(
        other.role for other in others if other.can_sign_in and may_second(other.role, case.row.concerns, second)
    )
