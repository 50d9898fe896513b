"""What a message says: counts, a link and the next command, in the report's own words; nobody's name or handle.

What waits at the desk for a role is told in the figures of the desk's own first page.
"""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from dashboards.desk.casework.caseload import cases
from dashboards.desk.casework.tasks import tasks_of
from dashboards.desk.school.desk import TIERS, Desk
from dashboards.report.exception_groups import Tally, tally
from dashboards.report.model import COUNTS_ONLY, Week
from dashboards.report.week_summary import caveats, summary
from dashboards.report.words import REFUSALS, count, listed, source
from flows.home.context import open_casebook
from flows.home.keys import find_key
from flows.home.settings import Settings
from policies.dates import long_date
from policies.roles import ANSWERS_CHALLENGES, ANSWERS_REQUESTS, CLEARS, HAS_TASKS
from policies.school import School
from warehouse.casebook.challenges import Challenge, Challenges
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.people.desk_person import at_the_desk
from warehouse.casebook.subject_requests import SubjectRequest, SubjectRequests
from warehouse.store.places import Places


def answer_lines(settings: Settings, places: Places, role: str, today: date) -> tuple[str, ...]:
    """Return how many challenges, and how many requests about data, wait for this role's answer; no line for none."""
    if role not in ANSWERS_CHALLENGES | ANSWERS_REQUESTS:
        return ()
    with closing(open_casebook(settings, places)) as book:
        waiting: dict[tuple[str, str], Sequence[Challenge | SubjectRequest]] = {
            ("challenge waits", "challenges wait"): Challenges(book).waiting() if role in ANSWERS_CHALLENGES else (),
            ("request about data waits", "requests about data wait"): (
                SubjectRequests(book).waiting() if role in ANSWERS_REQUESTS else ()
            ),
        }
    late = {said: sum(each.is_late(today) for each in of) for said, of in waiting.items()}
    return tuple(
        f"{count(len(of), *said)} for an answer{f', {late[said]:,} of them late' if late[said] else ''}."
        for said, of in waiting.items()
        if of
    )


_NOBODY = 0  # of a role, and no one person of it


def desk_lines(settings: Settings, places: Places, school: School, role: str) -> tuple[str, ...]:
    """Return the lines for a role: what it has to do, and where the desk is if school.toml says.

    None for a role that has nothing at the desk, or of which nobody can sign in.
    """
    if role not in CLEARS | HAS_TASKS:
        return ()
    with ExitStack() as stack:
        book = stack.enter_context(closing(open_casebook(settings, places)))
        desk = Desk(
            school_id=school.id,
            school_name=school.school.name,
            zone=ZoneInfo(school.school.timezone),
            published=places.published,
            key=find_key(settings, places),
            book=book,
            clock=settings.clock,
        )
        stack.callback(desk.close)
        is_here = role in CLEARS | at_the_desk(DeskPeople(book, key=desk.key).people())
        said = waiting(desk, role) if is_here else ""
    if not said:
        return ()
    address = school.desk.address
    return (said, f"The desk: {address}/") if address else (said,)


def waiting(desk: Desk, role: str) -> str:
    """Return what waits for a role, such as `1 picture to take down today; about 8 minutes.`, in one sentence."""
    if role not in CLEARS:
        tasks = len(tasks_of(desk, role, _NOBODY))
        return f"{count(tasks, 'task waits', 'tasks wait')} for you at the desk." if tasks else "No task waits for you."
    every = cases(desk, TIERS[role])
    mine = every.waiting_for(role, _NOBODY)
    planless = len(every.backlog_of(role))
    others = len(every.waiting) - len(mine) - planless
    parts = [line.noun_first for line in mine.to_do] or ["nothing waits for you"]
    parts += [f"{planless:,} of before the first run to be planned"] if planless else []
    parts += [f"{others:,} waiting for others or not due yet"] if others else []
    said, how_long = ", ".join(parts), f"; about {count(mine.minutes, 'minute')}" if mine.minutes else ""
    return f"{said[:1].upper()}{said[1:]}{how_long}."


_IN_PART = "some of it was not seen"


@dataclass(frozen=True, slots=True)
class Message:
    """A subject and a few short lines."""

    subject: str
    body: str


