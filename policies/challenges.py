"""The right to challenge: who may say that a case about them is wrong, and by when they are answered."""

from datetime import date, timedelta

RAISED_BY = ("pupil", "parent", "staff", "other")
DAYS_TO_ANSWER = timedelta(days=30)  # the law says one month; thirty days are never longer


def answer_by(received_on: date) -> date:
    """Return the last day on which a challenge that was received on this day is answered in time."""
    return received_on + DAYS_TO_ANSWER


def plain_reference(spoken: str) -> str:
    """Return a reference as the report writes it, however it was spoken or typed: `6B39-81C5` is `6b3981c5`."""
    return "".join(spoken.split()).replace("-", "").casefold()
