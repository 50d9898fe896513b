"""Whatever JSON a platform sends, reading it ends in records or in SourceChanged, and in nothing else."""

import contextlib
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.errors import SourceChanged, SourceUnavailable
from connectors.json_fields import UnknownFields
from connectors.x import posts, read
from connectors.x.caller import envelope
from connectors.youtube import comments
from connectors.youtube import read as youtube

NAMES = st.sampled_from(
    [
        "data",
        "meta",
        "errors",
        "includes",
        "users",
        "media",
        "posts",
        "id",
        "text",
        "type",
        "public_metrics",
        "next_token",
        "items",
        "snippet",
        "statistics",
        "status",
        "contentDetails",
        "thumbnails",
        "title",
        "x",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_any_json_from_x_is_read_or_has_changed(value: Any) -> None:
    body = json.dumps(value).encode()
    with contextlib.suppress(SourceChanged, SourceUnavailable):
        envelope(body, "GET x")
        came = read.answer(body, "GET x", UnknownFields("x"))
        for found in came.data:
            posts.authored_post(found, "1", came)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_any_json_from_youtube_is_read_or_has_changed(value: Any) -> None:
    body = json.dumps(value).encode()
    with contextlib.suppress(SourceChanged, SourceUnavailable):
        youtube.envelope(body, "videos.list")
        for found in youtube.items(body, "videos.list", UnknownFields("youtube")):
            for reader in (youtube.channel, youtube.uploaded, comments.thread):
                with contextlib.suppress(SourceChanged):
                    reader(found)
            youtube.video(found, "1")
