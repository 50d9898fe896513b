"""What readers of counts are told of small numbers: nothing from which one could be known.

Each cell (clause, check, severity, owner) is one number: how many are open. It is told as 0, as `fewer than 5`, or by
the step of five that it lies in; where it counts policies, registers or the school's own accounts, it is told as it is,
since nobody can be known by it. Beside it stands whether any is new and whether any is late, without a number. Every
other number of the tier is made of these bands alone, never of the true counts, so that no subtraction gives more
than the bands do. What would tie two weeks together by an equation (how many came, went, or were set aside) is not
told.

This is suppression below a threshold with rounding to a base of five, as in HESA's Rounding and Suppression to
Anonymise Statistics and the Government Statistical Service's guidance for tables of administrative sources. A
suppressed second cell, the other usual way, has to be found anew beside every earlier week's page; a band has not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from dashboards.report.words import count


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many exceptions stand under one clause and check, how many of them want an eye, and how many are late.

    `is_of_people` is False where each is about a policy, a register or an account of the school's own.
    """

    pack: str
    clause: str
    clause_says: str
    check_id: str
    check_title: str
    finding_many: str | None
    severity: str
    owner_role: str
    to_do: int
    standing: int
    overdue: int
    finding_one: str | None = None
    is_of_people: bool = True


STEP = 5  # also the smallest number that is told of


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """The numbers that one cell may be, both ends included."""

    low: int
    high: int

    def __str__(self) -> str:
        """Return the band in words, such as `fewer than 5` or `10 to 14`."""
        if self.high == self.low:
            return f"{self.low:,}"
        return f"fewer than {STEP}" if self.low < STEP else f"{self.low:,} to {self.high:,}"

    def __bool__(self) -> bool:
        return self.high > 0


@dataclass(frozen=True, slots=True)
class ShownCount:
    """What is told of one cell in which something is open; `finding` says it in words."""

    pack: str
    clause: str
    clause_says: str
    check_id: str
    check_title: str
    severity: str
    owner_role: str
    open_now: Band
    has_new: bool
    has_late: bool
    finding: str | None = None
    finding_one: str | None = None

    @property
    def standing(self) -> Band:
        """How many are open now."""
        return self.open_now


COUNT_COLUMNS = tuple(
    shown_field.name for shown_field in fields(ShownCount) if not shown_field.name.startswith("finding")
)


NOTHING = Band(0, 0)


def band(number: int) -> Band:
    """Return the band that a number lies in."""
    if number <= 0:
        return NOTHING
    low = number - number % STEP
    return Band(max(low, 1), low + STEP - 1)


def shown(counts: Sequence[CountRow]) -> tuple[ShownCount, ...]:
    """Return what is told of these counts; a cell in which nothing is open is left out, whatever else is in it."""
    return tuple(
        ShownCount(
            row.pack,
            row.clause,
            row.clause_says,
            row.check_id,
            row.check_title,
            row.severity,
            row.owner_role,
            band(row.standing) if row.is_of_people else Band(row.standing, row.standing),
            has_new=row.to_do > 0,
            has_late=row.overdue > 0,
            finding=row.finding_many,
            finding_one=row.finding_one,
        )
        for row in counts
        if row.standing
    )


def by_clause(cells: Iterable[ShownCount]) -> dict[tuple[str, str], list[ShownCount]]:
    """Return the cells of each clause, by pack and clause id, in the order in which they are given."""
    found: dict[tuple[str, str], list[ShownCount]] = {}
    for cell in cells:
        found.setdefault((cell.pack, cell.clause), []).append(cell)
    return found


def in_all(bands: Iterable[Band]) -> str:
    """Return in words how many several cells come to, by their bands alone."""
    some = [one for one in bands if one]
    if all(one.low == one.high for one in some):
        return f"{sum(one.low for one in some):,}"
    if len(some) > 1:
        return f"{sum(one.low for one in some):,} or more"
    return str(some[0]) if some else "0"


def week_in_words(counts: Sequence[ShownCount]) -> str:
    """Return the week's open exceptions in one sentence; the empty text where nothing is open."""
    if not counts:
        return ""
    how_many = in_all(row.open_now for row in counts)
    new, late = (sum(flags) for flags in ((row.has_new for row in counts), (row.has_late for row in counts)))
    parts = [
        f"{how_many[:1].upper()}{how_many[1:]} open, of {count(len(counts), 'kind')}",
        f"new ones of {count(new, 'kind')}" if new else "nothing new",
        f"late ones of {count(late, 'kind')}" if late else "",
    ]
    return "; ".join(part for part in parts if part) + "."
