"""The listings over one YouTube channel, each a generator of records that counts what it brings in its tally."""

from collections.abc import Iterable, Iterator

from connectors.ending import Tally
from connectors.errors import SourceRefused
from connectors.records import Comment, Follow, Medium, Profile, Record, Unavailable
from connectors.strict import Fields
from connectors.youtube import comments, read
from connectors.youtube.look import Look

SUBSCRIBERS_SHOWN = 1_000


def own_channel(look: Look) -> read.Channel:
    """Return what the channel shows about itself; SourceRefused when the asker does not own it."""
    asked: dict[str, str | int | bool] = {"part": "id,snippet,contentDetails,statistics", "mine": True}
    found = [read.channel(item) for _page, items in look.items("profile", "channels.list", asked) for item in items]
    if not found:
        raise SourceRefused("These YouTube credentials belong to nobody with a channel.", reason="credentials")
    own = [channel for channel in found if channel.profile.account_id == look.channel_id]
    if not own:
        message = "These YouTube credentials belong to another channel than the one they are set for."
        raise SourceRefused(message, reason="credentials")
    return own[0]


def subscribers(look: Look, tally: Tally) -> Iterator[Record]:
    """Yield who subscribes in public, and what each shows; YouTube shows a thousand at most."""
    asked: dict[str, str | int | bool] = {
        "part": "id,snippet,subscriberSnippet",
        "mySubscribers": True,
        "maxResults": 50,
    }
    for page, items in look.items("followers", "subscriptions.list", asked, lambda _page: tally.is_over()):
        found = {follow.actor_id: (follow, profile) for follow, profile in _subscribers(look, items)}
        new = tally.fresh(found, is_last=page.next_token is None)
        for follow, profile in (pair for actor_id, pair in found.items() if actor_id in new):
            tally.rows += 1
            yield follow
            yield from look.once(profile)
    # The count is rounded down from a thousand on, so a list of a thousand never tells whether it is the whole one.
    if not tally.is_over() and tally.rows >= SUBSCRIBERS_SHOWN:
        tally.stopped = "cap"


def videos(look: Look, tally: Tally, uploads: str) -> Iterator[Record]:
    """Yield the channel's videos, newest first, each with its thumbnails."""
    asked: dict[str, str | int | bool] = {
        "part": "id,contentDetails",
        "playlistId": uploads,
        "maxResults": 50,
    }
    try:
        for page, items in look.items("posts", "playlistItems.list", asked, lambda _page: tally.is_over()):
            listed = list(dict.fromkeys(read.uploaded(item) for item in items))
            new = tally.fresh(listed, is_last=page.next_token is None)
            yield from _videos(look, tally, page.number, [each for each in listed if each in new])
    except SourceRefused as error:
        # A channel that never uploaded has no such playlist.
        if error.reason != "not_found" or tally.platform_count != 0:
            raise


def conversations(look: Look, tally: Tally) -> Iterator[Record]:
    """Yield every published comment on the channel and its videos, with all replies, and who wrote each."""
    asked: dict[str, str | int | bool] = {
        "part": "id,snippet,replies",
        "allThreadsRelatedToChannelId": look.channel_id,
        "maxResults": 100,
        "order": "time",
        "textFormat": "plainText",
    }
    try:
        for page, items in look.items("comments", "commentThreads.list", asked, lambda _page: tally.is_over()):
            threads = {thread.thread_id: thread for thread in map(comments.thread, items)}
            new = tally.fresh(threads, is_last=page.next_token is None)
            for thread in (each for thread_id, each in threads.items() if thread_id in new):
                yield from written(look, tally, [thread.top, *_replies(look, tally, thread)])
    except SourceRefused as error:
        if error.word == "commentsDisabled":
            yield Unavailable(platform="youtube", kind="actor", subject_id=look.channel_id, reason="commentsDisabled")
        raise


def _subscribers(look: Look, items: Iterable[Fields]) -> Iterator[tuple[Follow, Profile]]:
    return (read.subscriber(item, look.channel_id) for item in items)


def _videos(look: Look, tally: Tally, batch: int, video_ids: list[str]) -> Iterator[Record]:
    if not video_ids:
        return
    asked: dict[str, str | int | bool] = {"part": "id,snippet,status,statistics", "id": ",".join(video_ids)}
    missing = dict.fromkeys(video_ids)
    for _page, items in look.items(f"videos:{batch}", "videos.list", asked):
        for post, thumbnails in (read.video(item, look.channel_id) for item in items):
            missing.pop(post.post_id, None)
            tally.rows += 1
            tally.counted = (tally.counted or 0) + (post.visibility == "public")
            look.posts.append(post)
            yield post
            yield from thumbnails
    for video_id in missing:
        yield Unavailable(platform="youtube", kind="post", subject_id=video_id, reason="not-shown")


def _own_picture(look: Look, comment: Comment) -> Iterator[Record]:
    """Yield the picture in the channel's own comment on one of its videos, as one that the school posted."""
    if comment.picture_url is not None and comment.post_id in {post.post_id for post in look.posts}:
        yield Medium(
            platform="youtube",
            account_id=look.channel_id,
            post_id=comment.post_id,
            medium_id=f"{comment.comment_id}/picture",
            kind="photo",
            url=comment.picture_url,
        )


def _replies(look: Look, tally: Tally, thread: comments.Thread) -> list[Fields]:
    """Return all replies in a thread, asking for them where the thread came with some of them only."""
    if thread.reply_count <= len(thread.replies):
        return thread.replies
    asked: dict[str, str | int | bool] = {
        "part": "id,snippet",
        "parentId": thread.thread_id,
        "maxResults": 100,
        "textFormat": "plainText",
    }
    replies = Tally("youtube", look.channel_id, "comments")
    found: list[Fields] = []
    for page, items in look.items(
        f"comments:{thread.thread_id}", "comments.list", asked, lambda _page: replies.is_over()
    ):
        ids = [str(item.peek("id")) for item in items]
        replies.fresh(ids, is_last=page.next_token is None)
        found += items
    tally.stopped = replies.stopped if replies.is_over() else tally.stopped
    return found


def written(look: Look, tally: Tally, items: Iterable[Fields]) -> Iterator[Record]:
    """Yield the comments of others among these, and who wrote them; of the channel's own ones, their pictures."""
    for item in items:
        comment, author = comments.comment(item, look.channel_id)
        key = ("comment", comment.comment_id)
        if key in look.told:
            continue
        look.told.add(key)
        tally.counted = (tally.counted or 0) + 1
        if comment.actor_id == look.channel_id:
            yield from _own_picture(look, comment)
            continue
        tally.rows += 1
        yield comment
        yield from look.once(author)
