"""A listing's progress says when a list goes round in circles, and never calls a part of a list whole."""

import pytest

from connectors.errors import SourceError
from connectors.progress import Progress


def progress(**more: object) -> Progress:
    return Progress("x", "1", "followers", **more)  # type: ignore[arg-type]


def test_pages_that_bring_nobody_new_are_a_loop_unless_they_are_the_last() -> None:
    once = progress()
    once.fresh(["1", "2"], is_last=False)
    once.fresh(["2"], is_last=True)
    again = progress()
    again.fresh(["1", "2"], is_last=False)
    again.fresh(["2", "1"], is_last=False)

    assert not once.is_over()
    assert again.listing_end().stopped == "loop"
    assert not again.listing_end().is_whole


def test_a_few_empty_pages_are_no_loop_and_many_are() -> None:
    few, many = progress(), progress()
    for _ in range(20):
        few.fresh([], is_last=False)
    for _ in range(21):
        many.fresh([], is_last=False)

    assert not few.is_over()
    assert many.is_over()


@pytest.mark.parametrize(
    ("rows", "count", "stopped"),
    [(108, 108, "end"), (107, 108, "short"), (0, 108, "short"), (0, 1, "short"), (0, 0, "end"), (109, 108, "end")],
)
def test_a_list_that_ends_below_the_count_is_short_by_whatever_little(rows: int, count: int, stopped: str) -> None:
    listing_end = progress(platform_count=count, rows=rows).listing_end()

    assert (listing_end.is_whole, listing_end.stopped) == (stopped == "end", stopped)


@pytest.mark.parametrize(
    ("rows", "count", "stopped"),
    [
        *((100, 100, "end"), (75, 100, "short"), (74, 100, "far_short")),
        *((5, 10, "short"), (4, 10, "far_short"), (0, 5, "short"), (0, 6, "far_short"), (355, 400, "short")),
    ],
)
def test_a_list_of_all_whom_the_platform_counts_broke_off_where_more_than_a_few_are_missing(
    rows: int, count: int, stopped: str
) -> None:
    listed, not_all = ({"platform_count": count, "rows": rows, "is_all_listed": is_all} for is_all in (True, False))

    assert progress(**listed).listing_end().stopped == stopped
    assert progress(**not_all).listing_end().stopped == stopped.removeprefix("far_")


def test_who_is_called_suspended_is_not_missing_from_a_list_that_is_far_short() -> None:
    named = progress(platform_count=100, rows=70, suspended={f"s{n}" for n in range(11)}, is_all_listed=True)
    newest = progress(platform_count=100, rows=5, is_all_listed=True, is_full_sync=False)

    assert (named.listing_end().stopped, newest.listing_end().stopped) == ("short", "known")


def test_accounts_that_the_platform_calls_suspended_explain_what_is_missing_and_no_more() -> None:
    explained = progress(platform_count=5, rows=3, suspended={"8", "9"})
    not_quite = progress(platform_count=6, rows=3, suspended={"8", "9"})
    in_the_list = progress(platform_count=5, rows=3, suspended={"8", "9"}, seen={"9"})

    assert [each.listing_end().is_whole for each in (explained, not_quite, in_the_list)] == [True, False, False]


def test_what_the_count_leaves_out_does_not_make_up_for_what_the_list_lacks() -> None:
    assert progress(platform_count=5, rows=9, counted=5).listing_end().is_whole
    assert progress(platform_count=5, rows=9, counted=4).listing_end().stopped == "short"


def test_a_list_that_lacks_what_still_stands_is_short_whatever_its_count() -> None:
    assert progress(platform_count=5, rows=5, lacks=1).listing_end().stopped == "short"
    assert progress(platform_count=None, rows=5, lacks=1).listing_end().stopped == "short"


def test_without_a_count_everybody_seen_earlier_must_be_answered_for() -> None:
    assert progress(platform_count=None, rows=5).listing_end().is_whole
    assert progress(platform_count=None, rows=5, unproved=1).listing_end().stopped == "short"
    assert progress(platform_count=5, rows=5, unproved=1).listing_end().is_whole


def test_where_the_count_is_the_only_measure_a_list_without_one_is_not_whole() -> None:
    assert not progress(platform_count=None, rows=4, must_reach_count=True).listing_end().is_whole
    assert progress(platform_count=4, rows=4, must_reach_count=True).listing_end().is_whole


def test_a_listing_that_only_asked_for_what_is_new_is_not_whole() -> None:
    assert progress(is_full_sync=False).listing_end().stopped == "known"
    assert not progress(is_full_sync=False).listing_end().is_whole


def test_an_error_without_a_kind_counts_as_unavailable() -> None:
    assert SourceError("x").kind == "unavailable"
