"""Which columns there are in warehouse and casebook, as this program makes them; no school's file is opened."""

from contextlib import closing
from functools import cache

from warehouse.casebook.people import desk_tables  # noqa: F401 - its tables are the casebook's too
from warehouse.casebook.tables import TABLES
from warehouse.store.build import build
from warehouse.store.migrate import migrate
from warehouse.store.open import engine

_COLUMNS = (
    "select schema_name || '.' || table_name, column_name from duckdb_columns() "
    "where database_name = current_database() and not internal order by 1, column_index"
)


@cache
def every_column() -> tuple[tuple[str, str], ...]:
    """Return (table, column) of everything that is kept or shown: `raw.posts`, `published.runs`, `casebook.decisions`.

    It makes an empty warehouse in memory, which takes a second.
    """
    with closing(engine()) as db:
        db.execute("attach ':memory:' as kept")
        db.execute("use kept")
        migrate(db)
        build(db)
        rows = [(str(table), str(column)) for table, column in db.execute(_COLUMNS).fetchall()]
    casebook = [(f"casebook.{table.name}", column.name) for table in TABLES.sorted_tables for column in table.columns]
    return (*rows, *casebook)
