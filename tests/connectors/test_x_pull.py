"""A pull of X tells everything the official account shows, in either spelling, and pays no more than it must."""

from collections import Counter
from decimal import Decimal

import pytest

from connectors.errors import SourceRefused
from connectors.records import Comment, Follow, Like, ListingEnd, Medium, Post, Profile, Repost, Unavailable
from connectors.source import Account, EarlierRuns, Endpoints
from connectors.x.client import XCredentials
from connectors.x.pull import XSource
from demo.model import XPost
from tests.connectors.memory import MemoryStore
from tests.connectors.pulling import listings
from tests.connectors.town import BEARER, NOW, SCHOOL, SIGNING, now, town, x_source


@pytest.mark.parametrize("spelling", ["2.166", "2.167"])
@pytest.mark.parametrize("reads", ["owned", "bearer"])
def test_everything_the_account_shows_is_told_in_either_spelling(spelling: str, reads: str) -> None:
    with town(followers=5) as servers:
        servers.x_api_version = spelling
        records = list(x_source(servers, reads=reads).pull(MemoryStore()))

    is_owned = reads == "owned"
    assert Counter(type(record) for record in records if not isinstance(record, Like)) == {
        Profile: 7,
        Follow: 6,
        Post: 4,
        Medium: 1,
        Comment: 2,
        Repost: 1,
        ListingEnd: 7,
    }
    assert sum(isinstance(record, Like) for record in records) == int(is_owned)
    assert listings(records) == {
        "posts": (4, 4, True, "end"),
        "followers": (5, 5, True, "end"),
        "following": (1, 1, True, "end"),
        "mentions": (1, None, True, "end"),
        "reposts": (1, 1, True, "end"),
        "comments": (1, 1, True, "end"),
        "likes": (1, 1, True, "end") if is_owned else (0, 1, False, "forbidden"),
    }


def test_posts_keep_their_kind_their_first_version_and_their_whole_text() -> None:
    with town() as servers:
        posts = {r.post_id: r for r in x_source(servers).pull(MemoryStore()) if isinstance(r, Post)}

    assert {key: post.kind for key, post in posts.items()} == {
        "104": "post",
        "102": "reply",
        "101": "repost",
        "100": "post",
    }
    assert posts["104"].first_version_id == "103"
    assert posts["104"].text == "Sports day " + "x" * 300
    assert posts["101"].text == "A very long listing"
    assert (posts["102"].refers_to_post_id, posts["102"].in_reply_to_actor_id) == ("90", "9001")


def test_comments_say_what_they_are_about() -> None:
    with town() as servers:
        found = [r for r in x_source(servers).pull(MemoryStore()) if isinstance(r, Comment)]

    assert [(c.comment_id, c.kind, c.post_id, c.parent_id, c.actor_id) for c in found] == [
        ("90", "reply", "100", "100", "9001"),
        ("105", "quote", "104", None, "9001"),
    ]


@pytest.mark.parametrize(("reads", "followers"), [("owned", 1250), ("bearer", 250)])
def test_the_ledger_agrees_with_the_platforms_own_meter(reads: str, followers: int) -> None:
    with town(followers) as servers:
        store = MemoryStore()
        records = list(x_source(servers, reads=reads).pull(store))

        assert listings(records)["followers"] == (followers, followers, True, "end")
        assert len(store.every_page) == len([r for r in servers.meter.requests if r.is_page])
        assert store.usd == servers.meter.usd > 0


def test_a_full_sync_asks_for_large_pages_and_an_early_stop_for_small_ones() -> None:
    known = EarlierRuns(follower_ids=frozenset(str(8000 + n) for n in range(1200)), full_sync_due=False)
    with town(1200) as servers:
        whole, early = MemoryStore(), MemoryStore()
        list(x_source(servers).pull(whole))
        records = list(x_source(servers, reads="bearer", known=known).pull(early))

    assert [page.cost.resources for page in whole.pages[f"followers:{SCHOOL}"]] == [1000, 200]
    assert [page.cost.resources for page in early.pages[f"followers:{SCHOOL}"]] == [100]
    assert listings(records)["followers"] == (100, 1200, False, "known")


def test_a_bearer_asks_only_for_posts_and_mentions_that_are_new() -> None:
    known = EarlierRuns(newest_post_id="101", newest_mention_id="89", full_sync_due=False)
    with town() as servers:
        records = list(x_source(servers, reads="bearer", known=known).pull(MemoryStore()))

    assert [r.post_id for r in records if isinstance(r, Post)] == ["104", "102"]
    assert listings(records)["posts"] == (2, 4, False, "known")
    assert listings(records)["mentions"] == (1, None, False, "known")
    assert listings(records)["comments"] == (1, 1, False, "known")


def test_an_owner_is_full_sync_everything_whatever_was_known() -> None:
    known = EarlierRuns(newest_post_id="104", newest_mention_id="90", full_sync_due=False)
    with town() as servers:
        records = list(x_source(servers, known=known).pull(MemoryStore()))

    assert listings(records)["posts"] == (4, 4, True, "end")
    assert listings(records)["mentions"] == (1, None, True, "end")


def test_reposts_are_asked_for_only_where_their_count_moved() -> None:
    with town() as servers:
        records = list(x_source(servers, known=EarlierRuns(repost_counts=(("104", 1),))).pull(MemoryStore()))

    assert listings(records)["reposts"] == (0, 0, False, "known")


def test_old_quotes_are_not_asked_for_again() -> None:
    with town() as servers:
        servers.world.x.posts["50"] = XPost(
            "50", SCHOOL, "Old", NOW.replace(year=2025), conversation_id="50", quote_count=3
        )
        records = list(x_source(servers).pull(MemoryStore()))

    assert listings(records)["comments"] == (1, 1, False, "known")


