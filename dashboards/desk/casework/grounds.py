"""What was shown of a case to whoever is signed in, in this sitting, and whom a case may be about once they ask."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import write_log
from dashboards.desk.casework.caseload import Caseload, cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.previews import Preview, pictures_of
from dashboards.desk.casework.week_order import ON_A_POST
from dashboards.desk.school.desk import TIERS, Desk
from dashboards.desk.school.school_desk import SuggestedPerson
from dashboards.report.model import Tier
from policies.decisions import Ground
from policies.roles import DoneBy, may_clear
from warehouse.casebook.case_facts import CaseFacts, DecisionError
from warehouse.casebook.may_decide import may_agree
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.exceptions.published_cases import shows, whom_of

PURPOSES = {"decide": "to decide", "challenge": "to answer a challenge"}  # for which somebody is shown whom it may be
_EVERY: Tier = "lead"
MOST_TOGETHER = 60  # further cases that one answer is given to, and told of
_SIDES: Mapping[Ground, str] = {"picture": "posted", "comparison": "approved"}
_NOTED: tuple[Ground, ...] = ("case", "name")


@dataclass(frozen=True, slots=True)
class Reading:
    """The cases that somebody reads from, in which tier, and the one that they asked for; None where it is not theirs.

    `is_to_agree` says that they read this one case alone, because it waits for their word.
    """

    every: Caseload
    tier: Tier
    case: Case | None
    is_to_agree: bool = False


def reading(request: Request) -> Reading:
    """Return what whoever is signed in reads of the case that the address names."""
    desk, person, ref = request.app.state.desk, request.state.session.person, request.path_params["ref"]
    if person.role == desk.second_for_staff:
        every = cases(desk, _EVERY)
        asked = every.with_ref(ref)
        if asked is not None and waits_for_word(desk, person, asked):
            return Reading(every, _EVERY, asked, is_to_agree=True)
    tier = TIERS[person.role]
    every = cases(desk, tier)
    return Reading(every, tier, every.with_ref(ref))


def waits_for_word(desk: Desk, person: DeskPerson, case: Case) -> bool:
    """Say whether a case that this person does not clear waits for them to agree that it names somebody."""
    by, second = DoneBy(person.role, person.number), desk.second_for_staff
    return not may_clear(person.role, case.row.concerns) and may_agree(by, case.facts(), second_for_staff=second)


def wait_for_word(desk: Desk, person: DeskPerson) -> tuple[Case, ...]:
    """Return the cases that wait for this person to agree, who does not clear them; none for most roles."""
    if person.role != desk.second_for_staff:
        return ()
    every = cases(desk, _EVERY)
    return tuple(case for case in every.at(sorted(every.marked)) if waits_for_word(desk, person, case))


def facts_of(desk: Desk, case: Case, *, is_corrected: bool = False) -> CaseFacts:
    """Return what the rule has to know of a case before somebody decides, with what there is to be shown of it."""
    with desk.copy() as copy:
        shown = shows(copy, case.row.fingerprint, case.persons, on=desk.today())
    return case.facts(is_corrected=is_corrected, shows=shown)


def note_look(request: Request, case: Case, shown: Collection[str]) -> None:
    """Keep for this sitting what was shown of a case: `case`, `name`, or the numbers of its pictures."""
    request.app.state.looks.add(request.state.session.number, case.row.fingerprint, case.version, shown)


def end_look(request: Request, case: Case) -> None:
    """Forget what was shown of a case, which is answered."""
    request.app.state.looks.end(request.state.session.number, case.row.fingerprint)


def grounds_of(request: Request, case: Case, role: str) -> frozenset[Ground]:
    """Return on what an answer of whoever is signed in may rest; a comparison is of every picture beside the case."""
    seen = request.app.state.looks.of(request.state.session.number, case.row.fingerprint, case.version)
    if not seen:
        return frozenset()
    pictures = pictures_of(request.app.state.desk, role, case)[0]
    found = on_page([picture for number, picture in enumerate(pictures) if str(number) in seen])
    unseen = {picture.side for number, picture in enumerate(pictures) if str(number) not in seen}
    missing = {ground for ground, side in _SIDES.items() if side in unseen}
    if "picture" in missing or not found:
        found = frozenset()
    named: set[Ground] = {ground for ground in _NOTED if ground in seen}
    return (found - missing) | named


def on_page(pictures: Sequence[Preview]) -> frozenset[Ground]:
    """Return on what an answer may rest whose giver has these pictures before them, not blurred."""
    sides = {picture.side for picture in pictures}
    found: set[Ground] = {ground for ground, side in _SIDES.items() if side in sides}
    return frozenset(found if "picture" in found else ())


def whom(request: Request, case: Case, grounds: Collection[Ground]) -> tuple[SuggestedPerson, ...]:
    """Return whom a case may be about, to whoever has asked in this sitting; nobody to anybody else."""
    return whom_now(request, case) if "name" in grounds and case.persons else ()


def whom_now(request: Request, case: Case) -> tuple[SuggestedPerson, ...]:
    """Return whom a case may be about, as the registers lie there now; whoever asks has to be allowed to know."""
    with request.app.state.desk.copy() as copy:
        ids = whom_of(copy, case.row.fingerprint, case.persons)
    school = request.app.state.school
    if school is None:
        return tuple(SuggestedPerson(ident, "", "") for ident in ids)
    found: tuple[SuggestedPerson, ...] = school.whom(case.row.concerns, ids)
    return found


def show_whom(request: Request) -> Response:
    """Show whoever may clear this case, or is to agree, whom it may be; DecisionError in one sentence else."""
    person, form = request.state.session.person, request.state.form
    read = reading(request)
    case = read.case
    is_theirs = case is not None and (may_clear(person.role, case.row.concerns) or read.is_to_agree)
    if case is None or not is_theirs:
        raise DecisionError("This case is not among yours. Go back to the list.")
    if form.get("purpose") not in PURPOSES:
        raise DecisionError("Say for what you have to know whom it may be.")
    if not whom(request, case, {"name"}):  # refused in its own sentence where a register cannot be read
        raise DecisionError("The registers suggest nobody for this case. Choose another answer.")
    write_log(request, f"shown whom - {PURPOSES[form['purpose']]}", case.row.fingerprint)
    for one in (case, *alike(read.every, case)):
        note_look(request, one, {"name"})
    return RedirectResponse(f"/case/{case.ref}", status_code=303)


def alike(every: Caseload, case: Case) -> tuple[Case, ...]:
    """Return the other open cases that say of the same account that it is the same person's, the first of many."""
    row = case.row
    found = (
        other
        for other in (every.about_the_same(case) if case.persons else ())
        if other.is_waiting
        and (other.row.subject_id, other.row.concerns) == (row.subject_id, row.concerns)
        and other.persons == case.persons
    )
    return tuple(islice(found, MOST_TOGETHER))


def beside(every: Caseload, case: Case) -> tuple[Case, ...]:
    """Return the other open cases about the same post or photograph, the first of many: one act may put all right."""
    others = every.about_the_same(case) if case.row.subject_kind in ON_A_POST else ()
    found = (other for other in others if other.is_waiting and other.row.subject_kind in ON_A_POST)
    return tuple(islice(found, MOST_TOGETHER))


def takes_over(role: str, case: Case) -> bool:
    """Say whether the task of a case is another role's, and somebody of this role may make it theirs."""
    is_proposed = case.decision is not None and case.decision.answer == "proposed"  # it waits for whoever seconds it
    return case.is_waiting and case.owner_role != role and may_clear(role, case.row.concerns) and not is_proposed


def may_answer(person: DeskPerson, case: Case) -> bool:
    """Say whether whoever opens a case may answer it now, and so has it open: not what one has proposed oneself."""
    is_own_proposal = (
        case.decision is not None and case.decision.answer == "proposed" and case.decision.by_person == person.number
    )
    return case.row.is_open and may_clear(person.role, case.row.concerns) and not is_own_proposal
