"""The lists of a report beside its exceptions. Times are milliseconds since 1970 in UTC; money is US dollars."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboards.report import words


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one school; on a doubted day it deleted nothing for its age (None where that was not noted)."""

    run_id: str
    school_id: str
    school_name: str
    pack: str
    as_of: date
    started_ms: int | None
    finished_ms: int | None
    is_complete: bool
    cost_usd: Decimal | None
    quota_units: int | None
    pages: int | None
    pages_sha256: str | None
    is_day_doubted: bool | None

    @property
    def edition(self) -> str:
        """Which report it is: a run that is begun again on its day keeps its id, and publishes another."""
        return f"{self.run_id} {self.finished_ms}"


@dataclass(frozen=True, slots=True)
class Takedown:
    """One photograph of the register whose approval has ended; a place is a picture or a video that uses it.

    `gone_from` and the three after it are platforms, separated by semicolons: where a run saw that nothing shows it
    any more, where it stands, where it stands and is approved again, and where nobody can tell whether it stands.
    `state` is standing, half, unknown, approved_again or gone; `unseen` counts the places that this run could not
    see, so that they are not called gone.
    """

    photograph_id: str
    ended: str
    since: date
    due_on: date | None
    places: int
    gone: int
    unseen: int
    gone_from: str | None
    stands_on: str | None
    approved_again_on: str | None
    unknown_on: str | None
    state: str

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to be done about it."""
        return self.state in {"gone", "approved_again"}

    def how(self, as_of: date) -> str:
        """Say in words how far it has been taken down."""
        if self.state == "gone":
            return f"Proved gone from {_platforms(self.gone_from)}: closed."
        parts = [
            f"Gone from {_platforms(self.gone_from)}." if self.gone_from else "",
            self._standing(as_of) if self.stands_on else "",
            f"This run could not see {words.count(self.unseen, 'place')}." if self.unseen else "",
            f"Not proved gone from {_platforms(self.unknown_on)}: it may still be shown there."
            if self.unknown_on
            else "",
            f"Still on {_platforms(self.approved_again_on)}, and approved again." if self.approved_again_on else "",
            "Closed." if self.is_closed else "",
        ]
        return " ".join(part for part in parts if part)

    def _standing(self, as_of: date) -> str:
        late = ", and late" if self.due_on is not None and self.due_on < as_of else ""
        return f"Still on {_platforms(self.stands_on)}{late}."


def _platforms(listed: str | None) -> str:
    return words.listed([words.source(platform) for platform in (listed or "").split(";") if platform])


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
    """A photograph whose file is missing, unreadable or changed; nearest is a name in the folder that is like it."""

    photograph_id: str
    file_name: str
    problem: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class AccountLeft:
    """An official account that earlier runs read and that school.toml does not name now; no handle for counts alone."""

    platform: str
    handle: str | None


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


@dataclass(frozen=True, slots=True)
class Link:
    """That a case says of one account that it is one person's; `is_found` where the run itself found the case."""

    fingerprint: str
    is_found: bool
    link: int
