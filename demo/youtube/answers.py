"""What each list method answers with, for the channel's owner."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from demo import tokens
from demo.cuts import WHOLE, Cut
from demo.endpoint import RefusedRequest
from demo.model import YouTubeComment, YouTubeState, YouTubeSubscriber, YouTubeVideo
from demo.youtube import comments, serialise
from demo.youtube.query import YouTubeQuery, problem

SUBSCRIBERS_CAP = 1_000
_REPEATED = 50
Body = dict[str, Any]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class YouTubeRequest:
    """A request in order: the state, what is asked, the faults that repeat tokens or subscribers, how a list is cut."""

    state: YouTubeState
    asked: YouTubeQuery
    repeats_token: bool
    repeats_subscribers: bool
    cut: Cut = WHOLE


def answer(request: YouTubeRequest) -> Body:
    """Return the body of status 200; raise RefusedRequest with Google's error where there is no such thing."""
    items, page = ANSWERS[request.asked.endpoint.name](request)
    kind = f"youtube#{request.asked.endpoint.kind}ListResponse"
    return {"kind": kind, "etag": serialise.etag(items), **page, "items": items}


def _channels(request: YouTubeRequest) -> tuple[list[Body], Body]:
    state, asked = request.state, request.asked
    own = serialise.own_channel(state, asked)
    if asked.filter == "mine":
        return [own], _one_page(1)
    if asked.filter == "forHandle":
        wanted = asked.values[0].removeprefix("@").casefold()
        channels = [own] if wanted == state.handle.removeprefix("@").casefold() else []
        return channels, _one_page(len(channels))
    faces = {c.author_channel_id: (c.author_name, "") for c in state.comments}
    faces |= {s.channel_id: (s.title, s.description) for s in state.subscribers}
    items = [
        own if channel_id == state.channel_id else serialise.other_channel(channel_id, *faces[channel_id], asked)
        for channel_id in dict.fromkeys(asked.values)
        if channel_id == state.channel_id or channel_id in faces
    ]
    return items, _one_page(len(items))


def _playlist_items(request: YouTubeRequest) -> tuple[list[Body], Body]:
    state, asked = request.state, request.asked
    if asked.values[0] != serialise.uploads(state.channel_id):
        raise RefusedRequest(problem(404, "playlistNotFound", location="playlistId"))
    videos = sorted(state.videos, key=lambda video: video.published_at, reverse=True)
    placed = [(position, video) for position, video in enumerate(videos)]
    page, meta = _cut(request, placed)
    return [serialise.playlist_item(state, video, position, asked) for position, video in page], meta


def _videos(request: YouTubeRequest) -> tuple[list[Body], Body]:
    by_id = {video.id: video for video in request.state.videos}
    videos = [by_id[video_id] for video_id in dict.fromkeys(request.asked.values) if video_id in by_id]
    return [serialise.video_resource(request.state, video, request.asked) for video in videos], _one_page(len(videos))


def _threads(request: YouTubeRequest) -> tuple[list[Body], Body]:
    state, asked = request.state, request.asked
    tops = [comment for comment in _comments_of(request) if comment.parent_id is None]
    tops = [top for top in tops if _is_in_view(top, _replies(state, top.id), asked.moderation)]
    page, meta = _cut(request, sorted(tops, key=lambda top: top.published_at, reverse=True))
    visible = {"published", asked.moderation}
    return [
        comments.thread_resource(state, top, (r for r in _replies(state, top.id) if r.moderation in visible), asked)
        for top in page
    ], meta | {"pageInfo": {"totalResults": len(page), "resultsPerPage": asked.size}}


def _comments_of(request: YouTubeRequest) -> list[YouTubeComment]:
    state, asked = request.state, request.asked
    silent = {video.id for video in state.videos if video.comments_disabled}
    if asked.filter == "id":
        return [comment for comment in state.comments if comment.id in asked.values]
    if asked.filter == "videoId":
        video_id = asked.values[0]
        if video_id not in {video.id for video in state.videos}:
            raise RefusedRequest(problem(404, "videoNotFound", location="videoId"))
        if video_id in silent:
            raise RefusedRequest(problem(403, "commentsDisabled", location="videoId"))
        return [comment for comment in state.comments if comment.video_id == video_id]
    if asked.values[0] != state.channel_id:
        raise RefusedRequest(problem(404, "channelNotFound", location="allThreadsRelatedToChannelId"))
    return [comment for comment in state.comments if comment.video_id not in silent]


def _is_in_view(top: YouTubeComment, replies: list[YouTubeComment], moderation: str) -> bool:
    # A thread awaits review when it or any of its replies does; a published one is judged by itself.
    candidates = [top] if moderation == "published" else [top, *replies]
    return any(comment.moderation == moderation for comment in candidates)


