"""What leaves a flow says nothing that a person's row could have been quoted in."""

import json
import os
import signal
import traceback
from collections.abc import Iterator

import pytest

from flows.home.exit_codes import scrub_errors
from policies.errors import UserError


def broken(error: Exception) -> None:
    """Raise the error as one that came of another."""
    try:
        json.loads("Ann Example writes")
    except ValueError as cause:
        raise error from cause


@pytest.mark.parametrize("error", [UserError("Run again."), RuntimeError("Ann Example"), OSError("Ann Example")])
def test_an_error_leaves_alone_without_what_it_came_from(error: Exception) -> None:
    with pytest.raises(UserError) as caught, scrub_errors():
        broken(error)

    said = "".join(traceback.format_exception(caught.value))
    assert "Ann Example" not in said
    assert "JSONDecodeError" not in said


class ToldToEnd(BaseException):
    """What a handler of SIGTERM raises, as Prefect's does."""


@pytest.fixture
def _ends_when_told() -> Iterator[None]:
    def ends(*_: object) -> None:
        raise ToldToEnd

    before = signal.signal(signal.SIGTERM, ends)
    yield
    assert signal.signal(signal.SIGTERM, before) is ends


def told_in_the_midst_of_a_call() -> None:
    """Do as DuckDB does where what it calls back raises: make an error of its own of it."""
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except ToldToEnd:
        raise RuntimeError("Ann Example") from None


@pytest.mark.usefixtures("_ends_when_told")
def test_a_run_that_was_told_to_end_ends_for_that_whatever_a_library_made_of_it() -> None:
    with pytest.raises(ToldToEnd) as caught, scrub_errors(), scrub_errors():
        told_in_the_midst_of_a_call()

    assert "Ann Example" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.usefixtures("_ends_when_told")
def test_an_error_of_a_run_that_was_told_nothing_stays_an_error() -> None:
    with pytest.raises(UserError, match="RuntimeError"), scrub_errors():
        raise RuntimeError("Ann Example")
