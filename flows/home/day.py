"""The day that a run is of: today at the school, or an earlier one; never one to come."""

from datetime import date

from flows.home.settings import ConfigurationError


def day_of(as_of: date | None, *, today: date) -> date:
    """Return the day of a run, today unless another is given; ConfigurationError for one that has not come."""
    if as_of is not None and as_of > today:
        message = f"{as_of} has not come: by this machine's clock it is {today}. Choose that day or an earlier one."
        raise ConfigurationError(message)
    return as_of or today
