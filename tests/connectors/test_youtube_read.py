"""Reading YouTube is strict: handled, listed as ignored, or a signal; and a missing field is never guessed."""

import json
from typing import Any

import pytest

from connectors.errors import SourceChanged
from connectors.json_fields import Fields, UnknownFields
from connectors.records import Signal
from connectors.youtube import comments, read

VIDEO: dict[str, Any] = {
    "kind": "youtube#video",
    "id": "v1",
    "snippet": {"title": "Assembly", "publishedAt": "2026-01-01T00:00:00Z"},
    "status": {"privacyStatus": "public"},
}
COMMENT: dict[str, Any] = {
    "id": "c1",
    "snippet": {"publishedAt": "2026-01-01T00:00:00Z", "textDisplay": "Hello", "videoId": "v1"},
}


def item(body: dict[str, Any], signals: UnknownFields | None = None) -> Fields:
    whole = json.dumps({"kind": "k", "items": [body]}).encode()
    return read.items(whole, "videos.list", signals or UnknownFields("youtube"))[0]


def with_snippet(body: dict[str, Any], **more: object) -> dict[str, Any]:
    return body | {"snippet": body["snippet"] | more}


def test_a_video_without_a_thumbnail_or_statistics_is_still_a_video() -> None:
    post, media = read.video(item(VIDEO), "UC1")

    assert (post.post_id, post.title, post.text, post.reply_count, media) == ("v1", "Assembly", "", None, [])


def test_the_largest_thumbnail_counts_whatever_it_is_called_and_the_upright_one_is_a_picture_of_its_own() -> None:
    thumbnails = {
        "default": {"url": "small", "width": 120, "height": 90},
        "uhd": {"url": "large", "width": 3840, "height": 2160},
        "mystery": {"url": "unsized"},
        "shortsAspectRatio": {"url": "upright", "width": 9000, "height": 16000},
    }
    _post, media = read.video(item(with_snippet(VIDEO, thumbnails=thumbnails)), "UC1")

    assert [(one.medium_id, one.kind, one.url, one.width, one.height) for one in media] == [
        ("v1/thumbnail", "thumbnail", "large", 3840, 2160),
        ("v1/shorts", "shorts_thumbnail", "upright", 9000, 16000),
    ]


@pytest.mark.parametrize(
    ("names", "largest"),
    [
        (["default", "medium", "high"], "high"),
        (["maxres", "high", "standard"], "maxres"),
        (["maxres", "fhd", "default"], "fhd"),
        (["qhd", "fhd"], "qhd"),
        (["uhd", "qhd", "maxres"], "uhd"),
        (["novel", "default"], "default"),
        (["novel"], "novel"),
    ],
)
def test_a_thumbnail_without_its_size_is_as_large_as_its_name_says(names: list[str], largest: str) -> None:
    thumbnails = {name: {"url": name} for name in names}
    _post, [medium] = read.video(item(with_snippet(VIDEO, thumbnails=thumbnails)), "UC1")

    assert (medium.url, medium.width, medium.height) == (largest, None, None)


def test_a_short_that_offers_the_upright_thumbnail_alone_has_that() -> None:
    thumbnails = {"shortsAspectRatio": {"url": "upright"}}
    _post, media = read.video(item(with_snippet(VIDEO, thumbnails=thumbnails)), "UC1")

    assert [(one.medium_id, one.url) for one in media] == [("v1/shorts", "upright")]


def test_a_privacy_status_that_nobody_knows_has_changed() -> None:
    with pytest.raises(SourceChanged, match="privacy status"):
        read.video(item(VIDEO | {"status": {"privacyStatus": "secret"}}), "UC1")


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        (["school", "year 7"], "school; year 7"),
        (["one"], "one"),
        (["half \ud83d"], "half ?"),
        ([], None),
        (None, None),
    ],
)
def test_a_videos_tags_are_told_in_one_text(tags: list[str] | None, told: str | None) -> None:
    post, _media = read.video(item(with_snippet(VIDEO, tags=tags)), "UC1")

    assert post.tags == told


@pytest.mark.parametrize("tags", ["school", [7], {"school": 1}])
def test_tags_of_another_form_have_changed(tags: object) -> None:
    with pytest.raises(SourceChanged, match=r"items\.snippet\.tags is"):
        read.video(item(with_snippet(VIDEO, tags=tags)), "UC1")


def test_a_field_nobody_knows_is_a_signal() -> None:
    signals = UnknownFields("youtube")
    read.video(item(with_snippet(VIDEO, shade="blue") | {"novelty": 1}, signals), "UC1")

    assert [(r.field_path, r.seen) for r in signals.records() if isinstance(r, Signal)] == [
        ("items.novelty", 1),
        ("items.snippet.shade", 1),
    ]


def test_a_comment_carries_its_picture_and_its_authors_handle() -> None:
    body = with_snippet(
        COMMENT, authorChannelId={"value": "UC9"}, authorDisplayName="@marrow", imageUrl="https://i.example/p"
    )
    comment, author = comments.comment(item(body), "UC1")

    assert (comment.text, comment.kind, comment.picture_url) == ("Hello", "comment", "https://i.example/p")
    assert author is not None
    assert (author.account_id, author.handle) == ("UC9", "@marrow")


def test_the_author_of_an_abandoned_account_is_nobody() -> None:
    comment, author = comments.comment(item(COMMENT), "UC1")

    assert (comment.actor_id, author) == ("unknown", None)


@pytest.mark.parametrize("missing", ["publishedAt", "title"])
def test_a_video_without_a_field_that_always_comes_has_changed(missing: str) -> None:
    snippet = {name: value for name, value in VIDEO["snippet"].items() if name != missing}

    with pytest.raises(SourceChanged, match=f"items.snippet.{missing} is missing"):
        read.video(item(VIDEO | {"snippet": snippet}), "UC1")
