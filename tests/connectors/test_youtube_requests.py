"""Every request that the YouTube connector makes is one that Google's own description knows."""

import json
from typing import Any

from tests.connectors.memory import MemoryStore
from tests.connectors.town import town, youtube_source
from tests.demo.discovery import document


def test_every_request_is_in_the_discovery_document() -> None:
    with town() as servers:
        store = MemoryStore()
        list(youtube_source(servers).pull(store))

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
