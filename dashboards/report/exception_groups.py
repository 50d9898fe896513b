"""Put a week's exceptions in the order in which a person clears them: by story, by gravity, by due date, by check.

Exceptions that share check, clause, next step and owner form one group, so that what is common is said once.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.report.evidence_words import heading
from dashboards.report.model import ExceptionRow, Week
from dashboards.report.words import SEVERITIES

NEW = ("new", "changed", "reopened")
SHOWN_AT_ONCE = 5
FOLDED_FROM = 8


@dataclass(frozen=True, slots=True)
class Group:
    """Exceptions of one check that are cleared in the same way; never empty."""

    key: str
    rows: tuple[ExceptionRow, ...]

    @property
    def first(self) -> ExceptionRow:
        """The row that speaks for what all of them share."""
        return self.rows[0]

    @property
    def heading(self) -> str:
        """What the exceptions show."""
        return heading(self.rows)

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(row.is_late for row in self.rows)

    @property
    def at_once(self) -> tuple[ExceptionRow, ...]:
        """The rows to show unfolded."""
        return self.rows if len(self.rows) < FOLDED_FROM else self.rows[:SHOWN_AT_ONCE]

    @property
    def folded(self) -> tuple[ExceptionRow, ...]:
        """The rows to show only when asked for."""
        return self.rows[len(self.at_once) :]


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter of the report: the groups whose exceptions have the same story."""

    key: str
    title: str
    groups: tuple[Group, ...]

    @property
    def by_owner(self) -> tuple[tuple[str, tuple[Group, ...]], ...]:
        """The groups by whose task they are, whoever has the most severe first."""
        owners = dict.fromkeys(group.first.owner_role for group in self.groups)
        return tuple(
            (owner, tuple(group for group in self.groups if group.first.owner_role == owner)) for owner in owners
        )

    @property
    def total(self) -> int:
        """How many exceptions stand in the chapter."""
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many exceptions have which story this week; those set aside by a decision are counted apart.

    `backlog` are those of the new ones that a first look found and that may wait.
    """

    new: int
    changed: int
    reopened: int
    open: int
    not_seen: int
    suspended: int
    gone: int
    set_aside: int
    answered: int
    overdue: int
    unread: int
    backlog: int = 0

    @property
    def to_do(self) -> int:
        """How many want somebody's eye for the first time, or again."""
        return self.new + self.changed + self.reopened

    @property
    def standing(self) -> int:
        """How many are open now, whatever their story."""
        return self.to_do + self.open + self.not_seen + self.suspended


TITLES = {
    "new": "New",
    "changed": "Changed",
    "reopened": "Came back",
    "open": "Still open",
    "not_seen": "Not seen this week",
    "suspended": "Suspended by the platform",
    "gone": "Gone since the last run",
    "set_aside": "Set aside by a decision",
    "answered": "Answered since this run",
}


def sections(week: Week) -> dict[str, Section]:
    """Return every chapter of the exceptions by its key, empty ones too."""
    stories: dict[str, list[ExceptionRow]] = {key: [] for key in TITLES}
    for row in week.exceptions:
        stories["answered" if row.fingerprint in week.answered else _story(row)].append(row)
    return {key: Section(key, TITLES[key], _groups(key, rows, week.evidence)) for key, rows in stories.items()}


def by_urgency(rows: Sequence[ExceptionRow]) -> tuple[ExceptionRow, ...]:
    """Return the rows with those that stand first, the most severe check first, then the soonest due."""
    gravest: dict[str, int] = {}
    for row in rows:
        gravest[row.check_id] = min(gravity(row), gravest.get(row.check_id, gravity(row)))
    return tuple(sorted(rows, key=lambda row: (not row.stands, gravest[row.check_id], *by_due(row))))


def tally(week: Week) -> Tally:
    """Return the figures of the week, of the rows that the tier may see: readers of counts have `shown_counts`."""
    totals = {key: section.total for key, section in sections(week).items()}
    rows = [row for row in week.exceptions if row.fingerprint not in week.answered]
    may_wait = [row for row in rows if row.backlog_since is not None and row.decision != "planned"]
    backlog = sum(row.status == "new" and row.is_open for row in may_wait)
    overdue = sum(row.is_late for row in rows)
    return Tally(**totals, overdue=overdue, unread=len(week.unread_texts), backlog=backlog)


def _story(row: ExceptionRow) -> str:
    if not row.stands:
        return "gone"
    if row.decision == "planned" and row.status in NEW:
        return "open"  # it waits for its day
    return row.status if row.is_open else "set_aside"


def _groups(
    key: str, rows_found: Sequence[ExceptionRow], evidence: Mapping[str, Mapping[str, str]]
) -> tuple[Group, ...]:
    alike: defaultdict[tuple[str, ...], list[ExceptionRow]] = defaultdict(list)
    # A picture in which no face was seen, a poster, comes after a class photograph.
    faceless = {row.fingerprint for row in rows_found if evidence[row.fingerprint].get("faces_seen") == "no"}
    for row in sorted(rows_found, key=lambda row: (row.due_on or date.max, row.fingerprint in faceless, *by_due(row))):
        alike[_what_is_shared(row)].append(row)
    ordered = sorted(alike.values(), key=lambda rows: (gravity(rows[0]), *by_due(rows[0])))
    return tuple(Group(f"{key}-{n}", tuple(rows)) for n, rows in enumerate(ordered, start=1))


def _what_is_shared(row: ExceptionRow) -> tuple[str, ...]:
    shared = (row.check_id, row.check_title, row.pack, row.clause, row.clause_says, row.severity)
    return (*shared, row.next_step, row.do_not or "", row.owner_role, row.concerns)


def gravity(row: ExceptionRow) -> int:
    """Return how grave an exception is, 0 for the gravest."""
    return SEVERITIES.index(row.severity)


def by_due(row: ExceptionRow) -> tuple[date, str, str, str, str, str]:
    """Return by what exceptions are put in order, the soonest due first."""
    where = (row.platform, row.account_id, row.subject_id, row.fingerprint)
    return (row.due_on or date.max, row.check_title, *where)
