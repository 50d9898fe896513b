"""Tells how a run ended, whichever way it was started: `audit run` and the flow of Prefect's both pass through here.

A message that cannot be sent changes nothing about the run: it is said on stderr, and by `audit doctor` until one was
sent since.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date
from functools import partial
from zoneinfo import ZoneInfo

import typer

from dashboards.report.manifest import printed_head
from dashboards.report.model import Tier, Week
from dashboards.report.read import read_week
from dashboards.report.story import Told
from flows.home.allowances import UsedUpError
from flows.home.context import open_casebook
from flows.home.keys import find_key
from flows.home.settings import ConfigurationError, Settings
from flows.notify.message import Message, answer_lines, desk_lines, last_published_run, of_failure, of_run
from flows.notify.send import address_of, is_accepted
from flows.notify.state import Audience, Ending, LastRun, PublishedRun, RunEnding, read_state, write_state
from policies.errors import UserError
from policies.roles import READS_CASES, Occasion, Recipient, title_of
from policies.school import School
from policies.school_file import SchoolError, read_school
from warehouse.runs.runs import last_published
from warehouse.store.open import opened
from warehouse.store.places import Places


@contextmanager
def telling(settings: Settings, school_id: str, as_of: date | None, *, is_watched: bool = False) -> Iterator[RunEnding]:
    """Write down that a run has begun, and tell how it ended; what it raised goes on as it was raised.

    What a watched run is refused for is told to nobody but the person at the keyboard; waiting for quota, to none.
    """
    teller = Teller.of(settings, school_id, as_of)
    ending = RunEnding()
    if teller is None:
        yield ending
        return
    before = read_state(teller.places)
    noted(teller.begun)
    try:
        yield ending
    except Exception as error:
        is_untold = is_watched or isinstance(error, UsedUpError)
        tell = partial(write_state, teller.places, before) if is_untold else partial(teller.failed, error)
        (noted if is_untold else without_harm)(tell)
        raise
    if ending.published is not None:
        without_harm(partial(teller.ended, ending.published))


def without_harm(tell: Callable[[], None], says: str = "How the run ended could not be told to anybody") -> None:
    """Do what tells of a run; what goes wrong in it is said, with why, and changes nothing about the run."""
    try:
        tell()
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in telling, the run is as it is
        typer.echo(f"{says} ({getattr(error, 'strerror', None) or type(error).__name__}). See: audit doctor", err=True)


def noted(note: Callable[[], None]) -> None:
    """Write down how far a run or its telling is; that it could not be written says nothing of what was sent."""
    without_harm(note, "How far this is could not be noted in notify.json, so that somebody may be told twice")


@dataclass(frozen=True, slots=True)
class Teller:
    """One run of one school, and those who hear of it; without a readable school.toml, those of the run before."""

    settings: Settings
    places: Places
    school: School | None
    day: date | None

    @classmethod
    def of(cls, settings: Settings, school_id: str, as_of: date | None) -> "Teller | None":
        """Return who is told of this school's runs, or None where there is no such school."""
        places = Places(settings.home, school_id)
        if not places.settings.is_file() and read_state(places).audience is None:
            return None
        try:
            school = read_school(places.settings)
        except SchoolError:
            return cls(settings, places, None, as_of)
        return cls(settings, places, school, as_of or cls(settings, places, school, None).today())

    def today(self) -> date:
        """Return the day that it is at the school."""
        zone = ZoneInfo(self.school.school.timezone) if self.school else UTC
        return self.settings.clock().astimezone(zone).date()

    @property
    def audience(self) -> Audience:
        """Who is told, and what the school is called."""
        now = None if self.school is None else Audience(self.school.school.name, self.school.notify)
        return now or read_state(self.places).audience or Audience(self.places.school, ())

    def begun(self) -> None:
        """Write down that a run has begun, and who is told of it."""
        write_state(self.places, replace(read_state(self.places), audience=self.audience))
        self.note("running")

    def note(self, ended: Ending) -> None:
        """Write down how far the run is."""
        now = self.settings.clock().astimezone(UTC)
        write_state(self.places, replace(read_state(self.places), run=LastRun(self.day, ended, now)))

    def ended(self, run: PublishedRun) -> None:
        """Tell of a run that was published."""
        with self._telling("complete" if run.is_complete else "incomplete"):
            self._tell(run)

    @contextmanager
    def _telling(self, ended: Ending) -> Iterator[None]:
        """Write down how the run ended once everybody was told, and till then that they are being told."""
        noted(partial(self.note, "telling"))
        yield
        noted(partial(self.note, ended))

    def _tell(self, run: PublishedRun) -> None:
        wanted: set[Occasion] = {"run"} if run.is_well else {"run", "failure"}
        if self.school is None or not self.recipients(wanted):
            return
        link = (self.school.report.link or run.report).replace("{run}", run.run_id)
        head = printed_head(self.places.reports(run.run_id))
        for role in dict.fromkeys(recipient.role for recipient in self.recipients(wanted)):
            week = self._week(run.run_id, role)
            lines = desk_lines(self.settings, self.places, self.school, role)
            lines += answer_lines(self.settings, self.places, role, self.today())
            told = tuple(recipient for recipient in self.recipients(wanted) if recipient.role == role)
            self.deliver(of_run(week, self.school.id, link, desk=lines, upkeep=run.upkeep, head=head), told)

    def failed(self, error: Exception) -> None:
        """Tell of a run that published nothing."""
        is_ours = not isinstance(error, UserError | OSError) or getattr(error, "exit_code", 2) == 4
        code = error.exit_code if isinstance(error, UserError) else 4 if is_ours else 2
        with self._telling("error" if is_ours else "refused"):
            if recipients := self.recipients({"failure"}):
                name, last = self.audience.school_name, self.last_in_words()
                message = of_failure(name, self.places.school, day=self.day, last=last, is_ours=is_ours, code=code)
                self.deliver(message, recipients)

    def recipients(self, wanted: set[Occasion]) -> tuple[Recipient, ...]:
        """Return who wants to hear of any of these."""
        return tuple(each for each in self.audience.recipients if wanted & set(each.on))

    def deliver(self, message: Message, recipients: tuple[Recipient, ...]) -> list[tuple[Recipient, str | None]]:
        """Send the message to each, write down who was not reached, and return each with what went wrong, if it did.

        Each problem is said on stderr as well, by role and never by address.
        """
        answers: list[tuple[Recipient, str | None]] = []
        for recipient in recipients:
            problem = self._problem(message, recipient)
            if problem:
                typer.echo(f"The {title_of(recipient.role)} was not told: {problem}", err=True)
            noted(partial(self._keep, recipient, is_sent=problem is None))
            answers.append((recipient, problem))
        return answers

    def _keep(self, recipient: Recipient, *, is_sent: bool) -> None:
        state = read_state(self.places).after_sending(recipient.key, on=self.settings.clock().date(), is_sent=is_sent)
        write_state(self.places, state)

    def _problem(self, message: Message, recipient: Recipient) -> str | None:
        try:
            address = address_of(self.places, recipient)
        except ConfigurationError as error:
            return error.sentence
        says = f"nobody took the message at the url of [{recipient.to}] in credentials.toml. Correct it, or try again."
        return None if is_accepted(address, message) else says

    def last_day(self) -> date | None:
        """Return the day of the newest published run; None if there is none. UserError if the copy cannot be read."""
        if not self.places.published.exists():
            return None
        with opened(self.places.published, find_key(self.settings, self.places), read_only=True) as copy:
            return last_published(copy)

    def last_in_words(self) -> str:
        """Return which run was published last, or that it cannot be told."""
        try:
            return last_published_run(self.last_day())
        except UserError:
            return "What was published before cannot be opened."

    def _week(self, run_id: str, role: str) -> Week:
        """Return the week as a role may see it: in numbers where it reads cases, in bands otherwise."""
        tier: Tier = "lead" if role in READS_CASES else "governors"
        with closing(open_casebook(self.settings, self.places)) as book:
            told = Told(book.decisions.every())
        with opened(self.places.published, find_key(self.settings, self.places), read_only=True) as copy:
            return read_week(copy, run_id=run_id, tier=tier, told=told)
