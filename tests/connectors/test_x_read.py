"""Reading X is strict: handled, listed as ignored, or a signal; and a missing field is never guessed."""

import json
from typing import Any

import pytest

from connectors.errors import SourceChanged, SourceUnavailable
from connectors.json_fields import UnknownFields
from connectors.records import Medium, Signal, Unavailable
from connectors.x import posts, read
from connectors.x.caller import Envelope, envelope

ENDPOINT = "GET /2/users/{id}/followers"
USER: dict[str, Any] = {
    "id": "1",
    "username": "a",
    "name": "A",
    "created_at": "2026-01-01T00:00:00.000Z",
    "public_metrics": {"followers_count": 1, "following_count": 2, "tweet_count": 3, "listed_count": 0},
}
POST: dict[str, Any] = {
    "id": "10",
    "text": "short",
    "created_at": "2026-01-01T00:00:00.000Z",
    "public_metrics": {"retweet_count": 1, "reply_count": 2, "quote_count": 3, "like_count": 4},
}


def answer(body: dict[str, Any], signals: UnknownFields | None = None) -> read.XResponse:
    return read.answer(json.dumps(body).encode(), ENDPOINT, signals or UnknownFields("x"))


def written(post: dict[str, Any], signals: UnknownFields | None = None) -> posts.AuthoredPost:
    came = answer({"data": [post]}, signals)
    return posts.authored_post(came.data[0], "7", came)


def test_a_field_nobody_knows_is_a_signal_counted_by_path() -> None:
    signals = UnknownFields("x")
    users = [USER | {"mood": "sunny", "public_metrics": USER["public_metrics"] | {"rank": 1}}] * 2
    for user in answer({"data": users, "extra": 1, "meta": {"weather": "x"}}, signals).data:
        read.profile(user)

    assert list(signals.records()) == [
        Signal(platform="x", endpoint=ENDPOINT, field_path="data.mood", seen=2),
        Signal(platform="x", endpoint=ENDPOINT, field_path="data.public_metrics.rank", seen=2),
        Signal(platform="x", endpoint=ENDPOINT, field_path="extra", seen=1),
        Signal(platform="x", endpoint=ENDPOINT, field_path="meta.weather", seen=1),
    ]


def test_a_signal_never_holds_a_name_of_another_form() -> None:
    signals = UnknownFields("x")
    answer({"Marrow, of Ousterly": 1, "data": []}, signals)

    assert [r.field_path for r in signals.records() if isinstance(r, Signal)] == ["(a name of another form)"]


@pytest.mark.parametrize("missing", ["id", "username", "name", "created_at", "public_metrics"])
def test_a_user_without_a_field_that_always_comes_has_changed(missing: str) -> None:
    user = {name: value for name, value in USER.items() if name != missing}

    with pytest.raises(SourceChanged, match=f"data.{missing} is missing"):
        read.profile(answer({"data": [user]}).data[0])


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("created_at", "yesterday", "is not a time"),
        ("created_at", "2026-01-01T00:00:00", "without a zone"),
        ("username", 7, "of another type"),
        ("protected", "perhaps", "of another type"),
        ("public_metrics", [], "of another type"),
        ("public_metrics", {"followers_count": True}, "of another type|not a whole number"),
        ("public_metrics", {"followers_count": "many"}, "not a whole number"),
    ],
)
def test_a_user_of_another_form_has_changed_and_the_message_quotes_nothing(name: str, value: object, what: str) -> None:
    with pytest.raises(SourceChanged, match=what) as changed:
        read.profile(answer({"data": [USER | {name: value}]}).data[0])

    assert str(value) not in str(changed.value)


def test_half_a_character_does_not_break_a_name() -> None:
    assert read.profile(answer({"data": [USER | {"name": "A\ud83d"}]}).data[0]).display_name == "A?"


