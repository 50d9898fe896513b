"""Every request that the YouTube connector makes, and every answer to it, is one that YouTube itself describes."""

import json
import urllib.request
from urllib.parse import parse_qsl

from tests.connectors.memory import MemoryStore
from tests.connectors.odd import Odd, odd
from tests.connectors.town import town, youtube_source
from tests.demo.discovery import check_answer, check_request


def test_all_that_goes_over_the_line_is_in_the_discovery_document() -> None:
    heard: list[tuple[str, bytes]] = []
    with town() as servers:

        def listening(path: str, headers: dict[str, str]) -> Odd:
            request = urllib.request.Request(
                servers.youtube_url + path, headers={"Authorization": headers["authorization"]}
            )
            with urllib.request.urlopen(request) as response:
                heard.append((path, response.read()))
            return Odd(heard[-1][1])

        with odd(listening) as server:
            list(youtube_source(servers, url=server.url).pull(MemoryStore()))

    asked = [path.removeprefix("/youtube/v3/").partition("?") for path, _ in heard]
    assert {collection for collection, _, _ in asked} == {
        *("channels", "commentThreads", "comments", "playlistItems", "subscriptions", "videos")
    }
    for (collection, _, query), (_, body) in zip(asked, heard, strict=True):
        check_request(f"{collection}.list", dict(parse_qsl(query)))
        check_answer(json.loads(body))
