"""Whom X's lists lack is asked for one by one: standing, gone, suspended or hidden, and no more is made of it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.errors import SourceRefused, SourceThrottled
from connectors.records import Comment, Follow, Medium, Post, Proof, Record
from connectors.source import Account, EarlierRuns, Endpoints, KnownSubject
from connectors.x.client import XCredentials
from connectors.x.pull import XSource
from tests.connectors.between import Edit, Json, between, without
from tests.connectors.memory import MemoryStore
from tests.connectors.pulling import listings, pulled
from tests.connectors.town import BEARER, SCHOOL, SIGNING, now, town
from tests.simulated.moods import Mood, after, lasting
from tests.simulated.serve import Servers

FOLLOWERS = tuple(KnownSubject("follower", str(8000 + n), "followers") for n in range(5))
POSTS = tuple(KnownSubject("post", ident, "posts") for ident in ("104", "102", "101", "100"))
MENTION = KnownSubject("comment", "90", "mentions")
QUOTE = KnownSubject("comment", "105", "comments")


@pytest.fixture
def servers() -> Iterator[Servers]:
    with town(followers=5) as running:
        yield running


def source(url: str, known: EarlierRuns, *, reads: str = "owned") -> XSource:
    return XSource(
        [Account("x", SCHOOL, "OusterlyVale", reads)],
        {SCHOOL: SIGNING if reads == "owned" else XCredentials(bearer=BEARER)},
        {SCHOOL: known},
        endpoints=Endpoints(x=url),
        clock=now,
        timeout=5.0,
    )


def asked(known: EarlierRuns, servers: Servers, edit: Edit, **more: str) -> list[Record]:
    """Return what a pull brings where the platform's answers come back as `edit` has them."""
    with between(servers.x_url, edit) as line:
        return list(source(line.url, known, **more).pull(MemoryStore()))


def proofs(records: list[Record]) -> dict[tuple[str, str], str]:
    return {(one.kind, one.subject_id): one.answer for one in records if isinstance(one, Proof)}


def as_it_is(_path: str, body: Json) -> Json:
    return body


def cut(list_path: str, *ids: str) -> Edit:
    """Leave these out of one list, and of nothing else."""
    return lambda path, body: without(body, *ids) if urlsplit(path).path.endswith(list_path) else body


def ids_of(path: str) -> list[str]:
    return parse_qs(urlsplit(path).query)["ids"][0].split(",")


def only_lookups(servers: Servers, moods: Sequence[str | Mood]) -> None:
    """Set what the next lookups of users meet; the lists of one user are another path."""
    servers.moods.set("x", "/2/users", moods)
    servers.moods.set("x", "/2/users/", [lasting("ok")])


def lookups(store: MemoryStore, what: str) -> list[list[str]]:
    return [json.loads(page.request)["ids"].split(",") for page in store.pages.get(f"proofs:{SCHOOL}:{what}", [])]


def test_nothing_is_asked_where_every_list_has_everybody(servers: Servers) -> None:
    known = EarlierRuns(cases=(FOLLOWERS[0], POSTS[0], MENTION), members=(*FOLLOWERS, *POSTS, MENTION, QUOTE))
    store = MemoryStore()
    records = list(source(servers.x_url, known).pull(store))

    assert proofs(records) == {}
    assert not [listing for listing in store.pages if listing.startswith("proofs")]


def test_a_follower_stands_is_gone_is_suspended_or_closed(servers: Servers) -> None:
    x = servers.world.x
    gone, suspended, closed = (x.followers[SCHOOL].pop() for _ in range(3))
    x.users[suspended].suspended = True
    del x.users[closed]
    x.users[SCHOOL].followers_count = 2
    records = asked(EarlierRuns(members=FOLLOWERS), servers, cut("/followers", "8000"))

    assert proofs(records) == {
        ("follower", "8000"): "stands",
        ("follower", gone): "gone",
        ("follower", suspended): "suspended",
        ("follower", closed): "gone",
    }
    assert listings(records)["followers"] == (1, 2, False, "short")
    told = [record.actor_id for record in records if isinstance(record, Follow) and record.direction == "follower"]
    assert sorted(told) == ["8000", "8001"]


def test_one_look_tells_both_lines_to_an_actor(servers: Servers) -> None:
    x = servers.world.x
    x.following[SCHOOL].append("8000")
    x.followers[SCHOOL].remove("8000")
    known = EarlierRuns(
        cases=(KnownSubject("follower", "8000", "followers"), KnownSubject("following", "8000", "following"))
    )
    store = MemoryStore()
    with between(servers.x_url, cut("/following", "8000")) as line:
        records = list(source(line.url, known).pull(store))

    assert proofs(records) == {("follower", "8000"): "gone", ("following", "8000"): "stands"}
    assert len(lookups(store, "users")) == 1


