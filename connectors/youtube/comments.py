"""Reads YouTube's comments strictly: threads, and the comments in them."""

from dataclasses import dataclass

from connectors.json_fields import Fields
from connectors.records import Comment, Profile
from connectors.youtube.read import ALWAYS_THERE

NOBODY = "unknown"


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread of comments: the first one, the replies that came with it, and how many there are."""

    thread_id: str
    top: Fields
    replies: list[Fields]
    reply_count: int


def thread(item: Fields) -> Thread:
    """Read one thread, leaving its comments to be read one by one."""
    snippet = item.part("snippet")
    replies = item.maybe_part("replies")
    read = Thread(
        thread_id=item.text("id"),
        top=snippet.part("topLevelComment"),
        replies=replies.parts("comments") if replies else [],
        reply_count=snippet.maybe_integer("totalReplyCount") or 0,
    )
    snippet.done("channelId", "videoId", "canReply", "isPublic")
    item.done()
    return read


def comment(item: Fields, account_id: str) -> tuple[Comment, Profile | None]:
    """Read one comment and what its author shows; the author of an abandoned account is nobody."""
    snippet = item.part("snippet")
    author = snippet.maybe_part("authorChannelId")
    actor_id = author.text("value") if author else NOBODY
    parent_id = snippet.maybe_text("parentId")
    display_text = snippet.maybe_text("textDisplay")
    name = snippet.maybe_text("authorDisplayName")
    face = snippet.maybe_text("authorProfileImageUrl")
    read = Comment(
        platform="youtube",
        account_id=account_id,
        comment_id=item.text("id"),
        post_id=snippet.maybe_text("videoId"),
        parent_id=parent_id,
        actor_id=actor_id,
        kind="reply" if parent_id else "comment",
        posted_at=snippet.moment("publishedAt"),
        text=snippet.maybe_text("textOriginal") or display_text or "",
        picture_url=snippet.maybe_text("imageUrl"),
    )
    snippet.ignore("channelId", "authorChannelUrl", "canRate", "viewerRating", "likeCount", "updatedAt")
    snippet.done("moderationStatus")
    item.done(*ALWAYS_THERE)
    if author is None:
        return read, None
    handle = name if name and name.startswith("@") else None
    profile = Profile(platform="youtube", account_id=actor_id, handle=handle, display_name=name, picture_url=face)
    return read, profile