def test_mentions_of_our_own_are_not_comments() -> None:
    with town() as servers:
        servers.world.x.posts["107"] = XPost(
            "107", SCHOOL, "@OusterlyVale again", NOW, conversation_id="107", mentions=[SCHOOL]
        )
        servers.world.x.posts["108"] = XPost(
            "108", "9001", "Lovely @OusterlyVale", NOW, conversation_id="108", mentions=[SCHOOL]
        )
        found = [r for r in x_source(servers).pull(MemoryStore()) if isinstance(r, Comment)]

    assert ("108", "mention", None) in {(c.comment_id, c.kind, c.post_id) for c in found}
    assert "107" not in {comment.comment_id for comment in found}


def test_a_post_that_goes_while_we_look_is_unavailable_and_the_listing_goes_on() -> None:
    with town() as servers:
        servers.moods.set("x", "/2/tweets/104/retweets", ["404"])
        records = list(x_source(servers).pull(MemoryStore()))

    assert Unavailable(platform="x", kind="post", subject_id="104", reason="not-found") in records
    assert listings(records)["reposts"] == (0, 1, False, "short")


def test_the_author_of_a_post_who_is_suspended_is_unavailable() -> None:
    with town() as servers:
        servers.world.x.users["9001"].suspended = True
        records = list(x_source(servers).pull(MemoryStore()))

    assert listings(records)["following"][0] == 0
    assert all(r.kind in {"actor", "post"} for r in records if isinstance(r, Unavailable))


def test_a_list_that_is_forbidden_does_not_end_the_pull() -> None:
    with town() as servers:
        servers.moods.set("x", f"/2/users/{SCHOOL}/followers", ["403"])
        records = list(x_source(servers).pull(MemoryStore()))

    assert listings(records)["followers"] == (0, 5, False, "forbidden")
    assert listings(records)["comments"] == (1, 1, True, "end")


def test_an_account_that_x_does_not_show_leaves_every_listing_untold_and_the_next_account_is_pulled() -> None:
    gone = Account("x", "999", "gone", "bearer")
    school = Account("x", SCHOOL, "OusterlyVale", "bearer")
    keys = XCredentials(bearer=BEARER)
    with town() as servers:
        source = XSource(
            [gone, school], {"999": keys, SCHOOL: keys}, {}, endpoints=Endpoints(x=servers.x_url), clock=now
        )
        records = list(source.pull(MemoryStore()))

    told = [(r.account_id, r.listing, r.stopped) for r in records if isinstance(r, ListingEnd)]
    assert [each for each in told if each[0] == "999"] == [
        ("999", listing, "not_found")
        for listing in ("posts", "followers", "following", "mentions", "reposts", "comments", "likes")
    ]
    assert (SCHOOL, "posts", "end") in told


def test_owners_credentials_of_another_account_are_refused() -> None:
    with town() as servers:
        source = XSource(
            [Account("x", "9001", "other")], {"9001": SIGNING}, {}, endpoints=Endpoints(x=servers.x_url), clock=now
        )
        with pytest.raises(SourceRefused, match="another account") as refused:
            list(source.pull(MemoryStore()))

    assert refused.value.reason == "credentials"


def test_an_account_without_credentials_is_refused_before_anything_is_asked() -> None:
    source = XSource([Account("x", SCHOOL, "h")], {}, {}, endpoints=Endpoints(), clock=now)

    with pytest.raises(SourceRefused, match=r"credentials\.toml"):
        list(source.pull(MemoryStore()))


def test_a_timeline_longer_than_x_shows_is_never_called_whole() -> None:
    with town() as servers:
        servers.world.x.users[SCHOOL].post_count = 5000
        records = list(x_source(servers).pull(MemoryStore()))

    assert listings(records)["posts"] == (4, 5000, False, "cap")
    assert listings(records)["reposts"] == (1, 1, False, "known")


def test_eight_full_pages_of_mentions_are_all_that_x_shows() -> None:
    with town() as servers:
        for number in range(850):
            post_id = str(20_000 + number)
            servers.world.x.posts[post_id] = XPost(
                post_id, "9001", "Hello @OusterlyVale", NOW, conversation_id=post_id, mentions=[SCHOOL]
            )
        records = list(x_source(servers).pull(MemoryStore()))

    assert listings(records)["mentions"] == (800, None, False, "cap")


def test_an_estimate_asks_for_the_profile_only_and_the_pull_does_not_buy_it_again() -> None:
    with town(1250) as servers:
        store, source = MemoryStore(), x_source(servers)
        estimates = {each.listing: each.cost for each in source.estimate(store)}
        asked = len(servers.meter.requests)
        list(source.pull(store))
        profiles = [r for r in servers.meter.requests if r.path == "/2/users/me"]

    assert asked == 1
    assert len(profiles) == 1
    assert estimates[f"followers:{SCHOOL}"].usd == Decimal("1.250")
    assert estimates[f"posts:{SCHOOL}"].resources == 4


def test_an_estimate_for_a_bearer_expects_one_page_of_what_is_new() -> None:
    known = EarlierRuns(newest_post_id="104", follower_ids=frozenset({"8000"}), full_sync_due=False)
    with town(1250) as servers:
        source = x_source(servers, reads="bearer", known=known)
        estimates = {each.listing: each.cost for each in source.estimate(MemoryStore())}

    assert estimates[f"followers:{SCHOOL}"].usd == Decimal("1.000")


def test_two_lists_that_name_one_actor_tell_its_profile_once() -> None:
    with town() as servers:
        servers.world.x.followers[SCHOOL].append("9001")
        profiles = [r.account_id for r in x_source(servers).pull(MemoryStore()) if isinstance(r, Profile)]

    assert len(profiles) == len(set(profiles))
