"""The size of a page is a price: as large as the list and no larger, and small where the list may stop early."""

import pytest

from connectors.x.cost import PRICES, charged_once_a_day, follow_page_size


@pytest.mark.parametrize(
    ("count", "size"), [(None, 100), (0, 100), (99, 100), (100, 200), (101, 200), (899, 900), (900, 1000), (5000, 1000)]
)
def test_a_page_of_a_whole_list_has_room_for_one_more_than_the_platform_counts(count: int | None, size: int) -> None:
    assert follow_page_size(count, stops_early=False) == size


@pytest.mark.parametrize("count", [None, 99, 5000])
def test_a_page_of_a_list_that_may_stop_early_is_small(count: int | None) -> None:
    assert follow_page_size(count, stops_early=True) == 100


def test_each_thing_is_charged_by_its_kind_whichever_list_names_it() -> None:
    of_users = {name for name, price in PRICES.items() if price.returns == "user"}
    of_posts = {name for name, price in PRICES.items() if price.returns == "post"}

    assert of_users | of_posts == PRICES.keys()
    assert of_users == {name for name in PRICES if name.endswith(("/followers", "/following", "/me", "/users"))}
    assert charged_once_a_day("GET /2/users/{id}/mentions", ["7", "7", "8"]) == ("x/post/7", "x/post/8")