def test_a_list_that_lacks_one_who_still_follows_is_short_although_its_count_is_reached(servers: Servers) -> None:
    servers.world.x.users[SCHOOL].followers_count = 4
    records = asked(EarlierRuns(members=FOLLOWERS), servers, cut("/followers", "8002"))

    assert listings(records)["followers"] == (4, 4, False, "short")


def test_suspended_accounts_explain_the_whole_difference_or_the_list_is_short(servers: Servers) -> None:
    x = servers.world.x
    x.users["8001"].suspended = True
    x.users[SCHOOL].followers_count = 5
    explained = asked(EarlierRuns(members=FOLLOWERS), servers, as_it_is)
    unknown = asked(EarlierRuns(), servers, as_it_is)

    assert proofs(explained) == {("follower", "8001"): "suspended"}
    assert listings(explained)["followers"] == (4, 5, True, "end")
    assert listings(unknown)["followers"] == (4, 5, False, "short")


def test_ten_followers_hidden_by_errors_in_a_list_are_missing_and_suspended_ones_there_are_not(
    servers: Servers,
) -> None:
    def hide(path: str, body: Json) -> Json:
        if not urlsplit(path).path.endswith("/followers"):
            return body
        error = {"resource_type": "user", "resource_id": "8001", "type": "https://api.x.com/2/problems/" + word}
        return without(body, "8001") | {"errors": [error | {"title": "Forbidden", "detail": f"{says}: [8001]."}]}

    word, says = "resource-not-found", "User has been suspended"
    suspended = asked(EarlierRuns(), servers, hide)
    word, says = "resource-unavailable", "Not now"
    hidden = asked(EarlierRuns(), servers, hide)

    assert listings(suspended)["followers"] == (4, 5, True, "end")
    assert listings(hidden)["followers"] == (4, 5, False, "short")


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        ({"title": "Not Found Error", "detail": "Could not find user with ids: [8000]."}, "gone"),
        ({"title": "Forbidden", "detail": "User has been suspended: [8000]."}, "suspended"),
        ({"title": "Forbidden", "detail": "Something else about: [8000]."}, "hidden"),
        (
            {"title": "Authorization Error", "type": "https://api.x.com/2/problems/not-authorized-for-resource"},
            "hidden",
        ),
        ({"title": "Not Found Error", "parameter": "pinned_tweet_id"}, None),
        ({"title": "Not Found Error", "resource_type": "tweet"}, None),
    ],
)
def test_an_answer_of_errors_alone_is_read_word_by_word(servers: Servers, error: Json, answer: str | None) -> None:
    whole = {
        "type": "https://api.twitter.com/2/problems/resource-not-found",
        "resource_type": "user",
        "resource_id": "8000",
        "parameter": "ids",
        **error,
    }

    def edit(path: str, body: Json) -> Json:
        return body | {"errors": [whole]} if path.startswith("/2/users?") else body

    del servers.world.x.users["8000"]
    servers.world.x.followers[SCHOOL].remove("8000")
    records = asked(EarlierRuns(cases=(FOLLOWERS[0],)), servers, edit)

    assert proofs(records).get(("follower", "8000")) == answer


def test_where_x_tells_no_connection_of_anybody_nobody_is_gone(servers: Servers) -> None:
    servers.world.x.followers[SCHOOL].remove("8000")

    def edit(path: str, body: Json) -> Json:
        if path.startswith("/2/users?"):
            return {"data": [{k: v for k, v in user.items() if k != "connection_status"} for user in body["data"]]}
        return body

    assert proofs(asked(EarlierRuns(cases=(FOLLOWERS[0],)), servers, edit)) == {("follower", "8000"): "hidden"}
    assert proofs(asked(EarlierRuns(cases=(FOLLOWERS[0],)), servers, as_it_is)) == {("follower", "8000"): "gone"}


def test_where_x_says_that_it_could_not_tell_connections_their_absence_means_nothing(servers: Servers) -> None:
    servers.world.x.followers[SCHOOL].remove("8000")
    error = {"title": "t", "type": "https://api.x.com/2/problems/field-hydration-failure", "field": "connection_status"}

    def edit(path: str, body: Json) -> Json:
        return body | {"errors": [error]} if path.startswith("/2/users?") else body

    assert proofs(asked(EarlierRuns(cases=(FOLLOWERS[0],)), servers, edit)) == {("follower", "8000"): "hidden"}


