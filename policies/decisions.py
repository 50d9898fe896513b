"""How long a decision about an exception stands."""

from datetime import date


def last_day(verdict: str, until: date | None, today: date) -> date | None:
    """Return the last day on which a decision stands; None is for good."""
    if verdict == "mistaken" and until is None:
        # To the end of the school year: a new year brings new pupils of the same name.
        end = date(today.year, 8, 31)
        return end if today <= end else date(today.year + 1, 8, 31)
    return until
