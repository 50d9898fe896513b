"""What waits, in lines of counts: at the desk for one role, by the figures of its first page, and challenges."""

from contextlib import ExitStack, closing
from datetime import date
from zoneinfo import ZoneInfo

from dashboards.desk.casework.caseload import at_the_desk, cases
from dashboards.desk.casework.tasks import tasks_of
from dashboards.desk.school.desk import TIERS, Desk
from dashboards.report.words import count
from flows.home.context import open_casebook
from flows.home.keys import find_key
from flows.home.settings import Settings
from policies.roles import CLEARS, HAS_TASKS
from policies.school import School
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.store.places import Places


def challenge_lines(settings: Settings, places: Places, today: date) -> tuple[str, ...]:
    """Return one line with how many challenges wait and how many are late; none where none waits."""
    with closing(open_casebook(settings, places)) as book:
        waiting = Challenges(book).waiting()
    late = sum(challenge.is_late(today) for challenge in waiting)
    if not waiting:
        return ()
    said = count(len(waiting), "challenge waits for an answer", "challenges wait for an answer")
    return (f"{said}{f', {late:,} of them late' if late else ''}.",)


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
    """Return what waits for a role, such as `1 photograph to take down today; about 8 minutes.`, in one sentence."""
    if role not in CLEARS:
        tasks = len(tasks_of(desk, role))
        return f"{count(tasks, 'task waits', 'tasks wait')} for you at the desk." if tasks else "No task waits for you."
    every = cases(desk, TIERS[role])
    mine = every.waiting_for(role, _NOBODY)
    others = len(every.waiting) - len(mine)
    parts = [line.noun_first for line in mine.to_do] or ["nothing waits for you"]
    parts += [f"{others:,} waiting for others or not due yet"] if others else []
    said, how_long = ", ".join(parts), f"; about {count(mine.minutes, 'minute')}" if mine else ""
    return f"{said[:1].upper()}{said[1:]}{how_long}."