def _replies(state: YouTubeState, parent_id: str) -> list[YouTubeComment]:
    replies = [comment for comment in state.comments if comment.parent_id == parent_id]
    return sorted(replies, key=lambda reply: reply.published_at, reverse=True)


def _comments(request: YouTubeRequest) -> tuple[list[Body], Body]:
    state, asked = request.state, request.asked
    if asked.filter == "id":
        visible = [each for each in state.comments if each.id in asked.values and each.moderation == "published"]
    elif asked.values[0] not in {comment.id for comment in state.comments}:
        raise RefusedRequest(problem(404, "commentNotFound", location="parentId"))
    else:
        visible = [reply for reply in _replies(state, asked.values[0]) if reply.moderation == "published"]
    page, meta = _cut(request, visible)
    return [comments.comment_resource(state, comment, asked) for comment in page], meta


def _subscriptions(request: YouTubeRequest) -> tuple[list[Body], Body]:
    state, asked = request.state, request.asked
    if asked.filter not in {"mySubscribers", "myRecentSubscribers"}:
        return _own_list(request) if asked.filter == "channelId" else ([], _one_page(0))
    listed = [subscriber for subscriber in state.subscribers if subscriber.is_public]
    if asked.filter == "myRecentSubscribers":
        listed.sort(key=lambda subscriber: subscriber.subscribed_at, reverse=True)
    page, meta = _repeat(request, listed) if request.repeats_subscribers else _cut(request, listed[:SUBSCRIBERS_CAP])
    return [comments.subscription(state, subscriber, asked) for subscriber in page], meta


def _own_list(request: YouTubeRequest) -> tuple[list[Body], Body]:
    """Return what somebody else's own list says of this channel, the only one that the simulator knows."""
    state, asked = request.state, request.asked
    if reason := state.closed.get(asked.values[0]):
        raise RefusedRequest(problem(404 if reason == "subscriberNotFound" else 403, reason, location="channelId"))
    own = [subscriber for subscriber in state.subscribers if subscriber.channel_id == asked.values[0]]
    if any(not subscriber.is_public for subscriber in own):
        raise RefusedRequest(problem(403, "subscriptionForbidden", location="channelId"))
    visible = own if state.channel_id in asked.for_channels or asked.for_channels == ("",) else []
    return [comments.subscription(state, subscriber, asked) for subscriber in visible], _one_page(len(visible))


def _repeat(request: YouTubeRequest, listed: list[YouTubeSubscriber]) -> tuple[Sequence[YouTubeSubscriber], Body]:
    """Return the fault that was seen at YouTube: the same page again under a new token, up to a thousand."""
    asked = request.asked
    meta: Body = {"pageInfo": {"totalResults": SUBSCRIBERS_CAP, "resultsPerPage": asked.size}}
    if asked.offset + asked.size < SUBSCRIBERS_CAP:
        meta = {"nextPageToken": tokens.seal(asked.listing, asked.offset + asked.size), **meta}
    return listed[: min(asked.size, _REPEATED)], meta


def _cut(request: YouTubeRequest, things: Sequence[Thing]) -> tuple[Sequence[Thing], Body]:
    asked = request.asked
    things = request.cut.shown(things, _id_of)
    end = asked.offset + asked.size
    meta: Body = {}
    if request.repeats_token:
        meta["nextPageToken"] = tokens.seal(asked.listing, asked.size)
    elif end < len(things) and request.cut.has_token(offset=asked.offset, size=asked.size):
        meta["nextPageToken"] = tokens.seal(asked.listing, end)
    if asked.offset and asked.endpoint.has_previous_token:
        meta["prevPageToken"] = tokens.seal(asked.listing, max(asked.offset - asked.size, 0))
    meta["pageInfo"] = {"totalResults": len(things), "resultsPerPage": asked.size}
    return things[asked.offset : end], meta


def _id_of(thing: object) -> str:
    match thing:
        case YouTubeSubscriber():
            return thing.channel_id
        case YouTubeComment():
            return thing.id
        case (_, YouTubeVideo() as video):
            return video.id
    raise TypeError(type(thing).__name__)


def _one_page(count: int) -> Body:
    return {"pageInfo": {"totalResults": count, "resultsPerPage": count}}


ANSWERS: dict[str, Callable[[YouTubeRequest], tuple[list[Body], Body]]] = {
    "channels": _channels,
    "playlistItems": _playlist_items,
    "videos": _videos,
    "commentThreads": _threads,
    "comments": _comments,
    "subscriptions": _subscriptions,
}