def nobody_follows(body: Json, _ids: list[str]) -> Json:
    return {"data": [user | {"connection_status": []} for user in body["data"]]}


def only_our_own_lines(body: Json, _ids: list[str]) -> Json:
    """Tell whom the account follows, and leave out who follows it."""
    told = [set(user.get("connection_status", [])) & {"following"} for user in body["data"]]
    return {
        "data": [
            {k: v for k, v in user.items() if k != "connection_status"}
            | ({"connection_status": [*lines]} if lines else {})
            for user, lines in zip(body["data"], told, strict=True)
        ]
    }


def nothing_is_found(body: Json, ids: list[str]) -> Json:
    kind = "user" if "username" in body["data"][0] else "tweet"
    about = {"type": "https://api.x.com/2/problems/resource-not-found", "title": "Not Found Error", "parameter": "ids"}
    return {"errors": [about | {"resource_type": kind, "resource_id": ident} for ident in ids]}


@pytest.mark.parametrize("spoil", [nobody_follows, only_our_own_lines, nothing_is_found])
@pytest.mark.parametrize("reads", ["owned", "bearer"])
def test_an_answer_that_does_not_say_of_another_what_its_list_says_proves_nobody_gone(
    servers: Servers, reads: str, spoil: Callable[[Json, list[str]], Json]
) -> None:
    """Every subject stands at X, and its list leaves it out."""
    servers.world.x.following[SCHOOL].append("8000")
    servers.world.x.following[SCHOOL].append("8001")
    cases = (*FOLLOWERS[1:3], KnownSubject("following", "8000", "following"), POSTS[3], MENTION)

    def edit(path: str, body: Json) -> Json:
        if path.startswith("/2/tweets?") and spoil is not nothing_is_found:
            return body
        if path.startswith(("/2/users?", "/2/tweets?")) and ids_of(path) != [SCHOOL]:
            return spoil(body, ids_of(path))
        if urlsplit(path).path.endswith("/following"):
            return without(body, "8000")
        return without(body, "8001", "8002", "100", "90") if "/users/" in path else body

    records = asked(EarlierRuns(cases=cases), servers, edit, reads=reads)

    assert "gone" not in proofs(records).values()


def test_a_post_is_gone_beside_one_of_an_earlier_run_where_this_one_was_shown_none(servers: Servers) -> None:
    del servers.world.x.posts["102"]
    hidden = cut(f"{SCHOOL}/tweets", "100", "101", "104")
    known = EarlierRuns(cases=(POSTS[1],), newest_post_id="104")

    assert proofs(asked(known, servers, hidden)) == {("post", "102"): "gone"}
    assert proofs(asked(replace(known, newest_post_id=None), servers, hidden)) == {}


def test_whom_an_answer_passes_over_is_not_proved(servers: Servers) -> None:
    known = EarlierRuns(cases=(*FOLLOWERS[:2], MENTION), members=(*FOLLOWERS, MENTION))

    def edit(path: str, body: Json) -> Json:
        if path.startswith("/2/tweets?"):
            return {"meta": {"result_count": 0}}
        return without(body, "8000", *(() if path.startswith("/2/users?") else ("8001", "90")))

    records = asked(known, servers, edit)

    assert proofs(records) == {("follower", "8001"): "stands"}
    assert listings(records)["mentions"] == (0, None, False, "short")


@pytest.mark.parametrize("spelling", ["2.166", "2.167"])
@pytest.mark.parametrize("reads", ["owned", "bearer"])
def test_a_post_stands_is_gone_or_is_hidden_in_either_spelling(servers: Servers, spelling: str, reads: str) -> None:
    servers.x_api_version = spelling
    del servers.world.x.posts["100"]
    servers.world.x.users[SCHOOL].post_count = 3
    hidden = {"resource_id": "102", "resource_type": "tweet", "parameter": "ids", "title": "Authorization Error"}
    hidden |= {"type": "https://api.x.com/2/problems/not-authorized-for-resource"}

    def edit(path: str, body: Json) -> Json:
        if path.startswith("/2/tweets?") and "data" in body:
            return without(body, "102") | {"errors": [*body.get("errors", []), hidden]}
        return without(body, "104", "102") if urlsplit(path).path.endswith("/tweets") else body

    records = asked(EarlierRuns(members=POSTS), servers, edit, reads=reads)

    assert proofs(records) == {("post", "104"): "stands", ("post", "102"): "hidden", ("post", "100"): "gone"}
    assert listings(records)["posts"] == (1, 3, False, "short")
    assert {record.post_id for record in records if isinstance(record, Post)} == {"101", "104"}
    assert [record.medium_id for record in records if isinstance(record, Medium)] == ["3_501"]


