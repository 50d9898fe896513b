"""Looks whether a school was audited: a run was published in the last eight days, and the last one ended well."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from flows.notify.message import of_miss
from flows.notify.state import Miss, NotifyState, read_state, write_state
from flows.notify.telling import Teller, noted
from policies.dates import WEEK_AND_A_DAY, long_date
from policies.errors import UserError
from policies.roles import Recipient

STOPPED = timedelta(days=90)
_LONGEST_RUN = timedelta(hours=12)
_BADLY = {
    "incomplete": "did not see everything",
    "refused": "was refused, or could not go on",
    "error": "ended in an error inside the program",
    "running": "was begun and has not ended",
    "telling": "ended, and telling of it was broken off",
}
_UNDER_WAY = {"running", "telling"}


@dataclass(frozen=True, slots=True)
class Missed:
    """What is wrong, in one sentence, and `what` by which the same miss is known again tomorrow.

    `is_told` says that the run itself has told those who wanted to hear of failures.
    """

    what: str
    sentence: str
    heading: str = "no audit this week"
    is_told: bool = False


def missed(teller: Teller) -> Missed | None:
    """Return what is wrong, or None."""
    state, now, today = read_state(teller.places), teller.settings.clock(), teller.today()
    try:
        last = teller.last_day()
    except UserError:
        return Missed("unopened", "The published copy cannot be opened, so nobody knows what was audited.")
    # A day to come was written while the clock was wrong, and says nothing.
    since = max((day for day in (last, state.scheduled_on) if day and day <= today), default=None)
    if since is None:
        return Missed("never", "No run has been published yet, and nothing is scheduled.")
    if today - since > STOPPED:
        return Missed(
            f"stopped since {since}",
            f"No audit has been published since {long_date(since)}, so the school has stopped and its data are running "
            f"out by their clocks. Run it again, or end it for good: audit close {teller.places.school}",
            "the audit has stopped",
        )
    if today - since > WEEK_AND_A_DAY:
        return Missed(f"since {since}", f"No audit has been published since {long_date(since)}.")
    run = state.run
    if run is None or run.ended == "complete" or (run.ended in _UNDER_WAY and abs(now - run.at) < _LONGEST_RUN):
        return None
    which = f"The audit of {long_date(run.as_of)}" if run.as_of else "The last audit"
    what, sentence = f"{run.ended} {run.as_of}", f"{which} {_BADLY[run.ended]}."
    return Missed(what, sentence, "the last audit did not end well", is_told=run.ended not in _UNDER_WAY)


def tell(teller: Teller, miss: Missed) -> None:
    """Tell those who want to hear of a missed week, each of them once of the same miss."""
    state = read_state(teller.places)
    told = state.miss.told if state.miss and state.miss.what == miss.what else ()
    recipients = tuple(
        each for each in teller.recipients({"missed"}) if each.key not in told and not _heard(each, miss, state)
    )
    heading = f"{teller.audience.school_name}: {miss.heading}"
    message = of_miss(heading, teller.places.school, why=miss.sentence, last=teller.last_in_words())
    answers = teller.deliver(message, recipients)
    reached = (recipient.key for recipient, problem in answers if problem is None)
    kept = replace(read_state(teller.places), miss=Miss(miss.what, (*told, *reached)))
    noted(partial(write_state, teller.places, kept))


def _heard(recipient: Recipient, miss: Missed, state: NotifyState) -> bool:
    return miss.is_told and "failure" in recipient.on and recipient.key not in state.unsent


def note_schedule(teller: Teller, on: date | None) -> None:
    """Write down since which day the school has been scheduled; None is not at all."""
    write_state(teller.places, replace(read_state(teller.places), scheduled_on=on))
