"""Asks YouTube's simulator with the Google client, and checks every answer against the discovery document."""

from typing import Any

from tests.demo.discovery import check_answer

PARTS = {
    "channels": "id,snippet,contentDetails,statistics,status",
    "playlistItems": "id,snippet,contentDetails,status",
    "videos": "id,snippet,contentDetails,statistics,status",
    "commentThreads": "id,snippet,replies",
    "comments": "id,snippet",
    "subscriptions": "id,snippet,contentDetails,subscriberSnippet",
}


def ask(youtube: Any, method: str, **params: Any) -> dict[str, Any]:
    """Return one answer of a list method, checked against the discovery document."""
    given = {"part": PARTS[method], **params}
    body: dict[str, Any] = getattr(youtube, method)().list(**given).execute()
    check_answer(body)
    return body


def pages(youtube: Any, method: str, **params: Any) -> list[dict[str, Any]]:
    """Return every page of a list."""
    found = [ask(youtube, method, **params)]
    while token := found[-1].get("nextPageToken"):
        found.append(ask(youtube, method, pageToken=token, **params))
    return found


def ids(*answers: dict[str, Any]) -> list[str]:
    """Return the ids of the items of these answers."""
    return [item["id"] for answer in answers for item in answer["items"]]


def subscribers(*answers: dict[str, Any]) -> list[str]:
    """Return the subscribers' channel ids in these answers."""
    return [item["subscriberSnippet"]["channelId"] for answer in answers for item in answer["items"]]