def test_who_reposted_or_quoted_a_post_that_is_missing_is_not_seen_whole(servers: Servers) -> None:
    records = asked(EarlierRuns(), servers, cut(f"{SCHOOL}/tweets", "100"))

    assert listings(records)["posts"] == (3, 4, False, "short")
    assert listings(records)["reposts"] == (1, 1, False, "short")
    assert listings(records)["comments"] == (1, 1, False, "short")


def test_a_list_of_likes_that_ends_below_xs_count_is_short(servers: Servers) -> None:
    records = asked(EarlierRuns(), servers, cut("/liked_tweets", "91"))

    assert listings(records)["likes"] == (0, 1, False, "short")


def test_a_post_that_was_edited_stands_and_its_list_lacks_nothing(servers: Servers) -> None:
    known = EarlierRuns(cases=(KnownSubject("post", "103", "posts"),), members=POSTS)
    edited = servers.world.x.posts["104"]
    servers.world.x.posts["109"] = replace(edited, id="109", versions=["103", "104"])
    records = list(source(servers.x_url, known).pull(MemoryStore()))

    assert listings(records)["posts"][2:] == (True, "end")
    assert proofs(records) == {("post", "104"): "stands"}
    assert {record.post_id for record in records if isinstance(record, Post)} >= {"109"}
    assert "104" not in {record.post_id for record in records if isinstance(record, Post)}


def test_a_post_by_somebody_else_proves_nothing_of_ours(servers: Servers) -> None:
    records = asked(EarlierRuns(cases=(KnownSubject("post", "91", "posts"),)), servers, as_it_is)

    assert proofs(records) == {}


@pytest.mark.parametrize("reads", ["owned", "bearer"])
def test_mentions_and_quotes_are_asked_for_by_id_and_told_again(servers: Servers, reads: str) -> None:
    known = EarlierRuns(cases=(MENTION,), members=(MENTION, QUOTE))

    def edit(path: str, body: Json) -> Json:
        return body if path.startswith("/2/tweets?") else without(body, "90", "105")

    records = asked(known, servers, edit, reads=reads)

    assert proofs(records) == {("comment", "90"): "stands", ("comment", "105"): "stands"}
    assert listings(records)["mentions"] == (0, None, False, "short")
    assert listings(records)["comments"] == (0, 1, False, "short")
    kinds = {record.comment_id: record.kind for record in records if isinstance(record, Comment)}
    assert kinds == {"90": "reply", "105": "quote"}


def test_a_mention_that_was_taken_back_leaves_its_list_whole(servers: Servers) -> None:
    del servers.world.x.posts["90"]
    records = asked(EarlierRuns(members=(MENTION,)), servers, as_it_is)

    assert proofs(records) == {("comment", "90"): "gone"}
    assert listings(records)["mentions"] == (0, None, True, "end")


def test_an_app_is_told_who_is_suspended_or_gone_and_never_who_follows(servers: Servers) -> None:
    x = servers.world.x
    x.followers[SCHOOL].remove("8000")
    x.users["8001"].suspended = True
    x.followers[SCHOOL].remove("8002")
    del x.users["8002"]
    x.users[SCHOOL].followers_count = 3
    records = asked(EarlierRuns(members=FOLLOWERS), servers, as_it_is, reads="bearer")

    assert proofs(records) == {
        ("follower", "8000"): "hidden",
        ("follower", "8001"): "suspended",
        ("follower", "8002"): "gone",
    }


def test_where_an_app_reads_only_what_is_new_cases_are_asked_for_and_nobody_else(servers: Servers) -> None:
    known = EarlierRuns(
        newest_post_id="104",
        newest_mention_id="105",
        follower_ids=frozenset({"8000", "8001", "8002", "8003", "8004"}),
        full_sync_due=False,
        cases=(POSTS[1], MENTION, FOLLOWERS[0], KnownSubject("follower", "8999", "followers")),
        members=(*POSTS, MENTION, QUOTE, KnownSubject("follower", "8998", "followers")),
    )
    servers.world.x.followers[SCHOOL] += [str(ident) for ident in range(8000, 8005)] * 30
    store = MemoryStore()
    records = list(source(servers.x_url, known, reads="bearer").pull(store))

    assert listings(records)["followers"][3] == "known"
    assert proofs(records) == {("post", "102"): "stands", ("comment", "90"): "stands"}
    assert (lookups(store, "posts"), lookups(store, "comments"), lookups(store, "users")) == (
        [["102", "104"]],
        [["90", "104"]],
        [],
    )


