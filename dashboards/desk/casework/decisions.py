"""The answers that can be given to a case, some with one press; writes down the one given, and leads to the next."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import day_in, reason_in
from dashboards.desk.casework.caseload import Caseload, cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.school.desk import TIERS
from policies.roles import DoneBy, may_clear, title_of
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.decisions import Answer, Decision
from warehouse.casebook.may_decide import Around, DecisionError, SeenBefore, Wish, answer_of, ensure_answer, may_decide

_PEOPLE = frozenset({"pupil", "staff", "governor", "parent"})
_OF_CHECKS = {
    "withdrawn_picture": "withdrawn_pictures",
    "picture_exposure": "exposures",
    "location_metadata": "exposures",
    "posting_hours": "hours",
    "alt_text": "records",
    "children_settings": "records",
}
# By which figures the answers of a kind are given, in every case: whoever presses one means the same everywhere.
_KEYS: dict[Answer, tuple[str, str]] = {"confirmed": ("1", "2"), "mistaken": ("3", "4"), "done": ("5", "6")}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given with one press; `key` is the figure on the keyboard."""

    key: str
    answer: Answer
    label: str
    reason: str


def choices(case: Case) -> tuple[Choice, ...]:
    """Return the answers to a case, what is likeliest first; a kind of answer has the same figures in every case."""
    keys = {kind: iter(figures) for kind, figures in _KEYS.items()}
    return tuple(Choice(next(keys[kind]), kind, label, reason) for kind, label, reason in _answers()[_kind(case)])


@cache
def _answers() -> Mapping[str, Sequence[tuple[Answer, str, str]]]:
    text = resources.files("dashboards.desk.casework").joinpath("choices.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _kind(case: Case) -> str:
    row = case.row
    if row.check_id in _OF_CHECKS:
        return _OF_CHECKS[row.check_id]
    if row.subject_kind == "actor" and row.concerns in _PEOPLE:
        return "people"
    if row.concerns == "picture":
        return "pictures"
    return "texts" if row.subject_kind in {"post", "comment"} else "records"


WHAT = "what the decision rests on"


def mark(request: Request) -> Response:
    """Write a decision and go to the next case; DecisionError in one sentence for one that cannot be."""
    person, desk, form = request.state.session.person, request.app.state.desk, request.state.form
    tier = TIERS[person.role]
    every = cases(desk, tier)
    case = _case(every, request)
    ensure_free(request, case)
    held = request.app.state.open_cases.others(person.number, desk.clock())
    mine = every.waiting_for(person.role, person.number).with_held(held)
    answer, reason = _answer(case, request)
    until = form.get("until", "").strip() if answer == "allowed" else ""
    day = day_in(until, "the day", "2026-12-31") if until else None
    write_decision(request, case, Wish(answer, day, form.get("to_role") or None), reason)
    request.app.state.open_cases.let_go(person.number)
    left = cases(desk, tier).waiting_for(person.role, person.number)
    return RedirectResponse(f"{mine.address_after(case, left)}?marked={case.ref}", status_code=303)


def undo(request: Request) -> Response:
    """Take back the newest decision of a case by a further one, and lead to the case."""
    case = _case(cases(request.app.state.desk, TIERS[request.state.session.person.role]), request)
    ensure_free(request, case)
    write_decision(request, case, Wish("undone"), "Taken back.")
    return RedirectResponse(f"/case/{case.ref}", status_code=303)


def write_decision(request: Request, case: Case, wish: Wish, reason: str) -> None:
    """Write what whoever is signed in decides, and that they did; DecisionError where they may not."""
    person, desk, form = request.state.session.person, request.app.state.desk, request.state.form
    by = DoneBy(person.role, person.number)
    sequence = form.get("sequence", "")
    seen = SeenBefore(
        form.get("run_id", ""),
        int(sequence) if sequence.isascii() and sequence.isdecimal() else -1,
        form.get("decided", ""),
    )
    is_corrected = wish.answer == "undone" and Challenges(desk.book).has_decided(case.decision)
    around = Around(desk.today(), case.at_desk, has_second=_has_second(request, case))
    decided = may_decide(by, case.facts(is_corrected=is_corrected), wish, seen, around)
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
        )
    )
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


def _case(every: Caseload, request: Request) -> Case:
    case = every.with_ref(request.path_params["ref"])
    if case is None:
        raise DecisionError("This case is not among yours any more. Go back to the list.")
    return case


def _answer(case: Case, request: Request) -> tuple[str, str]:
    """Return the answer and the reason: one of the choices, or what was written."""
    form: Mapping[str, str] = request.state.form
    chosen = next((choice for choice in choices(case) if choice.key == form.get("choice")), None)
    if chosen:
        has_more = form.get("note", "").strip()
        return chosen.answer, f"{chosen.reason} {reason_in(request, 'note', WHAT)}" if has_more else chosen.reason
    ensure_answer(form.get("kind", ""))
    return form["kind"], reason_in(request, "note", WHAT)


def _has_second(request: Request, case: Case) -> bool:
    """Say whether somebody else can sign in who may read this case, and confirm what names somebody."""
    person = request.state.session.person.number
    others = (other for other in request.app.state.people.people() if other.number != person)
    return any(other.can_sign_in and may_clear(other.role, case.row.concerns) for other in others)
