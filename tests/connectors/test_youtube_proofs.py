"""Whom YouTube's lists lack is asked for one by one: videos, comments and subscribers, each answer for what it says."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from connectors.errors import SourceRefused
from connectors.records import Comment, Follow, Medium, Post, Proof, Record
from connectors.source import Account, EarlierRuns, Endpoints, KnownSubject
from connectors.youtube.client import YouTubeCredentials
from connectors.youtube.pull import YouTubeSource
from tests.connectors.between import Edit, Json, between, without
from tests.connectors.memory import MemoryStore
from tests.connectors.odd import Odd, odd
from tests.connectors.pulling import listings, pulled
from tests.connectors.town import CHANNEL, TOKEN, now, town
from tests.simulated.moods import after
from tests.simulated.serve import Servers

VIDEOS = tuple(KnownSubject("post", f"vid{n:08}", "posts") for n in range(60))
COMMENTS = tuple(KnownSubject("comment", ident, "comments") for ident in ("c1", *(f"c1.r{n}" for n in range(1, 8))))
SUBSCRIBERS = tuple(KnownSubject("follower", f"UCsub{n:04}", "followers") for n in range(120) if n != 3)


@pytest.fixture
def servers() -> Iterator[Servers]:
    with town() as running:
        yield running


def source(url: str, known: EarlierRuns) -> YouTubeSource:
    return YouTubeSource(
        [Account("youtube", CHANNEL, "@ousterlyvale")],
        {CHANNEL: YouTubeCredentials(token=TOKEN)},
        {CHANNEL: known},
        endpoints=Endpoints(youtube=url),
        clock=now,
        timeout=5.0,
    )


def asked(known: EarlierRuns, servers: Servers, edit: Edit, store: MemoryStore | None = None) -> list[Record]:
    with between(servers.youtube_url, edit) as line:
        return list(source(line.url, known).pull(store or MemoryStore()))


def proofs(records: list[Record]) -> dict[str, str]:
    return {one.subject_id: one.answer for one in records if isinstance(one, Proof)}


def as_it_is(_path: str, body: Json) -> Json:
    return body


def list_of(path: str) -> tuple[str, dict[str, list[str]]]:
    return urlsplit(path).path.rpartition("/")[2], parse_qs(urlsplit(path).query)


def cut_videos(*ids: str) -> Edit:
    """Leave these out of the list of uploads, and of nothing else."""

    def edit(path: str, body: Json) -> Json:
        if list_of(path)[0] != "playlistItems":
            return body
        return body | {"items": [one for one in body["items"] if one["contentDetails"]["videoId"] not in ids]}

    return edit


def cut_subscribers(*ids: str) -> Edit:
    """Leave these out of the list of subscribers, and of nothing else."""

    def edit(path: str, body: Json) -> Json:
        if "mySubscribers" not in list_of(path)[1]:
            return body
        return body | {"items": [one for one in body["items"] if one["subscriberSnippet"]["channelId"] not in ids]}

    return edit


def pages(store: MemoryStore, what: str, parameter: str = "id") -> list[list[str]]:
    kept = store.pages.get(f"proofs:{CHANNEL}:{what}", [])
    return [json.loads(page.request)[parameter].split(",") for page in kept]


def test_nothing_is_asked_where_every_list_has_everybody(servers: Servers) -> None:
    store = MemoryStore()
    known = EarlierRuns(cases=(VIDEOS[0], COMMENTS[0], SUBSCRIBERS[0]), members=(*VIDEOS, *COMMENTS, *SUBSCRIBERS))
    records = list(source(servers.youtube_url, known).pull(store))

    assert proofs(records) == {}
    assert not [listing for listing in store.pages if listing.startswith("proofs")]


def test_a_video_stands_also_when_it_is_private_or_is_gone(servers: Servers) -> None:
    youtube = servers.world.youtube
    gone = youtube.videos.pop().id
    youtube.videos[5].privacy = "private"
    store = MemoryStore()
    records = asked(EarlierRuns(members=VIDEOS), servers, cut_videos("vid00000004", "vid00000005"), store)

    assert proofs(records) == {gone: "gone", "vid00000004": "stands", "vid00000005": "stands"}
    told = {record.post_id: record.visibility for record in records if isinstance(record, Post)}
    assert (told["vid00000004"], told["vid00000005"]) == ("public", "private")
    assert "vid00000004/thumbnail" in {record.medium_id for record in records if isinstance(record, Medium)}
    assert listings(records)["posts"] == (57, 57, False, "short")
    assert pages(store, "videos:50") == [["vid00000004", "vid00000005", gone]]
    assert pages(store, "videos:1") == [[gone, "vid00000000"]], "what the first answer lacked is asked for once more"


def test_a_list_of_videos_is_held_against_the_count_of_those_that_are_public(servers: Servers) -> None:
    lacking = asked(EarlierRuns(), servers, cut_videos("vid00000004"))
    unlisted = asked(EarlierRuns(), servers, cut_videos("vid00000000"))

    assert listings(lacking)["posts"] == (59, 59, False, "short"), "an unlisted one does not make up for a public one"
    assert listings(unlisted)["posts"] == (59, 59, True, "end")


def test_comments_are_in_no_count_where_videos_are_missing(servers: Servers) -> None:
    records = asked(EarlierRuns(), servers, cut_videos("vid00000001"))

    assert listings(records)["comments"] == (8, None, False, "end")


def test_the_channels_own_comments_are_in_youtubes_count(servers: Servers) -> None:
    servers.world.youtube.comments[2].author_channel_id = CHANNEL
    records = list(source(servers.youtube_url, EarlierRuns()).pull(MemoryStore()))

    assert listings(records)["comments"] == (8, 8, True, "end")


def test_a_video_that_the_first_answer_passes_over_is_asked_for_by_itself(servers: Servers) -> None:
    def edit(path: str, body: Json) -> Json:
        name, query = list_of(path)
        is_batch = name == "videos" and query["id"] == ["vid00000004,vid00000005"]
        return without(body, "vid00000004", under="items") if is_batch else cut(path, body)

    cut = cut_videos("vid00000004", "vid00000005")
    records = asked(EarlierRuns(members=VIDEOS), servers, edit)

    assert proofs(records) == {"vid00000004": "stands", "vid00000005": "stands"}


@pytest.mark.parametrize("bent", [{"pageInfo": {"totalResults": 2}}, {"items": None, "pageInfo": {}}])
def test_an_empty_answer_beside_another_number_proves_nothing(servers: Servers, bent: Json) -> None:
    servers.world.youtube.videos.pop()

    def edit(path: str, body: Json) -> Json:
        is_single = list_of(path)[1].get("id") == ["vid00000059,vid00000000"]
        return body | bent if is_single or (list_of(path)[0] == "videos" and not body["items"]) else body

    assert proofs(asked(EarlierRuns(members=VIDEOS), servers, edit)) == {}


def test_a_video_of_another_channel_proves_nothing(servers: Servers) -> None:
    def edit(path: str, body: Json) -> Json:
        for item in body["items"] if list_of(path)[1].get("id", [""])[0].startswith("vid00000004") else ():
            item["snippet"]["channelId"] = "UCother" if item["id"] == "vid00000004" else CHANNEL
        return cut_videos("vid00000004")(path, body)

    assert proofs(asked(EarlierRuns(members=VIDEOS), servers, edit)) == {}


def test_a_comment_stands_or_is_gone(servers: Servers) -> None:
    servers.world.youtube.comments = [c for c in servers.world.youtube.comments if c.id != "c1.r7"]

    def edit(path: str, body: Json) -> Json:
        return body | {"items": []} if list_of(path)[0] == "commentThreads" else body

    records = asked(EarlierRuns(cases=COMMENTS[:2], members=COMMENTS), servers, edit)

    assert proofs(records) == {one.subject_id: "gone" if one == COMMENTS[7] else "stands" for one in COMMENTS}
    assert len([record for record in records if isinstance(record, Comment)]) == 7
    assert listings(records)["comments"] == (0, 7, False, "short")


def test_one_comment_that_cannot_be_found_may_refuse_all_and_each_is_then_asked_by_itself(servers: Servers) -> None:
    store = MemoryStore()
    refusals = {
        "c2": Odd(refusal("commentNotFound"), 404),
        "c3": Odd(refusal("forbidden"), 403),
        "c4": Odd(refusal("notFound"), 404),
    }
    cases = tuple(KnownSubject("comment", ident, "comments") for ident in refusals)

    def answer(path: str, headers: dict[str, str]) -> Odd:
        name, query = list_of(path)
        if name == "comments" and "id" in query:
            first, *others = query["id"][0].split(",")
            if len(others) > 1:
                return Odd(refusal("commentNotFound"), 404)
            return refusals.get(first) or passed_on(servers, path, headers)
        return passed_on(servers, path, headers)

    with odd(answer) as server:
        records = list(source(server.url, EarlierRuns(cases=cases)).pull(store))

    assert proofs(records) == {"c2": "gone", "c3": "hidden"}
    assert [page.status for page in store.pages[f"proofs:{CHANNEL}:comments:50"]] == [404]


EMPTY, BARE, NUMBERED = {"items": []}, {"items": [], "pageInfo": None}, {"items": [], "pageInfo": {"totalResults": 0}}
NOT_FOUND = "commentNotFound"


@pytest.mark.parametrize("of", ["videos", "comments", "subscriptions"])
@pytest.mark.parametrize("answers", [EMPTY, BARE, NUMBERED, NOT_FOUND])
@pytest.mark.parametrize("asks", ["every look-up", "every look-up but the first"])
def test_an_answer_that_does_not_know_what_was_just_listed_proves_nothing(
    servers: Servers, of: str, answers: Json | str, asks: str
) -> None:
    """Every subject stands at YouTube, and its list leaves it out."""
    cases = (VIDEOS[4], VIDEOS[5], COMMENTS[3], COMMENTS[4], SUBSCRIBERS[5], SUBSCRIBERS[7])
    asked_for: list[str] = []

    def answer(path: str, headers: dict[str, str]) -> Odd:
        name, query = list_of(path)
        is_look_up = ("id" in query and "mine" not in query) or "forChannelId" in query
        is_of_the_list = name == "videos" and "vid00000009" in query["id"][0].split(",")
        if not is_look_up or is_of_the_list or name != of:
            return listed(path, passed_on(servers, path, headers))
        asked_for.append(path)
        if asks != "every look-up" and len(asked_for) == 1:
            return passed_on(servers, path, headers)
        if answers == NOT_FOUND:
            reason = {"comments": NOT_FOUND, "subscriptions": "subscriberNotFound"}.get(of, "notFound")
            return Odd(refusal(reason), 404)
        assert isinstance(answers, dict)
        return Odd({k: v for k, v in ({"kind": "k"} | answers).items() if v is not None})

    with odd(answer) as server:
        records = list(source(server.url, EarlierRuns(cases=cases)).pull(MemoryStore()))

    assert asked_for
    assert "gone" not in proofs(records).values()


def listed(path: str, given: Odd) -> Odd:
    """Leave the fourth video and its like out of the lists."""
    body = json.loads(given.body) if isinstance(given.body, bytes) else given.body
    for edit in (cut_videos("vid00000004", "vid00000005"), cut_subscribers("UCsub0005", "UCsub0008")):
        body = edit(path, body) if given.status == 200 else body
    if list_of(path)[0] == "comments" and "parentId" in list_of(path)[1]:
        body = without(body, "c1.r3", "c1.r4", under="items")
    return Odd(body, given.status)


def test_a_comment_that_awaits_review_is_hidden(servers: Servers) -> None:
    def edit(path: str, body: Json) -> Json:
        name, query = list_of(path)
        if name == "commentThreads":
            return body | {"items": []}
        for item in body.get("items", []) if name == "comments" and "id" in query else ():
            item["snippet"]["moderationStatus"] = "heldForReview"
        return body

    records = asked(EarlierRuns(cases=COMMENTS[:1]), servers, edit)

    assert proofs(records) == {"c1": "hidden"}
    assert not [record for record in records if isinstance(record, Comment)]


def test_a_subscriber_stands_is_gone_is_suspended_or_is_hidden(servers: Servers) -> None:
    youtube = servers.world.youtube
    youtube.subscribers = [one for one in youtube.subscribers if one.channel_id not in {"UCsub0001", "UCsub0005"}]
    youtube.subscribers[20].is_public = False
    youtube.closed |= {"UCsub0005": "accountClosed", "UCsub0006": "accountSuspended", "UCsub0007": "subscriberNotFound"}
    records = asked(EarlierRuns(members=SUBSCRIBERS), servers, cut_subscribers("UCsub0002", "UCsub0006", "UCsub0007"))

    assert proofs(records) == {
        "UCsub0001": "gone",
        "UCsub0002": "stands",
        "UCsub0005": "gone",
        "UCsub0006": "suspended",
        "UCsub0007": "gone",
        youtube.subscribers[20].channel_id: "hidden",
    }
    assert listings(records)["followers"] == (113, 118, False, "short")
    assert "UCsub0002" in {record.actor_id for record in records if isinstance(record, Follow)}


def test_a_list_that_is_about_another_channel_proves_nothing(servers: Servers) -> None:
    def edit(path: str, body: Json) -> Json:
        if "forChannelId" in list_of(path)[1]:
            body["items"][0]["snippet"]["resourceId"]["channelId"] = "UCother"
        return cut_subscribers("UCsub0002")(path, body)

    assert proofs(asked(EarlierRuns(members=SUBSCRIBERS), servers, edit)) == {}


def test_a_thousand_subscribers_are_never_the_whole_list_for_the_count_is_rounded(servers: Servers) -> None:
    many = servers.world.youtube.subscribers
    servers.world.youtube.subscribers = [
        type(many[0])(f"UCmany{n:05}", "Marrow", many[0].subscribed_at) for n in range(1004)
    ]
    records = list(source(servers.youtube_url, EarlierRuns()).pull(MemoryStore()))

    assert listings(records)["followers"] == (1000, 1000, False, "cap")


def test_cases_come_first_and_all_of_them_and_of_the_others_a_hundred(servers: Servers) -> None:
    cases = tuple(KnownSubject("post", f"case{n:07}", "posts") for n in range(70))
    others = tuple(KnownSubject("post", f"other{n:06}", "posts") for n in range(130))
    store = MemoryStore()
    records = list(source(servers.youtube_url, EarlierRuns(cases=cases, members=(*others, *cases))).pull(store))

    assert [len(batch) for batch in pages(store, "videos:50")] == [50, 50, 50, 20]
    assert [one for batch in pages(store, "videos:50") for one in batch][:70] == [one.subject_id for one in cases]
    assert len(proofs(records)) == 170
    assert set(proofs(records).values()) == {"gone"}


def test_the_budget_is_asked_first_and_what_is_left_unasked_is_left_unproved(servers: Servers) -> None:
    spent = MemoryStore()
    list(source(servers.youtube_url, EarlierRuns()).pull(spent))
    store = MemoryStore(budget_units=spent.units)
    known = EarlierRuns(members=(*VIDEOS, KnownSubject("post", "vid-gone", "posts")))
    records, error = pulled(source(servers.youtube_url, known), store)

    assert isinstance(error, SourceRefused)
    assert error.reason == "budget"
    assert proofs(records) == {}
    assert store.units == spent.units
    assert listings(records)["posts"] == (60, 59, False, "budget")


def test_a_pull_that_ends_among_its_lists_leaves_whom_they_lack_unproved(servers: Servers) -> None:
    servers.moods.set("youtube", "/youtube/v3/commentThreads", ["quotaExceeded"])
    known = EarlierRuns(members=(*VIDEOS, KnownSubject("post", "vid-gone", "posts")))
    records, error = pulled(source(servers.youtube_url, known), MemoryStore())

    assert error is not None
    assert listings(records)["posts"] == (60, 59, False, listings(records)["comments"][-1])


def test_a_refusal_that_is_no_answer_proves_nothing_and_the_rest_is_asked(servers: Servers) -> None:
    known = EarlierRuns(members=(*VIDEOS, KnownSubject("post", "vid-gone", "posts"), *SUBSCRIBERS))
    servers.world.youtube.subscribers = servers.world.youtube.subscribers[1:]
    servers.moods.set("youtube", "/youtube/v3/videos", after(2, "403"))
    records, error = pulled(source(servers.youtube_url, known), MemoryStore())

    assert error is None
    assert listings(records)["posts"] == (60, 59, False, "forbidden")
    assert proofs(records) == {"UCsub0000": "gone"}


def test_a_pull_that_died_among_its_questions_goes_on_and_asks_nothing_twice(servers: Servers) -> None:
    known = EarlierRuns(members=SUBSCRIBERS)
    servers.world.youtube.subscribers = servers.world.youtube.subscribers[3:]
    servers.world.youtube.closed["UCsub0000"] = "accountClosed"
    whole = list(source(servers.youtube_url, known).pull(MemoryStore()))
    servers.meter.clear()
    servers.moods.set("youtube", "/youtube/v3/subscriptions", after(4, "503"))
    store = MemoryStore()

    _first, error = pulled(source(servers.youtube_url, known), store)
    again = list(source(servers.youtube_url, known).pull(store))

    assert error is not None
    assert again == whole
    assert pages(store, "subscribers", "channelId") == [["UCsub0000"], ["UCsub0001"], ["UCsub0002"]]
    assert store.units == servers.meter.units


def test_the_estimate_holds_what_asking_is_expected_to_cost(servers: Servers) -> None:
    known = EarlierRuns(members=(*VIDEOS, *SUBSCRIBERS, KnownSubject("follower", "UCa", "followers"), *SUBSCRIBERS[:2]))
    costs = {each.listing: each.cost for each in source(servers.youtube_url, known).estimate(MemoryStore())}

    # One video more than the count, asked for with others and by itself, and two subscribers more.
    assert costs[f"proofs:{CHANNEL}"].units == 4


def refusal(reason: str) -> Json:
    return {"error": {"code": 404, "message": "No", "errors": [{"reason": reason, "message": "No"}]}}


def passed_on(servers: Servers, path: str, headers: dict[str, str]) -> Odd:
    got = requests.get(servers.youtube_url + path, headers={"authorization": headers["authorization"]}, timeout=5)
    return Odd(got.content, got.status_code)
