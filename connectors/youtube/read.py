"""Reads YouTube's answers strictly; knows nothing of asking."""

from dataclasses import dataclass
from datetime import datetime

from connectors.api.caller import answer_in
from connectors.errors import SourceChanged
from connectors.json_fields import Fields, UnknownFields, fields, parsed
from connectors.records import Follow, Medium, Post, Profile
from connectors.youtube.thumbnails import largest, media

VISIBILITIES = frozenset({"public", "unlisted", "private"})
ALWAYS_THERE = ("kind", "etag")


def envelope(body: bytes, endpoint: str) -> tuple[str | None, int]:
    """Return the next page's token and how many resources came, reading no more than that.

    An answer that is nested too deep counts all the same: it has neither, and whoever reads it gets the error.
    """
    answer = answer_in(body, endpoint, "YouTube", frozenset({"kind", "items"}))
    if answer is None:
        return None, 0
    token, items = answer.get("nextPageToken"), answer.get("items")
    return (token if isinstance(token, str) else None), len(items) if isinstance(items, list) else 0


def items(body: bytes, endpoint: str, signals: UnknownFields) -> list[Fields]:
    """Return the resources of one stored answer; raises SourceChanged when it is of another form."""
    signals.endpoint = endpoint
    top = fields(parsed(body, endpoint), "", signals)
    resources = top.parts("items")
    top.maybe_text("nextPageToken")
    top.done(*ALWAYS_THERE, "prevPageToken", "pageInfo", "eventId", "visitorId", "tokenPagination")
    for item in resources:
        item.ignore(*ALWAYS_THERE)
    return resources


@dataclass(frozen=True, slots=True)
class Channel:
    """The owner's channel: what it shows, and the playlist of its uploads."""

    profile: Profile
    uploads: str


def channel(item: Fields) -> Channel:
    """Read the owner's channel; a hidden subscriber count is no count."""
    snippet, statistics = item.part("snippet"), item.part("statistics")
    details = item.part("contentDetails")
    playlists = details.part("relatedPlaylists")
    uploads = playlists.text("uploads")
    followers = statistics.maybe_integer("subscriberCount")
    is_hidden = statistics.maybe_flag("hiddenSubscriberCount")
    picture = largest(snippet.maybe_part("thumbnails"))
    address = snippet.maybe_text("customUrl")
    profile = Profile(
        platform="youtube",
        account_id=item.text("id"),
        handle=address if address and address.startswith("@") else None,  # an old address of a channel is no handle
        display_name=snippet.text("title"),
        bio=snippet.maybe_text("description"),
        location=snippet.maybe_text("country"),
        picture_url=picture.url if picture else None,
        created_at=snippet.maybe_moment("publishedAt"),
        followers_count=None if is_hidden else followers,
        posts_count=statistics.maybe_integer("videoCount"),
        counts_are_rounded=True,
    )
    snippet.done("localized", "defaultLanguage")
    statistics.done("viewCount", "commentCount")
    playlists.done("likes", "favorites", "watchHistory", "watchLater")
    details.done()
    item.done()
    return Channel(profile, uploads)


def uploaded(item: Fields) -> str:
    """Return the video id of one item of the uploads playlist."""
    details = item.part("contentDetails")
    video_id = details.text("videoId")
    details.done("videoPublishedAt", "startAt", "endAt", "note")
    item.done("id")
    return video_id


def video(item: Fields, account_id: str) -> tuple[Post, list[Medium]]:
    """Read one video of the channel, and its thumbnails: the largest, and the upright one of a Short."""
    snippet, status = item.part("snippet"), item.part("status")
    statistics = item.maybe_part("statistics")
    visibility = status.text("privacyStatus")
    if visibility not in VISIBILITIES:
        raise SourceChanged("YouTube names a privacy status that we do not know.")
    post_id = item.text("id")
    thumbnails = list(media(snippet.maybe_part("thumbnails"), account_id, post_id))
    post = Post(
        platform="youtube",
        account_id=account_id,
        post_id=post_id,
        first_version_id=post_id,
        kind="video",
        posted_at=snippet.moment("publishedAt"),
        title=snippet.text("title"),
        text=snippet.maybe_text("description") or "",
        tags="; ".join(snippet.texts("tags")) or None,
        visibility=visibility,
        is_made_for_kids=status.maybe_flag("madeForKids"),
        is_embeddable=status.maybe_flag("embeddable"),
        reply_count=statistics.maybe_integer("commentCount") if statistics else None,
    )
    snippet.ignore("channelId", "channelTitle", "categoryId", "liveBroadcastContent", "localized")
    snippet.done("defaultLanguage", "defaultAudioLanguage")
    status.ignore("uploadStatus", "license", "publicStatsViewable", "selfDeclaredMadeForKids", "publishAt")
    status.done("containsSyntheticMedia", "failureReason", "rejectionReason")
    if statistics:
        statistics.done("viewCount", "likeCount", "dislikeCount", "favoriteCount")
    item.done()
    return post, thumbnails


def subscriber(item: Fields, account_id: str) -> tuple[Follow, Profile]:
    """Read one subscriber: the line to the channel, and what the subscriber shows."""
    snippet, about = item.part("snippet"), item.part("subscriberSnippet")
    actor_id = about.text("channelId")
    picture = largest(about.maybe_part("thumbnails"))
    follow = Follow(
        platform="youtube",
        account_id=account_id,
        actor_id=actor_id,
        direction="follower",
        followed_at=snippet.maybe_moment("publishedAt"),
    )
    profile = Profile(
        platform="youtube",
        account_id=actor_id,
        handle=None,
        display_name=about.maybe_text("title"),
        bio=about.maybe_text("description"),
        picture_url=picture.url if picture else None,
    )
    snippet.done("title", "description", "resourceId", "channelId", "channelTitle", "thumbnails")
    about.done()
    item.done("id")
    return follow, profile


def subscription(item: Fields) -> tuple[str, datetime | None]:
    """Read one line of a subscriber's own list: to which channel it goes, and since when."""
    snippet = item.part("snippet")
    about = snippet.part("resourceId")
    channel_id = about.text("channelId")
    since = snippet.maybe_moment("publishedAt")
    about.done("kind")
    snippet.done("title", "description", "channelId", "channelTitle", "thumbnails")
    item.done("id")
    return channel_id, since
