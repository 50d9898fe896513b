"""When the audit runs: a day of the week and a time, as systemd, cron and a person write it."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.home.settings import ConfigurationError
from policies.dates import WEEKDAYS

_HOURS_UNTIL_THE_CHECK = 2
_HOURS_BETWEEN_DELETION_AND_RUN = 4


@dataclass(frozen=True, slots=True)
class Daily:
    """A time of every day."""

    hour: int
    minute: int

    @property
    def calendar(self) -> str:
        """The time as systemd writes it, without a zone."""
        return f"*-*-* {self.hour:02}:{self.minute:02}:00"

    @property
    def cron(self) -> str:
        """The time as cron writes it."""
        return f"{self.minute} {self.hour} * * *"


@dataclass(frozen=True, slots=True)
class Weekly:
    """A day of the week (Monday is 0) and a time of the day: the run's.

    A check follows two hours later, and a deletion goes four hours before, both every day.
    """

    day: int
    hour: int
    minute: int

    @property
    def calendar(self) -> str:
        """The run's time as systemd writes it, without a zone."""
        return f"{WEEKDAYS[self.day][:3]} {Daily(self.hour, self.minute).calendar}"

    @property
    def cron(self) -> str:
        """The run's time as cron writes it."""
        return f"{self.minute} {self.hour} * * {(self.day + 1) % 7}"

    @property
    def words(self) -> str:
        """The run's time as a person says it."""
        return f"every {WEEKDAYS[self.day]} at {self.hour:02}:{self.minute:02}"

    @property
    def check(self) -> Daily:
        """When it is looked every day whether the run was made."""
        return Daily((self.hour + _HOURS_UNTIL_THE_CHECK) % 24, self.minute)

    @property
    def expire(self) -> Daily:
        """When what is over its clock is deleted every night."""
        return Daily((self.hour - _HOURS_BETWEEN_DELETION_AND_RUN) % 24, self.minute)


def weekly_of(text: str) -> Weekly:
    """Return the time that `Mon 06:00` or `monday 6:00` means; ConfigurationError for anything else."""
    parts = re.fullmatch(r"\s*([A-Za-z]+)\s+(\d{1,2}):(\d{2})\s*", text)
    days = [n for n, name in enumerate(WEEKDAYS) if parts and parts[1].lower() in {name.lower(), name[:3].lower()}]
    if parts is None or not days or int(parts[2]) > 23 or int(parts[3]) > 59:
        raise ConfigurationError('--at is a day of the week and a time, such as "Mon 06:00".')
    return Weekly(days[0], int(parts[2]), int(parts[3]))


def keeps_other_time(zone: ZoneInfo, year: int) -> bool:
    """Say whether this machine's clock shows another time than the school's, in winter or in summer."""
    noons = (datetime(year, month, 15, 12, tzinfo=zone) for month in (1, 7))
    return any(noon.utcoffset() != noon.astimezone().utcoffset() for noon in noons)
