"""How long a decision about a case stands, who may challenge one, and by when a challenge is answered."""

from datetime import date, timedelta

RAISED_BY = ("pupil", "parent", "staff", "other")
DAYS_TO_ANSWER = timedelta(days=30)  # the law says one month; thirty days are never longer


def answer_by(received_on: date) -> date:
    """Return the last day on which a challenge that was received on this day is answered in time."""
    return received_on + DAYS_TO_ANSWER


def plain_reference(spoken: str) -> str:
    """Return a reference as the report writes it, however it was spoken or typed: `6B39-81C5` is `6b3981c5`."""
    return "".join(spoken.split()).replace("-", "").casefold()


def last_day(verdict: str, until: date | None, today: date) -> date | None:
    """Return the last day on which a decision stands; None is for good."""
    if verdict == "mistaken" and until is None:
        # To the end of the school year: a new year brings new pupils of the same name.
        end = date(today.year, 8, 31)
        return end if today <= end else date(today.year + 1, 8, 31)
    return until
