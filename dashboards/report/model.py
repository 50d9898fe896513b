"""What a report is made of: one dataclass per query, its fields in the order of the query's columns.

Times are milliseconds since 1970 in UTC, so that no reader's time zone enters a page; money is US dollars.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dashboards.report.operations import (
    AccountLeft,
    Cost,
    Held,
    Link,
    LostMaster,
    Pull,
    QualityCheckResult,
    Register,
    ReportedColumn,
    ReportedProblem,
    Run,
    Takedown,
)
from dashboards.report.small_numbers import NOTHING, Band, CountRow, ShownCount
from dashboards.report.story import Said
from policies.decisions import fallen_sentence
from policies.errors import UserError

Tier = Literal["governors", "headteacher", "lead", "dsl", "dpo"]
COUNTS_ONLY: frozenset[Tier] = frozenset({"governors", "headteacher"})


class ReportError(UserError):
    """A report cannot be written; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One exception; `evidence` is JSON. It stands unless proved gone, and is open while no decision sets it aside."""

    fingerprint: str
    check_id: str
    check_title: str
    pack: str
    clause: str
    clause_says: str
    severity: str
    status: str
    platform: str
    account_id: str
    account_handle: str | None
    subject_id: str
    subject_kind: str
    reason: str
    evidence: str
    next_step: str
    do_not: str | None
    owner_role: str
    due_on: date | None
    first_seen: date
    last_seen: date
    decision: str | None
    decided_until: date | None
    is_seen_this_run: bool
    concerns: str
    proof: str | None
    confirmed_name: str | None
    finding_one: str | None
    finding_many: str | None
    stands: bool
    is_open: bool
    is_late: bool
    about: str | None
    fallen_decision: str | None
    fallen_on: date | None
    fallen_for: list[str] | None
    backlog_since: date | None
    decisions_read: int | None
    is_unasked: bool

    @property
    def earlier_decision(self) -> str:
        """What was decided while the case was about something else, in a sentence; empty where nothing fell."""
        return fallen_sentence(self.fallen_decision, self.fallen_on, self.fallen_for or ())

    @property
    def ref(self) -> str:
        """The first eight characters of the fingerprint, by which people speak of the exception."""
        return self.fingerprint[:8]


@dataclass(frozen=True, slots=True)
class ReportedClause:
    """How one clause stood; `stands_under` are the clauses under which other open cases stand that break it."""

    pack: str
    clause: str
    ref: str
    says: str
    force: str
    binds: str
    state: str
    checks: str
    attested_until: date | None
    why: str | None
    verdict: str | None
    looked_at: str | None
    platform_count: int | None
    judged: int | None
    not_covered: str | None
    attested_by: str | None
    stands_under: str | None


@dataclass(frozen=True, slots=True)
class CheckCoverage:
    """What one check could see, its verdict, and how many texts wait for a person; None in runs that did not look."""

    check_id: str
    check_title: str
    verdict: str
    platform_count: int | None
    fetched: int | None
    judged: int | None
    why: str | None
    unread: int | None


@dataclass(frozen=True, slots=True)
class AccountCoverage:
    """What one check could see of one official account; `was_enough` says that the run before saw enough of it."""

    check_id: str
    check_title: str
    platform: str
    account_id: str
    account_handle: str | None
    platform_count: int | None
    fetched: int | None
    judged: int | None
    is_enough: bool
    was_enough: bool
    why: str | None
    what_to_do: str | None


@dataclass(frozen=True, slots=True)
class TextToRead:
    """A text to be read, by its link alone; `family` is what it may be, `score` (0 to 1) an order and no share."""

    fingerprint: str
    check_id: str
    check_title: str
    platform: str
    account_handle: str | None
    subject_kind: str
    link: str | None
    posted_on: date | None
    family: str
    score: float


@dataclass(frozen=True, slots=True)
class Week:
    """What one tier's report of one run says, and nothing else. Readers of counts have `shown_counts` in their place.

    `said` is what people said of a case, `answered` are those answered since, `desk` is where links to the desk lead.
    `head` is the casebook chain's as printed, if any is known; `day` that on which rows are told, if not the run's own.
    """

    tier: Tier
    run: Run
    previous: date | None
    exceptions: tuple[ExceptionRow, ...]
    evidence: Mapping[str, Mapping[str, str]]
    counts: tuple[CountRow, ...]
    clauses: tuple[ReportedClause, ...]
    coverage: tuple[CheckCoverage, ...]
    account_coverage: tuple[AccountCoverage, ...]
    quality_checks: tuple[QualityCheckResult, ...]
    register_problems: tuple[ReportedProblem, ...]
    registers: tuple[Register, ...]
    register_columns: tuple[ReportedColumn, ...]
    lost_masters: tuple[LostMaster, ...]
    pulls: tuple[Pull, ...]
    costs: tuple[Cost, ...]
    held: tuple[Held, ...]
    takedowns: tuple[Takedown, ...]
    unread_texts: tuple[TextToRead, ...]
    links: tuple[Link, ...] = ()
    accounts_left: tuple[AccountLeft, ...] = ()
    head: str = ""
    shown_counts: tuple[ShownCount, ...] = ()
    waiting_texts: Band = NOTHING
    set_aside_rows: Band = NOTHING
    said: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    desk: str | None = None
    day: date | None = None
