"""How rows of the casebook are read: their times, and what the catalogue says of their columns."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, DateTime, Dialect, Engine, Integer, Row, String, Table, TypeDecorator, select

from warehouse.catalogue.identities import identities_of
from warehouse.catalogue.tags import clock_of, tag_of


def texts(table: Table) -> tuple[Column[str], ...]:
    """Return the columns of a table that may name somebody: its texts, but for hashes and the like."""
    return tuple(column for column in table.columns if isinstance(column.type, String) and not is_key(column))


def is_key(column: Column[object]) -> bool:
    """Say whether a column has only what the program knows a row by."""
    return bool(column.primary_key) or tag_of(f"casebook.{column.table.name}", column.name).category == "key"


def is_of_whoever_did_it(column: Column[object]) -> bool:
    """Say whether a column says who of the desk did something: the others are told the role alone."""
    return "desk_person" in identities_of(column.name)


def desk_people(table: Table) -> tuple[Column[int], ...]:
    """Return the columns that hold numbers of people of the desk: who did what the row says, or for whom it is."""
    return tuple(c for c in table.columns if is_of_whoever_did_it(c) and isinstance(c.type, Integer))


def clock_of_table(table: Table) -> str:
    """Return the clock that ends the rows of a table."""
    return clock_of(f"casebook.{table.name}")


Kind = TypeVar("Kind")


class UtcTime(TypeDecorator[datetime]):
    """A time with its zone: written in UTC, which SQLite gives back without saying so."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def numbered_rows(connection: Connection, table: Table, school: str) -> Sequence[Row[Any]]:
    """Return this school's rows of a numbered table, the oldest first."""
    return connection.execute(select(table).where(table.c.school == school).order_by(table.c.number)).all()


def all_rows(engine: Engine, table: Table, school: str) -> Sequence[Row[Any]]:
    """Return the same by a connection of its own."""
    with engine.connect() as connection:
        return numbered_rows(connection, table, school)


def record_of(kind: type[Kind], row: Row[Any], /, **others: object) -> Kind:
    """Return what a row says: each field of the record from the column of its name, but for the others."""
    names = [field.name for field in fields(kind) if field.name not in others]  # type: ignore[arg-type]
    return kind(**{name: getattr(row, name) for name in names}, **others)
