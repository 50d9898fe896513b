"""What counts as one allowance: YouTube's project and not its client, X's app; and never a key itself."""

import pytest

from flows.home.allowances import allowances_of
from flows.home.settings import Settings

CLIENT = 'client_id = "{}-{}.apps.googleusercontent.com"\nclient_secret = "s"\nrefresh_token = "r{}"'
OWN = 'consumer_key = "{}"\nconsumer_secret = "s"\naccess_token = "{}"\naccess_secret = "s"'


def only(home, school, platform, block, reads="owned"):
    """Write a school with one account and its credential, and return its allowance."""
    number = "UC" + "x" * 22 if platform == "youtube" else "7"
    (home / school).mkdir(mode=0o700)
    (home / school / "school.toml").write_text(
        f'[school]\nid = "{school}"\nname = "{school}"\npack = "corbets-tey-2022"\n[[account]]\nhandle = "h"\n'
        f'platform = "{platform}"\naccount_id = "{number}"\ncredential = "c"\nreads = "{reads}"\n'
    )
    (home / school / "credentials.toml").touch(mode=0o600)
    (home / school / "credentials.toml").write_text(f"[c]\n{block}\n")
    [allowance] = allowances_of(Settings(home), school)
    return allowance


@pytest.mark.parametrize(
    ("platform", "one", "other", "share_it", "take_turns"),
    [
        ("youtube", CLIENT.format(1234567890, "a", 1), CLIENT.format(1234567890, "b", 2), True, False),
        ("youtube", CLIENT.format(1234567890, "a", 1), CLIENT.format(1234567891, "a", 1), False, False),
        ("youtube", 'access_token = "t"', 'access_token = "t"', True, False),
        ("x", OWN.format("app", "a"), OWN.format("app", "b"), True, False),
        ("x", OWN.format("app", "a"), OWN.format("other", "b"), False, False),
        ("x", 'bearer = "b"', 'bearer = "b"', True, True),
        ("x", 'client_id = "c"', 'client_id = "c"', True, False),
    ],
    ids=[
        "two clients of a project",
        "two projects",
        "a token",
        "one app, two users",
        "two apps",
        "a bearer",
        "consent",
    ],
)
def test_who_shares_an_allowance_and_who_takes_turns(tmp_path, platform, one, other, share_it, take_turns):
    reads = "bearer" if one.startswith("bearer") else "owned"

    first, second = (only(tmp_path, f"s-{n}", platform, block, reads) for n, block in enumerate((one, other)))

    assert (first.digest == second.digest) == share_it
    assert (first.turn is not None and first.turn == second.turn) == take_turns
    assert len(first.digest) == 16
    assert "1234567890" not in repr(first)


def test_a_school_whose_files_cannot_be_read_has_none(tmp_path):
    assert allowances_of(Settings(tmp_path), "nobody") == ()
