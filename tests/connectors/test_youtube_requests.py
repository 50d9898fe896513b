"""Every request that the YouTube connector makes is one that Google's own description knows."""

import json
from typing import Any

from connectors.source import Known, Subject
from tests.connectors.memory import MemoryStore
from tests.connectors.town import CHANNEL, town, youtube_source
from tests.demo.discovery import document

LOST = (Subject("post", "v", "posts"), Subject("comment", "c", "comments"), Subject("follower", "UC1", "followers"))


def test_every_request_is_in_the_discovery_document() -> None:
    with town() as servers:
        store = MemoryStore()
        list(youtube_source(servers, known=Known(cases=LOST)).pull(store))

    assert {walk.partition(":")[2] for walk in store.pages if walk.startswith("proofs")} == {
        f"{CHANNEL}:{what}" for what in ("videos:50", "videos:1", "comments:50", "comments:1", "subscribers")
    }
    assert {page.endpoint for page in store.every_page} == {
        "channels.list",
        "commentThreads.list",
        "comments.list",
        "playlistItems.list",
        "subscriptions.list",
        "videos.list",
    }
    for page in store.every_page:
        _check(page.endpoint, json.loads(page.request))


def _check(endpoint: str, asked: dict[str, Any]) -> None:
    collection, _, method = endpoint.partition(".")
    known = document()["resources"][collection]["methods"][method]["parameters"]
    for name, value in asked.items():
        assert name in known, f"{endpoint} knows no {name}"
        if known[name]["type"] == "integer":
            assert int(known[name]["minimum"]) <= value <= int(known[name]["maximum"])
        if "enum" in known[name]:
            assert value in known[name]["enum"]
    assert not [name for name, one in known.items() if one.get("required") and name not in asked]
