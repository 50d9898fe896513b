"""A walk's tally says when a list goes round in circles, and never calls a part of a list whole."""

import pytest

from connectors.ending import Tally, stopped_by
from connectors.errors import SourceError


def tally(**more: object) -> Tally:
    return Tally("x", "1", "followers", **more)  # type: ignore[arg-type]


def test_pages_that_bring_nobody_new_are_a_loop_unless_they_are_the_last() -> None:
    once = tally()
    once.fresh(["1", "2"], is_last=False)
    once.fresh(["2"], is_last=True)
    again = tally()
    again.fresh(["1", "2"], is_last=False)
    again.fresh(["2", "1"], is_last=False)

    assert not once.is_over()
    assert again.walked().stopped == "loop"
    assert not again.walked().is_whole


def test_a_few_empty_pages_are_no_loop_and_many_are() -> None:
    few, many = tally(), tally()
    for _ in range(20):
        few.fresh([], is_last=False)
    for _ in range(21):
        many.fresh([], is_last=False)

    assert not few.is_over()
    assert many.is_over()


def test_a_list_shorter_than_its_count_is_whole_only_where_that_is_usual() -> None:
    assert tally(platform_count=5, rows=4).walked().is_whole
    assert not tally(platform_count=5, rows=4, must_reach_count=True).walked().is_whole
    assert not tally(platform_count=None, rows=4, must_reach_count=True).walked().is_whole
    assert tally(platform_count=5, rows=5, must_reach_count=True).walked().is_whole


@pytest.mark.parametrize(
    ("rows", "count", "whole"),
    [(108, 108, True), (0, 108, False), (80, 108, False), (90, 108, True), (2, 6, True), (0, 1, False), (0, 0, True)],
)
def test_a_list_that_ends_far_below_the_count_is_never_whole(rows: int, count: int, *, whole: bool) -> None:
    assert tally(platform_count=count, rows=rows).walked().is_whole is whole


def test_a_walk_that_only_asked_for_what_is_new_is_not_whole() -> None:
    assert tally(is_sweep=False).walked().stopped == "known"
    assert not tally(is_sweep=False).walked().is_whole


def test_an_error_without_a_kind_counts_as_unavailable() -> None:
    assert stopped_by(SourceError("x")) == "unavailable"
