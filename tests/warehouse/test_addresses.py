"""The addresses of the core views, made of the platforms' records; a platform without a record has none."""

from dataclasses import replace

import duckdb
import pytest

from policies.platforms.registry import PLATFORMS
from tests.warehouse.rows import follow, listing_end, post
from warehouse.store.build import build, is_built, macros
from warehouse.store.load import load

LINKS = """
select core.post_link(platform, 'p'), core.actor_link(platform, 'a'), core.account_link(platform, 'o'),
    core.comment_link(platform, 'o', 'p', 'c'), core.comment_link(platform, 'o', null, 'c'),
    core.platform_name(platform), core.platform_has(platform, 'videos')
from (values ($platform)) as asked (platform)
"""
MADE = {
    "x": (
        *("https://x.com/i/status/p", "https://x.com/i/user/a", "https://x.com/i/user/o"),
        *("https://x.com/i/status/c", "https://x.com/i/status/c", "X", False),
    ),
    "youtube": (
        *("https://www.youtube.com/watch?v=p", "https://www.youtube.com/channel/a"),
        *("https://www.youtube.com/channel/o", "https://www.youtube.com/watch?v=p&lc=c"),
        *("https://www.youtube.com/channel/o", "YouTube", True),
    ),
    "larkspur": (None,) * 7,
}


@pytest.mark.parametrize("platform", MADE)
def test_each_platform_has_its_own_addresses_and_an_unknown_one_none(db, platform):
    assert db.execute(LINKS, {"platform": platform}).fetchall() == [MADE[platform]]


def test_what_stands_on_a_platform_without_a_record_has_no_link(db, week):
    records = [post("p1"), post("p2", platform="larkspur"), follow("a1"), follow("a2", platform="larkspur")]
    lists = [listing_end(name, platform=platform) for name in ("posts", "followers") for platform in ("x", "larkspur")]
    load(db, run_id=week("2026-11-02"), source="x", records=[*records, *lists])

    posts = dict(db.execute("select post_id, link from core.posts").fetchall())
    followers = dict(db.execute("select actor_id, link from core.followers").fetchall())

    assert posts == {"p1": "https://x.com/i/status/p1", "p2": None}
    assert followers == {"a1": "https://x.com/i/user/a1", "a2": None}


def test_a_quote_in_a_record_stays_a_quote():
    addresses = replace(PLATFORMS["x"].addresses, post="https://o'x/{post_id}")
    quoted = replace(PLATFORMS["x"], name="O'X", addresses=addresses)
    db = duckdb.connect()
    db.execute("create schema core")
    for statement in macros([quoted]):
        db.execute(statement)

    assert db.sql("select core.platform_name('x'), core.post_link('x', '1')").fetchall() == [("O'X", "https://o'x/1")]


def test_views_of_another_program_are_known_and_built_anew(db):
    assert is_built(db)

    db.execute("update main.models set sha256 = 'another'")
    assert not is_built(db)
    build(db)

    assert is_built(db)