@pytest.mark.parametrize(
    ("post", "changed"),
    [
        ({"note_tweet": {"text": "long"}}, {"text": "long"}),
        ({"note_post": {"text": "long"}}, {"text": "long"}),
        ({"edit_history_tweet_ids": ["9", "10"]}, {"first_version_id": "9"}),
        ({"edit_history_post_ids": ["9", "10"]}, {"first_version_id": "9"}),
        ({"referenced_tweets": [{"type": "quoted", "id": "5"}]}, {"kind": "quote", "refers_to_post_id": "5"}),
        ({"referenced_posts": [{"type": "reposted", "id": "5"}]}, {"kind": "repost"}),
        (
            {"referenced_posts": [{"type": "quoted", "id": "5"}, {"type": "replied_to", "id": "6"}]},
            {"kind": "reply", "refers_to_post_id": "6"},
        ),
        ({"public_metrics": {"repost_count": 8, "reply_count": 0, "quote_count": 0}}, {"repost_count": 8}),
    ],
)
def test_both_spellings_of_a_post_are_read(post: dict[str, Any], changed: dict[str, Any]) -> None:
    found = written(POST | post).post

    assert {name: getattr(found, name) for name in changed} == changed


ARTICLE = {"title": "Our new head of year", "plain_text": "She begins in May.", "preview_text": "She", "entities": {}}
POLL = {"id": "70", "options": [{"position": 1, "label": "Yes, Ada", "votes": 2}, {"position": 2, "label": "No"}]}


@pytest.mark.parametrize(
    ("post", "text", "media_keys", "is_cut"),
    [
        ({"article": ARTICLE}, "short\nOur new head of year\nShe begins in May.", (), False),
        ({"article": {"title": "Our new head"}}, "short\nOur new head", (), True),
        ({"article": {**ARTICLE, "plain_text": {"blocks": []}}}, "short\nOur new head of year", (), True),
        ({"article": {**ARTICLE, "cover_media": "3_1"}, "attachments": {"media_keys": ["3_1", "3_2"]}},
         "short\nOur new head of year\nShe begins in May.", ("3_1", "3_2"), False),
        ({"article": {**ARTICLE, "cover_media": {"url": "u"}, "media_entities": ["3_4"]}},
         "short\nOur new head of year\nShe begins in May.", ("10/article", "3_4"), False),
        ({"article": {}}, "short", (), True),
        ({"attachments": {"poll_ids": ["70"]}}, "short\nYes, Ada\nNo", (), False),
        ({"attachments": {"poll_ids": ["71"]}}, "short", (), True),
        ({}, "short", (), False),
    ],
)  # fmt: skip
def test_the_words_of_an_article_and_of_a_poll_are_words_of_their_post(
    post: dict[str, Any], text: str, media_keys: tuple[str, ...], is_cut: bool
) -> None:
    signals = UnknownFields("x")
    came = answer({"data": [POST | post], "includes": {"polls": [POLL]}}, signals)
    found = posts.authored_post(came.data[0], "7", came)

    assert (found.post.text, found.media_keys, found.is_cut) == (text, media_keys, is_cut)
    assert list(signals.records()) == []


def test_a_repost_has_the_words_of_the_article_that_it_repeats() -> None:
    repeated = {"id": "5", "text": "other", "article": ARTICLE}
    came = answer(
        {"data": [POST | {"referenced_tweets": [{"type": "retweeted", "id": "5"}]}], "includes": {"tweets": [repeated]}}
    )

    assert posts.authored_post(came.data[0], "7", came).post.text.endswith("She begins in May.")


@pytest.mark.parametrize(
    "body",
    [
        {"data": [POST | {"referenced_tweets": [{"type": "sung", "id": "5"}]}]},
        {"data": [POST | {"attachments": {"media_keys": [7]}}]},
        {"data": ["text"]},
    ],
)
def test_a_category_that_nobody_knows_has_changed(body: dict[str, Any]) -> None:
    def read_whole() -> None:
        came = answer(body)
        for post in came.data:
            posts.authored_post(post, "7", came)

    with pytest.raises(SourceChanged):
        read_whole()


def test_media_that_x_names_and_does_not_send_are_unavailable() -> None:
    found = written(POST | {"attachments": {"media_keys": ["3_1", "3_2"]}})
    sent = answer({"includes": {"media": [{"media_key": "3_1", "type": "photo", "url": "u"}]}}).media

    assert posts.media_of(found, sent) == [
        Medium(platform="x", account_id="7", post_id="10", medium_id="3_1", kind="photo", url="u"),
        Medium(platform="x", account_id="7", post_id="10", medium_id="3_2", kind="unknown", url=None),
        Unavailable(platform="x", kind="medium", subject_id="3_2", reason="not-included"),
    ]


