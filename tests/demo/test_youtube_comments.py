"""YouTube's comments: threads, partial replies, moderation and pages."""

from typing import Any

from tests.demo.tube import ask, ids, pages
from tests.simulated.serve import Servers


def test_threads_bring_five_replies_and_the_number_of_all(youtube: Any) -> None:
    answer = ask(youtube, "commentThreads", allThreadsRelatedToChannelId="UCousterlyvale", textFormat="plainText")
    thread = answer["items"][1]

    assert ids(answer) == ["c3", "c1"]
    assert thread["snippet"]["totalReplyCount"] == 8
    assert [reply["id"] for reply in thread["replies"]["comments"]] == ["c1.8", "c1.7", "c1.6", "c1.5", "c1.4"]
    assert thread["snippet"]["topLevelComment"]["snippet"]["textDisplay"] == "Lovely <3"
    assert "replies" not in answer["items"][0]


def test_a_text_comes_as_html_unless_asked_otherwise(youtube: Any) -> None:
    answer = ask(youtube, "commentThreads", videoId="v1")
    snippet = answer["items"][0]["snippet"]["topLevelComment"]["snippet"]

    assert snippet["textDisplay"] == "Lovely &lt;3"
    assert snippet["textOriginal"] == "Lovely <3"


def test_all_replies_come_by_their_parent(youtube: Any) -> None:
    found = pages(youtube, "comments", parentId="c1", maxResults=3)

    assert ids(*found) == [f"c1.{n}" for n in range(8, 0, -1)]
    assert {item["snippet"]["parentId"] for page in found for item in page["items"]} == {"c1"}
    assert ids(ask(youtube, "comments", id="c1,c3")) == ["c1", "c3"]


def test_threads_awaiting_review_are_asked_for_apart(servers: Servers, youtube: Any) -> None:
    held = {"allThreadsRelatedToChannelId": "UCousterlyvale", "moderationStatus": "heldForReview"}
    before = ask(youtube, "commentThreads", **held)
    servers.world.youtube.comments[-1].moderation = "heldForReview"
    after = ask(youtube, "commentThreads", **held)

    assert ids(before) == ["c2"]
    assert ids(after) == ["c2", "c1"]
    status = before["items"][0]["snippet"]["topLevelComment"]["snippet"]["moderationStatus"]
    assert status == "heldForReview"


def test_threads_are_paged(youtube: Any) -> None:
    found = pages(youtube, "commentThreads", allThreadsRelatedToChannelId="UCousterlyvale", maxResults=1)

    assert ids(*found) == ["c3", "c1"]
    assert ids(ask(youtube, "commentThreads", id="c1")) == ["c1"]


def test_a_comment_tells_of_the_picture_attached_to_it_and_of_none_otherwise(servers: Servers, youtube: Any) -> None:
    address = "https://yt3.googleusercontent.com/comment/c3.jpg?expire=21600"
    servers.world.youtube.comments[-1].image_url = address
    [pictured] = [comment.id for comment in servers.world.youtube.comments if comment.image_url]

    found = ask(youtube, "comments", id=f"c1,{pictured}")["items"]

    assert [item["snippet"].get("imageUrl") for item in found] == [None, address]
