"""The newest day on which each kind of row was written to a casebook, by the clock of the machine that wrote it."""

from datetime import date, datetime

from sqlalchemy import func, select

from warehouse.casebook.casebook import Casebook
from warehouse.casebook.deletion_tables import AGE_DELETIONS
from warehouse.casebook.people.desk_tables import ACCESS_LOG
from warehouse.casebook.tables import DECISIONS, QUERIES
from warehouse.casebook.times import in_utc

_WRITTEN = (DECISIONS.c.decided_at, ACCESS_LOG.c.at, QUERIES.c.asked_at, AGE_DELETIONS.c.made_at)


def newest_days(book: Casebook) -> frozenset[date]:
    """Return the newest day, in UTC, of this school's decisions, desk log, questions and deletions by age."""
    with book.engine.connect() as connection:
        times: list[datetime | None] = [
            connection.execute(select(func.max(at)).where(at.table.c.school == book.school)).scalar() for at in _WRITTEN
        ]
    return frozenset(in_utc(time).date() for time in times if time is not None)