def test_cases_come_first_and_all_of_them_and_of_the_others_a_hundred(servers: Servers) -> None:
    cases = tuple(KnownSubject("follower", str(30_000 + n), "followers") for n in range(130))
    others = tuple(KnownSubject("follower", str(20_000 + n), "followers") for n in range(150))
    store = MemoryStore()
    records = list(source(servers.x_url, EarlierRuns(cases=cases, members=(*others, *cases))).pull(store))
    batches = lookups(store, "users")

    assert [len(batch) for batch in batches] == [100, 100, 33]
    assert {batch[-1] for batch in batches} == {"8000"}, "one whom the pull has just met is asked for each time"
    wanted = [one.subject_id for one in (*cases, *others[:100])]
    assert [ident for batch in batches for ident in batch[:-1]] == wanted
    assert set(proofs(records).values()) == {"gone"}
    assert len(proofs(records)) == 230


def test_more_than_a_hundred_unasked_leave_a_list_without_a_count_unproved(servers: Servers) -> None:
    lost = tuple(KnownSubject("comment", str(30_000 + n), "mentions") for n in range(101))
    records = list(source(servers.x_url, EarlierRuns(members=lost)).pull(MemoryStore()))

    assert len(proofs(records)) == 100
    assert listings(records)["mentions"] == (1, None, False, "short")


def test_an_id_that_is_none_is_not_asked_for_and_spoils_nothing(servers: Servers) -> None:
    known = EarlierRuns(
        cases=(KnownSubject("post", "canary-a", "posts"), KnownSubject("post", "9" * 20, "posts"), POSTS[0])
    )
    records = asked(known, servers, cut(f"{SCHOOL}/tweets", "104"))

    assert proofs(records) == {("post", "104"): "stands"}


def test_the_ledger_has_what_was_asked_and_its_price_as_the_platform_counts_it(servers: Servers) -> None:
    servers.world.x.followers[SCHOOL].remove("8000")
    store = MemoryStore()
    with between(servers.x_url, cut("/mentions", "90")) as line:
        list(source(line.url, EarlierRuns(members=(*FOLLOWERS, MENTION))).pull(store))
    users, written = (store.pages[f"proofs:{SCHOOL}:{what}"][0] for what in ("users", "comments"))

    assert (users.endpoint, users.cost.resources, users.cost.usd) == ("GET /2/users", 2, Decimal("0.020"))
    assert (written.endpoint, written.cost.resources, written.cost.usd) == ("GET /2/tweets", 2, Decimal("0.010"))
    assert len(store.every_page) == len([r for r in servers.meter.requests if r.is_page])


def test_the_budget_is_asked_first_and_what_is_left_unasked_is_left_unproved(servers: Servers) -> None:
    lost = [KnownSubject("follower", str(20_000 + n), "followers") for n in range(99)]
    store = MemoryStore(budget_usd=Decimal("0.90"))
    records, error = pulled(source(servers.x_url, EarlierRuns(members=(*FOLLOWERS, *lost, MENTION))), store)

    assert isinstance(error, SourceRefused)
    assert error.reason == "budget"
    assert proofs(records) == {}
    assert not [listing for listing in store.pages if listing.startswith("proofs")]
    assert listings(records)["followers"] == (5, 5, False, "budget")
    assert listings(records)["mentions"] == (1, None, True, "end"), "nobody is missing there"
    assert sum(isinstance(record, Follow) for record in records) == 6


@pytest.mark.parametrize(
    ("mood", "word", "ends"),
    [
        ("401", "credentials", True),
        ("429", "throttled", True),
        ("503", "unavailable", True),
        ("403", "forbidden", False),
    ],
)
def test_an_answer_that_does_not_come_proves_nothing_and_loses_nothing(
    servers: Servers, mood: str, word: str, *, ends: bool
) -> None:
    only_lookups(servers, [mood])
    servers.world.x.followers[SCHOOL].remove("8000")
    records, error = pulled(source(servers.x_url, EarlierRuns(members=FOLLOWERS)), MemoryStore())

    assert (error is not None) is ends
    assert proofs(records) == {}
    assert listings(records)["followers"] == (4, 4, False, word)
    assert listings(records)["posts"] == (4, 4, True, "end")
    assert len(listings(records)) == 7


