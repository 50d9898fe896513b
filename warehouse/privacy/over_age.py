"""Which rows of the casebook are over their clock: their numbers, by table and clock. Nothing is deleted here."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, func, not_, or_, select

from policies.retention import RetentionSchedule
from warehouse.casebook.challenges import challenged_cases
from warehouse.casebook.people.desk_secrets import KEPT
from warehouse.casebook.people.desk_tables import ACCESS_LOG, INVITATIONS, PEOPLE, SESSIONS
from warehouse.casebook.rows import clock_of_table, desk_people, numbered_rows, texts
from warehouse.casebook.tables import (
    ACCEPTANCES,
    ATTESTATIONS,
    CHALLENGES,
    DECISIONS,
    HOLDS,
    LABELS,
    QUERIES,
    QUERY_ANSWERS,
    REGISTER_CHANGES,
    REQUESTS,
    TABLES,
)
from warehouse.privacy.subject_patterns import SubjectMatcher

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasebookDay:
    """As of which day rows go, by which schedule; `known` are the cases that the warehouse still knows.

    `held` knows whom a hold is on, and their cases; None where there is no hold.
    """

    today: date
    schedule: RetentionSchedule
    known: Collection[str]
    held: SubjectMatcher | None = None

    def before(self, days: int) -> datetime:
        """Return the beginning, in UTC, of the day so many days before."""
        return datetime.combine(self.today - timedelta(days=days), time(), UTC)


# In the order in which they go: what names a person of the desk goes before the person.
CLOCKS_OF_TABLES: Mapping[Table, str] = MappingProxyType(
    {
        table: clock_of_table(table)
        for table in sorted(TABLES.sorted_tables, key=lambda table: table is PEOPLE)
        if clock_of_table(table) not in {"for_good", "no_person"}
    }
)


# Of these the rows go from the beginning on, up to the first that is held or not over its clock: a chain has one end.
CHAINED = (ACCESS_LOG, QUERIES, QUERY_ANSWERS)


def over_age(connection: Connection, school: str, day: CasebookDay) -> dict[Table, list[int | str]]:
    """Return the keys of the rows of each table that are over their clock: numbers, and of invitations their hash."""
    found: dict[Table, list[int | str]] = {}
    kept_cases = {*day.known, *challenged_cases(connection, school)}
    for table, conditions in _conditions(day).items():
        rows = connection.execute(select(table).where(table.c.school == school, *conditions)).all()
        kept = kept_cases if "fingerprint" in table.c else set()
        if table in {DECISIONS, CHALLENGES}:  # of a case all rows go together
            not_over = select(table.c.fingerprint).where(table.c.school == school, not_(and_(*conditions)))
            kept = kept.union(connection.execute(not_over).scalars())
        found[table] = [
            row[0] for row in rows if not (kept and row.fingerprint in kept) and not _is_held(table, row, day.held)
        ]
    asked, looked = day.before(day.schedule.questions), day.before(day.schedule.access_log)

    def oldest(chain: Table, is_over: Callable[[Row[Any]], bool]) -> list[int | str]:
        """Return the rows from a chain's beginning that are over their clock, up to the first that is not."""
        rows = numbered_rows(connection, chain, school)
        return [row.number for row in takewhile(lambda row: is_over(row) and not _is_held(chain, row, day.held), rows)]

    found[ACCESS_LOG] = oldest(ACCESS_LOG, lambda row: row.at < looked)
    found[QUERIES] = oldest(QUERIES, lambda row: row.asked_at < asked)
    still = {row.number for row in numbered_rows(connection, QUERIES, school)} - set(found[QUERIES])
    found[QUERY_ANSWERS] = oldest(QUERY_ANSWERS, lambda row: row.question not in still)
    found[PEOPLE] = _removed_people(connection, school, day, found)
    return found


def _is_held(table: Table, row: Row[Any], held: SubjectMatcher | None) -> bool:
    """Say whether a row names whom a hold is on."""
    if held is None:
        return False
    of = getattr(row, "platform", None)
    return any(held.names(getattr(row, column.name), column.name, of) for column in texts(table))


def _conditions(day: CasebookDay) -> dict[Table, tuple[Condition, ...]]:
    """Return when a row of each table goes, but for the chains and the people."""
    schedule, today = day.schedule, day.today
    cases, records, kept = day.before(schedule.cases), day.before(schedule.records), day.before(KEPT.days)
    return {
        DECISIONS: (DECISIONS.c.decided_at < cases, or_(DECISIONS.c.until.is_(None), DECISIONS.c.until < today)),
        CHALLENGES: (CHALLENGES.c.made_at < cases,),
        LABELS: (LABELS.c.labelled_at < cases,),
        ATTESTATIONS: (ATTESTATIONS.c.until < records.date(),),
        ACCEPTANCES: (ACCEPTANCES.c.accepted_at < records,),
        HOLDS: (HOLDS.c.until < records.date(),),
        REGISTER_CHANGES: (REGISTER_CHANGES.c.made_at < records,),
        REQUESTS: (REQUESTS.c.made_at < records, _OF_REQUEST.not_in(_newer_requests(records))),
        SESSIONS: (SESSIONS.c.begun_at < kept,),
        INVITATIONS: (INVITATIONS.c.until < kept,),
    }


_OF_REQUEST = func.coalesce(REQUESTS.c.of_request, REQUESTS.c.number)


def _newer_requests(records: datetime) -> Select[tuple[int]]:
    """Return the requests about which something was done since: all their rows stay together."""
    return select(_OF_REQUEST).where(REQUESTS.c.made_at >= records)


def _removed_people(
    connection: Connection, school: str, day: CasebookDay, going: Mapping[Table, Collection[int | str]]
) -> list[int | str]:
    """Return who may no longer use the desk, came long ago, and is named by no row that is kept."""
    named: set[int] = set()
    for person in (column for each in TABLES.sorted_tables for column in desk_people(each)):
        table = person.table
        [key] = table.primary_key.columns
        gone = set(going.get(table, ()))
        rows = connection.execute(select(key, person).where(table.c.school == school)).all()
        named |= {number for row_key, number in rows if row_key not in gone}
    long_ago = day.before(day.schedule.access_log)
    removed = select(PEOPLE.c.number).where(
        PEOPLE.c.school == school, PEOPLE.c.is_active.is_(False), PEOPLE.c.made_at < long_ago
    )
    return [number for number in connection.execute(removed).scalars() if number not in named]
