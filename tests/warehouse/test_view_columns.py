"""What the views of coverage have in common."""

import pytest

from policies.populations import POPULATIONS

SEVEN = ["platform", "account_id", "platform_count", "fetched", "judged", "is_whole", "why"]


@pytest.mark.parametrize("view", POPULATIONS)
def test_every_population_says_what_was_seen_of_it_in_the_same_seven_columns(db, view):
    assert [column for column, *_ in db.sql(f"select * from {view}").description] == SEVEN
