"""A group's own settings, `group.toml` in AUDIT_HOME: what a month may cost, and by when schools are published."""

import tomllib
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError

from flows.home.settings import Settings
from policies.errors import UserError
from policies.toml_text import Filled, TomlTable, located, plain, read_text

_HOUR = r"^([01]\d|2[0-3]):[0-5]\d$"
_DIGEST = r"^[0-9a-f]{8,16}$"
Dollars = Annotated[Decimal, Field(ge=0)]

_PATTERNS = {_HOUR: "a time such as 08:00", _DIGEST: "8 to 16 of the digits that costs.csv shows"}


class GroupFileError(UserError):
    """group.toml cannot be used; the message says where, and what to write."""


class AllowanceSettings(TomlTable):
    """What the operator says of an allowance, by how its digest begins: its name, and what else may be spent of it."""

    digest: str = Field(pattern=_DIGEST)
    label: Filled | None = None
    units_per_day: int | None = Field(default=None, ge=0)
    usd_per_month: Dollars | None = None


class Objective(TomlTable):
    """How large a share of the schools is to be published by when: the hour is of the week's day, 0 a Monday."""

    share: float = Field(default=0.99, gt=0, le=1)
    weekday: int = Field(default=0, ge=0, le=6)
    by: str = Field(default="08:00", pattern=_HOUR)
    timezone: str = "Europe/London"

    def of_week(self, day: date) -> date:
        """Return the day of the group's run in the week that ends with this day."""
        return day - timedelta(days=(day.weekday() - self.weekday) % 7)

    def hour_of(self, of_week: date) -> datetime:
        """Return by when the schools are to be published that are run on this day."""
        return datetime.fromisoformat(f"{of_week}T{self.by}").replace(tzinfo=ZoneInfo(self.timezone))

    def published_from(self, day: date, now: datetime) -> date:
        """Return from which day on a run is of the week: the group's last day whose hour is over."""
        of_week = self.of_week(day)
        return of_week if now >= self.hour_of(of_week) else of_week - timedelta(days=7)


class GroupSettings(TomlTable):
    """All of group.toml. `usd_per_month` is for all schools together, `school_usd_per_month` for each.

    `alert` is an address of apprise's, a secret, to which a missed objective is told; `backups` the folder in which the
    schools' backups lie, each called by the school's id, alone or with a full stop after it. After
    `silent_after_seconds` without a word a run is taken for dead: more than the four minutes for which one that lives
    asks an absent server again, and never less than three of the half minutes after which each run tells that it lives.
    """

    usd_per_month: Dollars | None = None
    school_usd_per_month: Dollars | None = None
    alert: Filled | None = Field(default=None, repr=False)
    backups: Filled | None = None
    silent_after_seconds: int = Field(default=360, ge=90, le=86_400)
    objective: Objective = Objective()
    allowance: tuple[AllowanceSettings, ...] = ()

    def budget_of_school(self, own: Decimal | None) -> Decimal | None:
        """Return what a month of a school may cost: as its own settings say, else as the group's do; None: anything."""
        return self.school_usd_per_month if own is None else own

    def said_of(self, digest: str) -> AllowanceSettings:
        """Return what is said of the allowance of this digest; nothing where its beginning is not named."""
        named = (each for each in self.allowance if digest.startswith(each.digest))
        return next(named, AllowanceSettings(digest=digest))


def group_file(settings: Settings) -> Path | None:
    """Return where the group's settings are: of a home in an object store where AUDIT_GROUP says, and else nowhere."""
    return settings.group if settings.store else settings.home / "group.toml"


def read_group(settings: Settings) -> GroupSettings:
    """Return the settings of the group whose home this is, the program's own where there are none; GroupFileError.

    A file that AUDIT_GROUP names for a home in an object store must be there.
    """
    path = group_file(settings)
    if path is None or (settings.store is None and not path.exists()):
        return GroupSettings()
    try:
        return GroupSettings.model_validate(tomllib.loads(read_text(path, GroupFileError)))
    except tomllib.TOMLDecodeError as error:
        raise GroupFileError(f"group.toml is not TOML: {error}. Correct it.") from error
    except ValidationError as error:
        keys = (*GroupSettings.model_fields, *AllowanceSettings.model_fields, *Objective.model_fields)
        detail = error.errors()[0]
        says = plain(detail, keys=keys, renamed={}, patterns=_PATTERNS)
        raise GroupFileError(f"group.toml: {located(tuple(detail['loc']), says, {})}") from None