def of_run(
    week: Week, school: str, link: str, *, desk: Sequence[str] = (), upkeep: Sequence[str] = (), head: str = ""
) -> Message:
    """Return what is told of a published run; `week` is what the reader's tier may see, `link` where the report is.

    `head` is that of the casebook's chain as the report prints it.
    `desk` are the lines that say what waits at the desk for whoever is told, `upkeep` what was left undone.
    """
    figures = tally(week)
    run = week.run
    parts = [
        *(_of_bands(week) if week.tier in COUNTS_ONLY else _of_figures(figures)),
        "" if run.is_complete else "not everything was seen",
        f"{count(len(upkeep), 'problem')} of upkeep" if upkeep else "",
    ]
    body = [f"The audit of {long_date(run.as_of)}.", *desk, summary(week, figures), caveats(week, figures)]
    if not run.is_complete:
        body += [_unseen(week), f"To finish this run: {again(school, run.as_of)}"]
    body += [*upkeep, f"Report: {link}"]
    if head:
        body.append(
            f"Head of the record of what people did: {head}. Keep this message: the record must always contain it."
        )
    return _message(f"{run.school_name}: {', '.join(part for part in parts if part)}", body)


def _of_figures(figures: Tally) -> list[str]:
    to_do = f"{figures.to_do:,} to look at" if figures.to_do else "nothing new"
    return [to_do, f"{figures.overdue:,} late" if figures.overdue else ""]


def _of_bands(week: Week) -> list[str]:
    """Return the same without a number: a subject is read by whoever passes a screen."""
    has_new, has_late = (any(getattr(row, name) for row in week.shown_counts) for name in ("has_new", "has_late"))
    return ["something to look at" if has_new else "nothing new", "something late" if has_late else ""]


def _unseen(week: Week) -> str:
    failed = [pull for pull in week.pulls if pull.state != "complete"]
    why = dict.fromkeys(f"{source(pull.source)}: {REFUSALS.get(pull.error_kind or '', _IN_PART)}" for pull in failed)
    whole = f"{len(failed)} of {count(len(week.pulls), 'source')} could not be read to the end"
    return f"{whole} ({listed([*why])}). The report says what to do."


def of_failure(school_name: str, school: str, *, day: date | None, last: str, is_ours: bool, code: int) -> Message:
    """Return what is told of a run that published nothing: refused, or (`is_ours`) an error inside the program."""
    which = f"The audit of {long_date(day)}" if day else "Today's audit"
    what = "stopped with an error inside the program" if is_ours else "was refused, or could not go on"
    body = [
        f"{which} {what} (exit code {code}). No report was made of it.",
        last,
        f"What is wrong: audit doctor {school}",
        f"Then go on: {again(school, day)}",
    ]
    return _message(f"{school_name}: the audit failed", body)


def of_miss(subject: str, school: str, *, why: str, last: str) -> Message:
    """Return what is told when no run came, or the last one ended badly; `why` is one sentence."""
    body = [why, last, f"What is wrong: audit doctor {school}", f"Then run it by hand: {again(school, None)}"]
    return _message(subject, body)


def of_given(school_name: str, desk: str | None) -> Message:
    """Return what is told to a role when somebody gives it a case or a task; `desk` is the desk's address."""
    body = ["Somebody gave you something at the desk. Sign in to see what it is.", f"The desk: {desk}/" if desk else ""]
    return _message(f"{school_name}: something was given to you", body)


def of_test(school_name: str) -> Message:
    """Return a message that says nothing but that messages arrive."""
    body = ["This is a test. You will be told here, in counts alone, how the audit of the school's accounts went."]
    return _message(f"{school_name}: a test message of the audit", body)


def again(school: str, day: date | None) -> str:
    """Return the command that goes on with a run, or begins one."""
    return f"audit run {school}" + (f" --as-of {day.isoformat()}" if day else "")


def last_published_run(last: date | None) -> str:
    """Return which run was published last, in a sentence."""
    return f"The last published run is that of {long_date(last)}." if last else "No run has been published yet."


def _message(subject: str, lines: Sequence[str]) -> Message:
    return Message(" ".join(subject.split()), "\n".join(line for line in lines if line) + "\n")
