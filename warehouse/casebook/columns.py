"""What the catalogue says of the casebook's columns: which may name somebody, and which say who of the desk did it."""

from sqlalchemy import Column, Integer, String, Table

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


def desk_person(table: Table) -> Column[int] | None:
    """Return the column that holds the number of whoever of the desk did what the row says, if there is one."""
    return next((c for c in table.columns if is_of_whoever_did_it(c) and isinstance(c.type, Integer)), None)


def clock_of_table(table: Table) -> str:
    """Return the clock that ends the rows of a table."""
    return clock_of(f"casebook.{table.name}")
