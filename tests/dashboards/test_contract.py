"""What the reports ask of the published copy is what the warehouse publishes, column by column and type by type."""

from tests.dashboards.copies import SCHEMA
from warehouse.store.build import build, models
from warehouse.store.migrate import migrate
from warehouse.store.open import engine

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


def test_a_published_view_names_each_of_its_columns():
    taking_all = {name for name, sql in models().items() if name.startswith("published.") and "select *" in sql}

    assert taking_all == set()
