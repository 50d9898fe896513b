"""A population is declared once: it has a view of its form, and its subjects come from lists that there are."""

from policies.populations import POPULATIONS

FORM = ["platform", "account_id", "platform_count", "fetched", "judged", "is_whole", "why"]
LISTS = {"followers", "following", "posts", "comments", "mentions", "reposts", "likes"}
COLUMNS = """
select table_name, list(column_name order by column_index)
from duckdb_columns()
where schema_name = 'core' group by table_name
"""


def test_every_view_of_this_form_is_a_declared_population_and_every_population_has_one(db):
    views = {f"core.{name}" for name, columns in db.execute(COLUMNS).fetchall() if columns == FORM}

    assert views == set(POPULATIONS)


def test_the_subjects_of_every_population_come_from_lists_that_there_are(db):
    rows = db.sql("select population, subject, listing from core.populations").fetchall()

    assert {listing for _, _, listing in rows} == LISTS
    assert set(rows) == {(one.view, *subject) for one in POPULATIONS.values() for subject in one.subjects}