def test_a_medium_of_a_kind_that_nobody_knows_is_unknown_and_not_looked_at() -> None:
    sent = answer({"includes": {"media": [{"media_key": "3_1", "type": "hologram", "url": "u"}]}}).media

    assert (sent["3_1"].kind, sent["3_1"].url) == ("unknown", None)


def test_a_video_is_shown_by_its_preview() -> None:
    video = {"media_key": "7_1", "type": "video", "preview_image_url": "p"}

    assert answer({"includes": {"media": [video]}}).media["7_1"].url == "p"


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (
            {"type": "https://api.x.com/2/problems/resource-not-found", "resource_type": "user", "value": "8"},
            ("actor", "8", "resource-not-found"),
        ),
        (
            {
                "type": "https://api.twitter.com/2/problems/not-authorized-for-resource",
                "resource_type": "tweet",
                "resource_id": "9",
                "detail": "Marrow",
            },
            ("post", "9", "not-authorized-for-resource"),
        ),
        (
            {
                "type": "https://api.x.com/2/problems/resource-not-found",
                "resource_type": "user",
                "resource_id": "8",
                "title": "Forbidden",
                "detail": "User has been suspended: [8].",
            },
            ("actor", "8", "suspended"),
        ),
        ({"type": "About Marrow", "resource_type": "media", "resource_id": "3_1"}, ("medium", "3_1", "unavailable")),
    ],
)
def test_a_partial_error_says_who_is_unavailable_in_xs_own_word(
    problem: dict[str, str], expected: tuple[str, str, str]
) -> None:
    found = answer({"errors": [problem]}).unavailable

    assert [(each.kind, each.subject_id, each.reason) for each in found] == [expected]


def test_a_partial_error_about_nobody_is_a_signal() -> None:
    signals = UnknownFields("x")
    error = {"type": "https://api.x.com/2/problems/field-unauthorized", "value": "town_1"}

    assert answer({"errors": [error, {}]}, signals).unavailable == ()
    assert [r.field_path for r in signals.records() if isinstance(r, Signal)] == [
        "errors.(field-unauthorized)",
        "errors.(unavailable)",
    ]


def test_an_empty_page_with_a_token_is_not_the_end() -> None:
    assert envelope(b'{"meta": {"next_token": "t"}}', ENDPOINT) == Envelope("t", 0)
    assert envelope(b'{"data": {"id": "1"}}', ENDPOINT) == Envelope(None, 1, ("1",))


@pytest.mark.parametrize("body", [b"<html>", b"\xff\xfe\x00", b"{}", b'{"title": "x"}'])
def test_what_is_no_answer_at_all_is_unavailable(body: bytes) -> None:
    with pytest.raises(SourceUnavailable):
        envelope(body, ENDPOINT)


def test_a_short_link_of_a_profile_is_told_as_where_it_leads() -> None:
    entities = {
        "url": {"urls": [{"start": 0, "end": 23, "url": "https://t.co/a", "expanded_url": "https://school.example"}]},
        "description": {
            "urls": [{"url": "https://t.co/b", "expanded_url": "https://school.example/term", "display_url": "s"}],
            "mentions": [{"start": 1, "end": 2, "username": "a"}],
        },
    }
    shown = {"url": "https://t.co/a", "description": "Dates: https://t.co/b, and https://t.co/c"}
    signals = UnknownFields("x")

    [user] = answer({"data": [USER | shown | {"entities": entities}]}, signals).data
    told = read.profile(user)

    assert told.url == "https://school.example"
    assert told.bio == "Dates: https://school.example/term, and https://t.co/c"
    assert list(signals.records()) == []


def test_a_link_of_which_x_tells_nothing_stays_as_it_is() -> None:
    [user] = answer({"data": [USER | {"url": "https://t.co/a", "description": "x", "entities": {}}]}).data

    assert read.profile(user).url == "https://t.co/a"
