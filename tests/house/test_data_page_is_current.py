"""docs/data.md says what the published views are."""

from pathlib import Path

from tests.house.pages.data_page import page
from tests.warehouse.conftest import db

__all__ = ["db"]

AGAIN = "Run: python -m tests.house.pages.data_page docs/data.md"
DOCS = Path(__file__).parents[2] / "docs"


def test_the_data_dictionary_is_what_the_views_make_it(db):
    assert (DOCS / "data.md").read_text(encoding="utf-8") == page(db), (
        "Run: python -m tests.house.pages.data_page docs/data.md"
    )


def test_every_published_table_is_one_that_readers_were_promised(db):
    made = page(db)

    for view in (
        "runs",
        "exceptions",
        "clauses",
        "coverage",
        "posts",
        "pictures",
        "followers",
        "following",
        "comments",
    ):
        assert f"## published.{view}\n" in made
