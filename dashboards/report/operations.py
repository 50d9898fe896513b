"""The upkeep part of a report: data-quality checks, registers, pulls, costs and what is kept; fields follow queries.

Times are milliseconds since 1970 in UTC; money is US dollars.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class QualityCheckResult:
    """One data-quality check; `detail` holds counts, never values."""

    quality_check: str
    is_passed: bool
    populations: str
    detail: str


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """A row or cell of a register that could not be used."""

    register: str
    file_name: str
    row: int | None
    column_name: str | None
    problem: str


@dataclass(frozen=True, slots=True)
class ReportedColumn:
    """What became of one column of a register: state is recognised, ignored or missing; nearest is a guess."""

    register: str
    file_name: str
    heading: str | None
    column_name: str | None
    state: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class LostMaster:
    """A photograph whose file is missing or unreadable; nearest is a name in the folder that is like it."""

    photograph_id: str
    file_name: str
    problem: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class Register:
    """One register file as it was read."""

    register: str
    file_name: str
    rows: int
    set_aside: int
    sha256: str
    refreshed_on: date | None


@dataclass(frozen=True, slots=True)
class Pull:
    """How the pull of one source ended; state is complete, partial or failed.

    Of an X archive, the day it was made on (None where it tells none), and whether that is more than a week ago.
    """

    source: str
    state: str
    error_kind: str | None
    error_text: str | None
    what_to_do: str | None
    estimate_usd: Decimal | None
    estimate_units: int | None
    started_ms: int | None
    finished_ms: int | None
    archive_made_on: date | None
    archive_is_old: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """What the requests to one endpoint cost."""

    source: str
    endpoint: str
    requests: int
    resources: int
    usd: Decimal
    units: int


@dataclass(frozen=True, slots=True)
class Held:
    """How many records of one kind are kept from one platform."""

    kind: str
    platform: str
    held: int
    ended: int
    oldest_ms: int | None
