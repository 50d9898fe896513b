"""What each school has spent of every allowance: counted with each request, in the database that all schools share.

An allowance is what a platform counts together, such as YouTube's units of one project, under a digest of what it goes
by. Backups leave it out: whatever a school is put back to, what was asked of a platform stays asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    String,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from warehouse.casebook.rows import UtcTime
from warehouse.casebook.tables import numbered_table

SPENDING = numbered_table(
    "spending",
    Column("allowance", String(16), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("day", Date, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("units", Integer, nullable=False),
    Column("microdollars", BigInteger, nullable=False),
    Column("used_up_until", UtcTime),
    UniqueConstraint("school", "allowance", "day", name="one_sum_a_day"),
)
_MICRO = 1_000_000
_LONGEST = timedelta(hours=25)  # a platform's day: what is further off was told by a clock, or a platform, that erred


@dataclass(frozen=True, slots=True)
class AllowanceDay:
    """One allowance on one of its platform's days."""

    allowance: str
    platform: str
    day: date


@dataclass(frozen=True, slots=True)
class Spent:
    """What one school has spent of an allowance on one day: requests, quota units and US dollars.

    `used_up_until` is when the platform said that more may be asked; None where it has not refused.
    """

    school: str
    allowance: str
    platform: str
    day: date
    requests: int
    units: int
    usd: Decimal
    used_up_until: datetime | None

    def holds_at(self, now: datetime) -> bool:
        """Say whether nobody need ask by this allowance now."""
        return self.used_up_until is not None and now < self.used_up_until <= now + _LONGEST


def add_spent(connection: Connection, school: str, of: AllowanceDay, usd: Decimal, units: int) -> None:
    """Add one request and what was due for it."""
    requests, spent = SPENDING.c.requests + 1, SPENDING.c.microdollars + int(usd * _MICRO)
    _change(connection, school, of, requests=requests, units=SPENDING.c.units + units, microdollars=spent)


def note_used_up(engine: Engine, school: str, of: AllowanceDay, until: datetime) -> None:
    """Write down until when a platform refuses whoever asks by this allowance."""
    with engine.begin() as connection:
        _change(connection, school, of, used_up_until=until)


def _change(connection: Connection, school: str, of: AllowanceDay, **values: object) -> None:
    mine = (SPENDING.c.school == school, SPENDING.c.allowance == of.allowance, SPENDING.c.day == of.day)
    if connection.execute(select(SPENDING.c.number).where(*mine)).first() is None:
        row = {"school": school, "allowance": of.allowance, "platform": of.platform, "day": of.day}
        connection.execute(insert(SPENDING).values(**row, requests=0, units=0, microdollars=0))
    connection.execute(update(SPENDING).where(*mine).values(**values))


def spent_since(engine: Engine, day: date) -> Sequence[Spent]:
    """Return what every school has spent on this day and later."""
    columns = (column for column in SPENDING.c if column.name != "number")
    query = select(*columns).where(SPENDING.c.day >= day).order_by(SPENDING.c.day, SPENDING.c.school)
    with engine.connect() as connection:
        rows = [row._asdict() for row in connection.execute(query)]
    return [Spent(usd=Decimal(row.pop("microdollars")) / _MICRO, **row) for row in rows]


def usd_since(engine: Engine, day: date, *, school: str | None = None, allowance: str | None = None) -> Decimal:
    """Return the US dollars spent on this day and later: by a school or by all, of an allowance or of all."""
    query = select(func.sum(SPENDING.c.microdollars)).where(SPENDING.c.day >= day)
    query = query if school is None else query.where(SPENDING.c.school == school)
    query = query if allowance is None else query.where(SPENDING.c.allowance == allowance)
    with engine.connect() as connection:
        return Decimal(connection.execute(query).scalar() or 0) / _MICRO


def used_up_until(engine: Engine, allowance: str, now: datetime) -> datetime | None:
    """Return until when nobody need ask by this allowance, whichever school met the refusal; None where one may."""
    query = select(func.max(SPENDING.c.used_up_until)).where(
        SPENDING.c.allowance == allowance, SPENDING.c.used_up_until > now, SPENDING.c.used_up_until <= now + _LONGEST
    )
    with engine.connect() as connection:
        until: datetime | None = connection.execute(query).scalar()
    return until
