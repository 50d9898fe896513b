"""How YouTube writes what other people do at a channel: subscriptions, comments and threads of them."""

import html
from collections.abc import Iterable

from demo.model import YouTubeComment, YouTubeState, YouTubeSubscriber
from demo.youtube.query import YouTubeQuery
from demo.youtube.serialise import Json, etag, portrait, resource, stamp

REPLIES_IN_A_THREAD = 5


def subscription(state: YouTubeState, subscriber: YouTubeSubscriber, asked: YouTubeQuery) -> Json:
    """Return one subscription to the channel; `snippet` is about the channel, `subscriberSnippet` about the person."""
    parts = {
        "snippet": {
            "publishedAt": stamp(subscriber.subscribed_at),
            "title": state.title,
            "description": state.description,
            "resourceId": {"kind": "youtube#channel", "channelId": state.channel_id},
            "channelId": subscriber.channel_id,
            "thumbnails": portrait(state.channel_id),
        },
        "contentDetails": {"totalItemCount": len(state.videos), "newItemCount": 0, "activityType": "all"},
        "subscriberSnippet": {
            "title": subscriber.title,
            "description": subscriber.description,
            "channelId": subscriber.channel_id,
            "thumbnails": portrait(subscriber.channel_id),
        },
    }
    item_id = etag(["subscription", state.channel_id, subscriber.channel_id])
    return resource("subscription", item_id, parts, asked)


def comment_resource(state: YouTubeState, comment: YouTubeComment, asked: YouTubeQuery) -> Json:
    """Return one comment; its moderation status is told only where unpublished comments were asked for."""
    display_text = comment.text if asked.is_plain_text else html.escape(comment.text).replace("\n", "<br>")
    snippet: Json = {
        "channelId": state.channel_id,
        "videoId": comment.video_id,
        "textDisplay": display_text,
        "textOriginal": comment.text,
        **({"parentId": comment.parent_id} if comment.parent_id else {}),
        "authorDisplayName": comment.author_name,
        "authorProfileImageUrl": portrait(comment.author_channel_id)["default"]["url"],
        "authorChannelUrl": f"http://www.youtube.com/channel/{comment.author_channel_id}",
        "authorChannelId": {"value": comment.author_channel_id},
        "canRate": True,
        "viewerRating": "none",
        "likeCount": 0,
        **({"moderationStatus": comment.moderation} if asked.moderation != "published" else {}),
        **({"imageUrl": comment.image_url} if comment.image_url else {}),
        "publishedAt": stamp(comment.published_at),
        "updatedAt": stamp(comment.published_at),
    }
    parts = {"snippet": snippet}
    return resource("comment", comment.id, parts, asked)


def thread_resource(
    state: YouTubeState, top: YouTubeComment, replies: Iterable[YouTubeComment], asked: YouTubeQuery
) -> Json:
    """Return a thread with the first five of its replies, however many it has."""
    answers = list(replies)
    parts = {
        "snippet": {
            "channelId": state.channel_id,
            "videoId": top.video_id,
            "topLevelComment": comment_resource(state, top, asked),
            "canReply": True,
            "totalReplyCount": len(answers),
            "isPublic": top.moderation == "published",
        },
        "replies": {"comments": [comment_resource(state, reply, asked) for reply in answers[:REPLIES_IN_A_THREAD]]}
        if answers
        else {},
    }
    return resource("commentThread", top.id, parts, asked)
