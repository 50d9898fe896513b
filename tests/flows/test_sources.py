"""Which sources a run pulls, and in which order."""

from pathlib import Path
from typing import Any

import pytest

from flows.registers.sources import school_domains, source_names
from policies.school import Identity
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


@pytest.mark.parametrize(
    ("settings", "domains"),
    [
        ({"website": "https://www.ousterly.example/home"}, {"ousterly.example"}),
        ({"website": "https://www.ousterly.example", "email_domains": ("@Mail.example", "net.example")},
         {"mail.example", "net.example"}),
        ({}, set()),
    ],
    ids=["of the website", "as the settings say", "of nobody"],
)  # fmt: skip
def test_an_address_is_the_schools_at_the_domains_of_its_settings(settings: dict[str, Any], domains: set[str]) -> None:
    assert school_domains(Identity(id="ousterly-vale", name="Ousterly Vale", pack="own.toml", **settings)) == domains
