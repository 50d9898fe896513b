"""Reads X's posts strictly: the school's own, and what others wrote to it or about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from connectors.errors import SourceChanged
from connectors.json_fields import Fields
from connectors.records import Comment, Medium, Post, Unavailable
from connectors.x.read import XResponse
from connectors.x.words import words_of

POST_KINDS = {"replied_to": "reply", "quoted": "quote", "retweeted": "repost", "reposted": "repost"}
_REFERENCES = ("referenced_tweets", "referenced_posts")


@dataclass(frozen=True, slots=True)
class AuthoredPost:
    """One post of anybody's: whom it is by, and the post as if it stood on the account that was asked for.

    It `is_cut` where not all of its words came, such as those of an article.
    """

    author_id: str | None
    post: Post
    media_keys: tuple[str, ...]
    is_cut: bool = False


def authored_post(post: Fields, account_id: str, came: XResponse) -> AuthoredPost:
    """Read one post of an answer; a repost gets the full text of what it repeats, where that came in it too."""
    references = {_kind(reference): reference.text("id") for reference in post.parts(*_REFERENCES)}
    kind = next((kind for kind in ("repost", "reply", "quote") if kind in references), "post")
    refers_to = references.get(kind)
    other = came.referred.get(refers_to or "")
    repeated = other if kind == "repost" else None
    post_id = post.text("id")
    words = words_of(post, came.polls)
    keys = tuple(key or f"{post_id}/article" for key in words.media_keys)
    author_id = post.maybe_text("author_id")
    versions = [post_id, *post.texts("edit_history_tweet_ids", "edit_history_post_ids")]
    addressee = post.maybe_text("in_reply_to_user_id")
    counts, place = post.part("public_metrics"), post.maybe_part("geo")
    read = Post(
        platform="x",
        account_id=account_id,
        post_id=post_id,
        first_version_id=min(versions, key=lambda version: (len(version), version)),
        kind=kind,
        posted_at=post.moment("created_at"),
        text=repeated.text if repeated else words.text,
        conversation_id=post.maybe_text("conversation_id"),
        in_reply_to_actor_id=addressee,
        refers_to_post_id=refers_to,
        refers_to_actor_id=(other.author_id if other else None) or (addressee if kind == "reply" else None),
        repost_count=counts.integer("retweet_count", "repost_count"),
        reply_count=counts.integer("reply_count"),
        quote_count=counts.integer("quote_count"),
        has_place=place is not None,
    )
    if place is not None:
        place.done("place_id", "coordinates")
    counts.done("like_count", "bookmark_count", "impression_count")
    post.done()
    return AuthoredPost(author_id, read, keys, is_cut=not (repeated or words).is_whole)


def comment(authored: AuthoredPost, actor_id: str) -> Comment:
    """Return what someone wrote to or about the account as a comment."""
    post = authored.post
    is_answer = post.kind == "reply" and post.in_reply_to_actor_id == post.account_id
    kind = "reply" if is_answer else "quote" if post.kind == "quote" else "mention"
    about = {"reply": post.conversation_id, "quote": post.refers_to_post_id, "mention": None}
    return Comment(
        platform="x",
        account_id=post.account_id,
        comment_id=post.post_id,
        post_id=about[kind],
        parent_id=post.refers_to_post_id if kind == "reply" else None,
        actor_id=actor_id,
        kind=kind,
        posted_at=post.posted_at,
        text=post.text,
    )


def media_of(authored: AuthoredPost, media: Mapping[str, Medium]) -> list[Medium | Unavailable]:
    """Return the media on a post; one that X names but did not send is of unknown kind, and Unavailable."""
    post = authored.post
    lost = [key for key in authored.media_keys if key not in media]
    return [
        *(_medium(media.get(key), post, key) for key in authored.media_keys),
        *(Unavailable(platform="x", kind="medium", subject_id=key, reason="not-included") for key in lost),
    ]


def _medium(sent: Medium | None, post: Post, key: str) -> Medium:
    if sent is not None:
        return replace(sent, account_id=post.account_id, post_id=post.post_id)
    return Medium(
        platform="x", account_id=post.account_id, post_id=post.post_id, medium_id=key, kind="unknown", url=None
    )


def _kind(reference: Fields) -> str:
    name = reference.text("type")
    if name not in POST_KINDS:
        raise SourceChanged("X names a way for one post to refer to another that we do not know.")
    return POST_KINDS[name]