def test_a_pull_that_ends_among_its_lists_leaves_whom_they_lack_unproved(servers: Servers) -> None:
    servers.moods.set("x", f"/2/users/{SCHOOL}/liked_tweets", ["429"])
    servers.world.x.followers[SCHOOL].remove("8000")
    with between(servers.x_url, cut("/mentions", "90")) as line:
        known = EarlierRuns(members=(*FOLLOWERS, MENTION))
        records, error = pulled(source(line.url, known), MemoryStore())

    assert error is not None
    assert listings(records)["mentions"] == (0, None, False, "throttled")
    assert listings(records)["followers"] == (4, 4, False, "throttled")
    assert listings(records)["posts"] == (4, 4, True, "end")


def test_an_answer_of_another_form_proves_nothing_and_the_rest_is_asked(servers: Servers) -> None:
    known = EarlierRuns(members=(*FOLLOWERS, MENTION))
    servers.world.x.followers[SCHOOL].remove("8000")

    def edit(path: str, body: Json) -> Json:
        if path.startswith("/2/tweets?"):
            return {"data": [{"id": 7}]}
        return without(body, "90")

    records = asked(known, servers, edit)

    assert listings(records)["mentions"] == (0, None, False, "changed")
    assert proofs(records) == {("follower", "8000"): "gone"}


def test_a_pull_that_died_among_its_questions_goes_on_and_buys_no_answer_twice(servers: Servers) -> None:
    known = EarlierRuns(members=tuple(KnownSubject("follower", str(20_000 + n), "followers") for n in range(100)))
    whole = list(source(servers.x_url, known).pull(MemoryStore()))
    servers.meter.clear()
    only_lookups(servers, after(1, Mood("429", seconds=1)))
    store = MemoryStore()

    _first, error = pulled(source(servers.x_url, known), store)
    again = list(source(servers.x_url, known).pull(store))

    assert isinstance(error, SourceThrottled)
    assert again == whole
    assert [len(batch) for batch in lookups(store, "users")] == [100, 2]
    assert len([r for r in servers.meter.requests if r.path == "/2/users" and r.is_page]) == 2


def test_the_estimate_holds_what_asking_is_expected_to_cost(servers: Servers) -> None:
    sweeping = EarlierRuns(members=(*FOLLOWERS, KnownSubject("follower", "8900", "followers"), *POSTS))
    reading_on = replace(sweeping, full_sync_due=False, newest_post_id="104", cases=(POSTS[0], MENTION, FOLLOWERS[0]))
    servers.world.x.users[SCHOOL].post_count = 3
    costs = [
        {each.listing: each.cost.usd for each in source(servers.x_url, known, reads=reads).estimate(MemoryStore())}
        for known, reads in ((sweeping, "owned"), (sweeping, "bearer"), (reading_on, "bearer"))
    ]

    # One follower more than X counts, and one to hold that answer against; one post more than X counts.
    assert [each[f"proofs:{SCHOOL}"] for each in costs] == [Decimal("0.025"), Decimal("0.015"), Decimal("0.010")]


def test_a_usual_week_costs_a_school_of_two_thousand_followers_what_the_documents_say() -> None:
    # Four no longer follow and one is no longer followed; two are suspended, a post and two mentions were deleted.
    followers = tuple(KnownSubject("follower", str(8000 + n), "followers") for n in range(2000))
    lost = (KnownSubject("following", "8500", "following"), KnownSubject("post", "99", "posts"), *_mentions("97", "98"))
    store = MemoryStore()
    with town(followers=2000) as running:
        x = running.world.x
        for each in followers[100:104]:
            x.followers[SCHOOL].remove(each.subject_id)
        for each in followers[:2]:
            x.users[each.subject_id].suspended = True
        x.users[SCHOOL].followers_count = 1996
        records = list(source(running.x_url, EarlierRuns(members=(*followers, *lost))).pull(store))

    asked_for = [page for page in store.every_page if page.listing.startswith("proofs")]
    assert Counter(proofs(records).values()) == {"gone": 8, "suspended": 2}
    assert (len(asked_for), sum(page.cost.usd for page in asked_for)) == (3, Decimal("0.070"))
    assert listings(records)["followers"] == (1994, 1996, True, "end")


def _mentions(*ids: str) -> list[KnownSubject]:
    return [KnownSubject("comment", each, "mentions") for each in ids]
