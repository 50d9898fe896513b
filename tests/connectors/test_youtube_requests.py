"""Every request that the YouTube connector makes, and every answer to it, is one that YouTube itself describes."""

import json
from urllib.parse import parse_qsl

from connectors.source import EarlierRuns, KnownSubject
from tests.connectors.memory import MemoryStore
from tests.connectors.odd import Odd, forward, odd
from tests.connectors.town import town, youtube_source
from tests.demo.discovery import check_answer, check_request

LOST = (
    KnownSubject("post", "v", "posts"),
    KnownSubject("comment", "c", "comments"),
    KnownSubject("follower", "UC1", "followers"),
)


def test_all_that_goes_over_the_line_is_in_the_discovery_document() -> None:
    heard: list[tuple[str, Odd]] = []
    with town() as servers:

        def listening(path: str, headers: dict[str, str]) -> Odd:
            heard.append((path, forward(servers.youtube_url + path, headers["authorization"])))
            return heard[-1][1]

        with odd(listening) as server:
            list(youtube_source(servers, known=EarlierRuns(cases=LOST), url=server.url).pull(MemoryStore()))

    asked = [path.removeprefix("/youtube/v3/").partition("?") for path, _ in heard]
    assert {collection for collection, _, _ in asked} == {
        *("channels", "commentThreads", "comments", "playlistItems", "subscriptions", "videos")
    }
    assert sum("forChannelId" in query for _, _, query in asked) == 2, "of one who is missing, and of one who is not"
    for (collection, _, query), (_, answered) in zip(asked, heard, strict=True):
        check_request(f"{collection}.list", dict(parse_qsl(query)))
        if answered.status == 200:
            check_answer(json.loads(answered.body))
