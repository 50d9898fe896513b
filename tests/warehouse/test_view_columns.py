"""What the views of coverage have in common, and that no view of readers takes another's columns unseen."""

import pytest

from policies.populations import POPULATIONS
from warehouse.store.build import models

SEVEN = ["platform", "account_id", "platform_count", "fetched", "judged", "is_whole", "why"]


@pytest.mark.parametrize("view", POPULATIONS)
def test_every_population_says_what_was_seen_of_it_in_the_same_seven_columns(db, view):
    assert [column for column, *_ in db.sql(f"select * from {view}").description] == SEVEN


def test_a_published_view_names_each_of_its_columns():
    taking_all = {name for name, sql in models().items() if name.startswith("published.") and "select *" in sql}

    assert taking_all == set()
