"""Which sources a run pulls, and in which order."""

from pathlib import Path

import pytest

from flows.registers.sources import source_names
from tests.flows.test_live_accounts import ARCHIVE, BEARER, context

CHANNEL = {
    "platform": "youtube",
    "account_id": "UCousterlyvale0000000000",
    "handle": "School",
    "reads": "owned",
    "credential": "key",
}


@pytest.mark.parametrize(
    ("only", "pulled"),
    [
        (None, ("x_archive:100", "x", "youtube")),
        (frozenset({"x"}), ("x_archive:100", "x")),
        (frozenset({"youtube"}), ("youtube",)),
    ],
)
def test_a_run_of_one_platform_pulls_each_way_in_which_it_is_read_the_registers_and_the_pictures(
    tmp_path: Path, only: frozenset[str] | None, pulled: tuple[str, ...]
) -> None:
    here = context(tmp_path, [CHANNEL, BEARER | {"account_id": "101"}, ARCHIVE | {"account_id": "100"}])

    assert source_names(here, only) == ("registers", *pulled, "media")
