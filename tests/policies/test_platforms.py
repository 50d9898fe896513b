"""A platform is one record: its addresses, what it has, and that nobody can add one and leave it unhandled."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policies.platforms.registry import EVERY_PLATFORM, PLATFORMS, UnknownPlatformError, platform_of, platforms_with

ROOT = Path(__file__).parents[2]


def test_an_unknown_platform_is_an_error_that_names_those_that_there_are():
    with pytest.raises(UnknownPlatformError, match=f"no platform 'larkspur'; there are: {', '.join(PLATFORMS)}"):
        platform_of("larkspur")


def test_the_addresses_are_the_platforms_own():
    assert platform_of("x").post_link("1") == "https://x.com/i/status/1"
    assert platform_of("youtube").account_link("UC1") == "https://www.youtube.com/channel/UC1"


def test_a_check_may_ask_for_the_platforms_that_have_a_list_or_feature():
    assert platforms_with("posts") == EVERY_PLATFORM
    assert platforms_with("following") == ("x",)
    assert platforms_with("audience_settings") == ("youtube",)


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=EVERY_PLATFORM)
def test_every_address_is_on_a_host_that_may_be_followed(platform):
    addresses = platform.addresses
    made = (addresses.post, addresses.actor, addresses.account, addresses.comment, addresses.channel_comment)

    assert {address.split("/")[2] for address in made} <= platform.web_hosts


def test_nothing_runs_with_a_platform_that_has_no_record(tmp_path):
    for name in ("__init__.py", "toml_text.py"):
        (tmp_path / "policies").mkdir(exist_ok=True)
        shutil.copy(ROOT / "policies" / name, tmp_path / "policies")
    shutil.copytree(ROOT / "policies" / "platforms", tmp_path / "policies" / "platforms")
    record = tmp_path / "policies" / "platforms" / "record.py"
    text = record.read_text()
    record.write_text(text.replace("PlatformId = Literal[", 'PlatformId = Literal["larkspur", '))

    started = subprocess.run(
        [sys.executable, "-c", "import policies.platforms.registry"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert text != record.read_text()
    assert started.returncode
    assert "larkspur.toml" in started.stderr
