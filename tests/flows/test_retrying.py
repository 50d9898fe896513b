"""A pull is tried again where a later try may bring more: after a wait that grows, or when the source said so."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceThrottled, SourceUnavailable
from flows.home.settings import RetryPolicy, Settings
from flows.home.store import retrying

NOW = datetime(2026, 11, 2, 6, tzinfo=UTC)


def waits(error: SourceError, policy: RetryPolicy) -> list[float]:
    """Return the seconds waited before each further try of a pull that this error ends every time."""
    slept: list[float] = []
    settings = Settings(home=Path(), retry_policy=policy, clock=lambda: NOW, sleep=slept.append)
    with pytest.raises(type(error)):
        retrying(settings)(always(error))
    return slept


def always(error: SourceError) -> Callable[[], None]:
    def once() -> None:
        raise error

    return once


def test_each_wait_is_twice_as_long_as_the_one_before_and_a_little_more() -> None:
    slept = waits(SourceUnavailable("X did not answer."), RetryPolicy(tries=5, first_wait=2.0))

    assert len(slept) == 4
    assert [least <= seconds <= least + 1 for least, seconds in zip((2, 4, 8, 16), slept, strict=True)] == [True] * 4


def test_a_source_that_says_when_to_come_back_is_asked_then_and_not_before() -> None:
    throttled = SourceThrottled("X answered with status 429.", retry_at=NOW + timedelta(seconds=900))

    [seconds] = waits(throttled, RetryPolicy(tries=2, first_wait=2.0))

    assert 900 <= seconds <= 901


def test_a_source_that_does_not_say_when_is_asked_after_a_wait_that_grows() -> None:
    slept = waits(SourceThrottled("YouTube answered with status 429.", retry_at=None), RetryPolicy(tries=3))

    assert slept[0] >= 2
    assert slept[1] >= 4


def test_nothing_is_tried_again_that_would_begin_after_the_time_that_a_pull_may_take() -> None:
    policy = RetryPolicy(tries=5, first_wait=2.0, max_seconds=10.0)
    late = SourceThrottled("X answered with status 429.", retry_at=NOW + timedelta(seconds=11))

    assert waits(late, policy) == []
    assert len(waits(SourceUnavailable("X did not answer."), policy)) == 3


@pytest.mark.parametrize("error", [SourceChanged("?"), SourceRefused("?", reason="forbidden")])
def test_what_another_try_cannot_cure_is_not_tried_again(error: SourceError) -> None:
    assert waits(error, RetryPolicy()) == []
