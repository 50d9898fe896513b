"""What the reports ask of the published copy is what the warehouse publishes, column by column and type by type."""

from tests.dashboards.copies import SCHEMA
from warehouse.build import build
from warehouse.migrate import migrate
from warehouse.open import engine

COLUMNS = """
    select table_name || '.' || column_name || ' ' || data_type
    from duckdb_columns()
    where schema_name = 'published' and not internal
"""


def test_every_column_of_the_drawn_copies_is_published_by_the_warehouse() -> None:
    warehouse = engine()
    migrate(warehouse)
    build(warehouse)
    drawn = engine()
    drawn.execute(SCHEMA)

    missing = set(drawn.execute(COLUMNS).fetchall()) - set(warehouse.execute(COLUMNS).fetchall())

    assert missing == set()
