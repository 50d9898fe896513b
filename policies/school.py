"""One school's own settings: `school.toml`, and nothing secret in it."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationInfo, field_validator, model_validator

from policies.calendar import SchoolCalendar
from policies.desk import DeskSettings
from policies.guidance import Nation
from policies.papers import PaperAnswers
from policies.platforms.record import PlatformId, Reads
from policies.platforms.registry import platform_of
from policies.question import ClauseSettings
from policies.retention import RetentionSchedule
from policies.roles import OwnTitles, Recipient, ReportLink
from policies.toml_text import Filled, TomlTable, in_the_folder

Register = Literal["pupils", "staff", "governors", "parents", "leavers", "photographs", "accounts"]
Band = Literal["declared", "likely", "possible"]
SCHOOL_ID = r"^[a-z0-9][a-z0-9-]{1,40}$"


class Identity(TomlTable):
    """What the school is called, for the report and as a public cue to who belongs to it, and its policy.

    `houses` are its houses, clubs and teams; `partners` schools and trusts that belong with it, as feeders do.
    `email_domains` are those of its e-mail addresses, where the website's is another. `pack` is a shipped pack's id or
    a .toml file of the school's own, None until somebody says which policy is the school's; `policy_source` is the
    policy's own text. `bands` and `evidence` say what may be used to tell whose an account is; None is every class of
    evidence. By the guidance of its `nation` goes the advice.
    """

    id: str = Field(pattern=SCHOOL_ID)
    name: Filled
    aliases: tuple[str, ...] = ()
    town: str | None = None
    county: str | None = None
    houses: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    website: str | None = None
    email_domains: tuple[str, ...] = ()
    timezone: str = "Europe/London"
    nation: Nation | None = None
    pack: str | None = None
    policy_source: str | None = None
    bands: tuple[Band, ...] = ("declared", "likely", "possible")
    evidence: tuple[str, ...] | None = None

    @field_validator("pack", "policy_source")
    @classmethod
    def _is_its_own_file(cls, value: str | None) -> str | None:
        return in_the_folder(value, "the school's own folder")

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("is not a time zone such as Europe/London") from error
        return value


class OfficialAccount(TomlTable):
    """One official account. `reads` is one of its platform's ways of reading; archive comes with a file."""

    platform: PlatformId
    account_id: str
    handle: str
    reads: Reads = "owned"
    archive: Filled | None = None
    credential: str | None = None

    @field_validator("account_id")
    @classmethod
    def _is_an_id(cls, value: str, info: ValidationInfo) -> str:
        if "platform" in info.data:
            ids = platform_of(info.data["platform"]).account_ids
            if not re.fullmatch(ids.pattern, value):
                raise ValueError(f"must be {ids.says}")
        return value

    @field_validator("handle")
    @classmethod
    def _is_a_handle(cls, value: str) -> str:
        handle = value.removeprefix("@")
        if not re.fullmatch(r"[^\s@/:]+", handle):
            raise ValueError('must be the name after the @, such as "HillViewSchool"; no address, and no blank')
        return handle

    @model_validator(mode="after")
    def _reads_make_sense(self) -> "OfficialAccount":
        if (self.reads == "archive") != (self.archive is not None):
            raise ValueError('reads = "archive" and archive = "FILE.zip" go together')
        platform = platform_of(self.platform)
        if self.reads not in platform.reads:
            ways = " or ".join(f'"{way}"' for way in platform.reads)
            raise ValueError(f"an account on {platform.name} cannot be read so: reads = {ways}")
        return self


class LivePermission(TomlTable):
    """Who decided, and when, that the platform's terms and the school's DPIA allow a live pull."""

    decided_by_role: Filled
    decided_on: date
    terms: Filled
    dpia: Filled


class Budget(TomlTable):
    """What one run may spend; of a group's school, what its runs of one month may, None for as much as the group's."""

    usd_per_run: Decimal = Field(default=Decimal("5.00"), ge=0)
    units_per_run: int = Field(default=2_000, ge=0)
    usd_per_month: Decimal | None = Field(default=None, ge=0)


class Pictures(TomlTable):
    """`people`: whether it may be detected that a posted picture shows people at all; `logo`: the logo's photograph."""

    people: bool = True
    logo: Filled | None = None


class Registers(TomlTable):
    """The files of the registers, how many rows the school says that each has, and its own headings in them.

    `columns` gives, by register, which of our columns a heading stands for; an empty one is never read.
    """

    pupils: str | None = None
    staff: str | None = None
    governors: str | None = None
    parents: str | None = None
    leavers: str | None = None
    photographs: str | None = None
    accounts: str | None = None
    expected: dict[Register, Annotated[int, Field(gt=0)]] = Field(default_factory=dict)
    columns: dict[Register, dict[str, str]] = Field(default_factory=dict)

    @field_validator(*get_args(Register))
    @classmethod
    def _is_its_own_file(cls, value: str | None) -> str | None:
        return in_the_folder(value, "the registers folder")

    @property
    def files(self) -> dict[Register, str]:
        """The name of each register's file, where the school has one, in a fixed order."""
        return {name: file for name in get_args(Register) if (file := getattr(self, name)) is not None}


class School(TomlTable):
    """All of school.toml."""

    school: Identity
    account: tuple[OfficialAccount, ...] = ()
    live: LivePermission | None = None
    budget: Budget = Budget()
    pictures: Pictures = Pictures()
    registers_: Registers = Field(default=Registers(), alias="registers")
    roles: OwnTitles = Field(default_factory=dict)
    clauses: dict[str, ClauseSettings] = Field(default_factory=dict)
    notify: tuple[Recipient, ...] = ()
    report: ReportLink = ReportLink()
    desk: DeskSettings = DeskSettings()
    calendar: SchoolCalendar | None = None
    retention: RetentionSchedule = RetentionSchedule()
    papers: PaperAnswers = PaperAnswers()

    @property
    def id(self) -> str:
        """The school's id, which names its folder and stands in every run."""
        return self.school.id

    @property
    def registers(self) -> dict[Register, str]:
        """The name of each register's file, where the school has one."""
        return self.registers_.files

    @property
    def expected(self) -> dict[Register, int]:
        """How many rows the school says that a register has, about."""
        return self.registers_.expected

    @property
    def columns(self) -> dict[Register, dict[str, str]]:
        """By register, which of our columns each heading of the school's own stands for."""
        return self.registers_.columns

    @model_validator(mode="after")
    def _accounts_are_distinct(self) -> "School":
        if len({(a.platform, a.account_id) for a in self.account}) != len(self.account):
            raise ValueError("the same account stands twice")
        return self
