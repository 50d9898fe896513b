"""The report's warnings as the desk tells them: to whoever can do something, with the desk's own page for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from starlette.requests import Request

from dashboards.desk.school.desk import TIERS, Desk
from dashboards.desk.school.school_desk import SchoolDesk
from dashboards.report.notices import COMMAND, NOTHING_CLOSED, Notice, notices
from policies.dates import WEEK_AND_A_DAY, long_date
from policies.errors import UserError
from policies.roles import LEAD

TECHNICIAN = "it_technician"
PUTS_RIGHT = frozenset({LEAD, TECHNICIAN})  # who can do something about what was not seen; others are told how much
_REGISTERS = ("/registers", "Put the registers right")
_RUNS = ("/runs", "Finish the run")
_PROGRESS = ("/runs", "See the runs")
_AS_IT_WAS = (
    "This is how it stood then. Nobody has looked since, so nothing new was found, and nothing seen to be gone."
)
_NOTHING_NEWER = "It published nothing, so what is shown here is still the report of"
_SEE_WHY = "See whether the weekly run was begun and how it ended."
_MAP = "Give the column a heading that is known in a new file of the register."
_LEAD_FIRST = "The Lead has to put the register that came short right first; finishing the run cannot help before."
_SHORT = "Send a new file of the register that came short, or say that it is right; then finish the run."
_PUT_RIGHT = "It was put right since: finish the run."


@dataclass(frozen=True, slots=True)
class DeskNotice:
    """A warning for one role: what to do, the desk's page that does it, or commands where no page does.

    `link` is an address and its words. `is_for_lead` says that nobody else can do anything before the Lead has.
    """

    title: str
    text: str
    is_severe: bool
    what_to_do: str = ""
    link: tuple[str, str] | None = None
    commands: tuple[str, ...] = ()
    is_for_lead: bool = False


@dataclass(frozen=True, slots=True)
class DeskPagesThere:
    """Which pages this desk has that put things right: of the school's registers, and of beginning runs.

    `is_put_right` says that registers came short and a run would find each whole now, so that only a run is left.
    """

    registers: bool
    runs: bool
    is_put_right: bool = False


def pages_there(request: Request) -> DeskPagesThere:
    """Return which of these pages the desk that was asked has."""
    state = request.app.state
    there = state.school is not None
    return DeskPagesThere(there, state.desk.starter is not None, there and _is_put_right(state.desk, state.school))


def _is_put_right(desk: Desk, school: SchoolDesk) -> bool:
    """Say whether registers came short in the newest run and none would in a run now."""
    if all(notice.kind != "registers" for notice in notices(desk.week(TIERS[LEAD]))):
        return False
    try:
        return not any(register.is_short for register in school.registers())
    except UserError:  # nobody can tell just now
        return False


def desk_notices(told: tuple[Notice, ...], role: str, there: DeskPagesThere) -> tuple[DeskNotice, ...]:
    """Return the warnings as this role is told them."""
    return tuple(_told(_now(notice, there), role, there) for notice in told)


def _now(notice: Notice, there: DeskPagesThere) -> Notice:
    is_run_left = notice.kind == "registers" and there.is_put_right
    return replace(notice, kind="run", what_to_do=_PUT_RIGHT) if is_run_left else notice


def no_report_since(as_of: date, today: date, there: DeskPagesThere) -> tuple[DeskNotice, ...]:
    """Return a warning where the newest report is of more than a week ago; none where it is not."""
    if today - as_of <= WEEK_AND_A_DAY:
        return ()
    title = f"There is no report since {long_date(as_of)}."
    return (DeskNotice(title, _AS_IT_WAS, is_severe=True, what_to_do=_SEE_WHY, link=_PROGRESS if there.runs else None),)


def no_report_of(headline: str, why: str | None, as_of: date, role: str, there: DeskPagesThere) -> DeskNotice:
    """Return the warning that the run which was begun last came to nothing; why, to whoever can put it right."""
    text = f"{_NOTHING_NEWER} {long_date(as_of)}."
    if role not in PUTS_RIGHT:
        return DeskNotice(headline, text, is_severe=True)
    said = f"{why} {text}" if why else ""
    return DeskNotice(headline, text, is_severe=True, what_to_do=said, link=_PROGRESS if there.runs else None)


def _told(notice: Notice, role: str, there: DeskPagesThere) -> DeskNotice:
    if role not in PUTS_RIGHT or notice.what_to_do is None:
        return DeskNotice(notice.title, notice.text, notice.is_severe)
    if notice.kind == "registers" and role == TECHNICIAN:
        why = notice.text.removesuffix(NOTHING_CLOSED)
        return DeskNotice(notice.title, notice.text, notice.is_severe, f"{why}{_LEAD_FIRST}", is_for_lead=True)
    if notice.kind == "registers" and there.registers:
        return DeskNotice(notice.title, notice.text, notice.is_severe, _SHORT, _REGISTERS)
    if notice.kind == "headings" and there.registers and role == LEAD:
        return DeskNotice(notice.title, notice.text, notice.is_severe, f"{_MAP} Or: {notice.what_to_do}", _REGISTERS)
    if notice.kind == "run" and there.runs:
        return DeskNotice(notice.title, notice.text, notice.is_severe, _in_words(notice.what_to_do), _RUNS)
    commands = tuple(_commands(notice))
    which = f"{notice.text} " if notice.kind == "headings" else ""
    what_to_do = which + _in_words(notice.what_to_do)
    return DeskNotice(notice.title, notice.text, notice.is_severe, what_to_do, commands=commands)


def _commands(notice: Notice) -> Iterator[str]:
    yield from (found[0].strip() for found in COMMAND.finditer(notice.what_to_do or ""))
    if notice.command:
        yield notice.command


def _in_words(what_to_do: str) -> str:
    """Return what to do without the commands, which stand on lines of their own."""
    said = COMMAND.sub("", what_to_do)
    return re.sub(r"[:;,\s]+(?=$|\(|\.)", " ", said).strip().removesuffix(".").strip() + "."
