"""Moods come in the order and at the paths that a test sets."""

import pytest

from tests.demo.small import SCHOOL, ask_x
from tests.simulated.moods import KINDS, after, lasting, mood
from tests.simulated.serve import Servers

FOLLOWERS = f"/2/users/{SCHOOL}/followers"


def test_moods_come_in_order_and_only_where_they_are_set(servers: Servers) -> None:
    servers.moods.set("x", FOLLOWERS, ["ok", "503", "ok", "500"])

    assert ask_x(servers, "/2/users/me").status_code == 200
    assert [ask_x(servers).status_code for _ in range(6)] == [200, 503, 200, 500, 200, 200]


def test_after_lets_so_many_requests_through_first(servers: Servers) -> None:
    servers.moods.set("x", "/2/users", after(2, "402"))

    assert [ask_x(servers).status_code for _ in range(4)] == [200, 200, 402, 200]


def test_the_longest_prefix_wins_until_its_moods_are_used_up(servers: Servers) -> None:
    servers.moods.set("x", "/2/", ["500", "500"])
    servers.moods.set("x", FOLLOWERS, ["503"])

    assert [ask_x(servers).status_code for _ in range(4)] == [503, 500, 500, 200]


def test_setting_no_moods_makes_all_well(servers: Servers) -> None:
    servers.moods.set("x", "/2/", [lasting("500")])
    servers.moods.set("x", "/2/", [])

    assert ask_x(servers).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_every_mood_has_a_name(kind: str) -> None:
    assert mood(kind).kind == kind
    assert mood(kind).lasts == (kind == "repeat_token")


def test_an_unknown_mood_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="Choose one of: ok, 429"):
        mood("grumpy")
