"""What leaves a flow says nothing that a person's row could have been quoted in."""

import json
import traceback

import pytest

from flows.nameless import nameless
from policies.errors import UserError


def broken(error: Exception) -> None:
    """Raise the error as one that came of another."""
    try:
        json.loads("Ann Example writes")
    except ValueError as cause:
        raise error from cause


@pytest.mark.parametrize("error", [UserError("Run again."), RuntimeError("Ann Example"), OSError("Ann Example")])
def test_an_error_leaves_alone_without_what_it_came_from(error: Exception) -> None:
    with pytest.raises(UserError) as caught, nameless():
        broken(error)

    said = "".join(traceback.format_exception(caught.value))
    assert "Ann Example" not in said
    assert "JSONDecodeError" not in said
