"""The lists of one YouTube channel, each a generator of records that counts what it brings in its progress."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from connectors.api.caller import Parameters
from connectors.errors import SourceRefused
from connectors.json_fields import Fields
from connectors.progress import Progress
from connectors.records import Comment, Medium, Profile, Record, Unavailable
from connectors.youtube import comments, read
from connectors.youtube.caller import ChannelPull

SUBSCRIBERS_SHOWN = 1_000


def own_profile(pull: ChannelPull) -> Profile:
    """Return what the channel shows about itself; SourceRefused when the asker does not own it."""
    channels: list[read.Channel] = []
    own: list[read.Channel] = []
    for more in pull.caller.tries(f"profile:{pull.channel_id}"):
        channels = own_channels(pull, more)
        own = [channel for channel in channels if channel.profile.account_id == pull.channel_id]
        if own:
            break
    if not channels:
        raise SourceRefused("These YouTube credentials belong to nobody with a channel.", reason="credentials")
    if not own:
        message = "These YouTube credentials belong to another channel than the one they are set for."
        raise SourceRefused(message, reason="credentials")
    pull.uploads = own[0].uploads
    return own[0].profile


def own_channels(pull: ChannelPull, more: str = "") -> list[read.Channel]:
    """Return the channels of whoever asks; `more` is what the name of the list has for another try."""
    parameters: Parameters = {"part": "id,snippet,contentDetails,statistics", "mine": True}
    pages = pull.items(f"profile{more}", "channels.list", parameters)
    return [read.channel(item) for _page, items in pages for item in items]


def subscribers(pull: ChannelPull, progress: Progress) -> Iterator[Record]:
    """Yield who subscribes in public, and what each shows; YouTube shows a thousand at most."""
    parameters: Parameters = {"part": "id,snippet,subscriberSnippet", "mySubscribers": True, "maxResults": 50}
    for page, items in pull.items("followers", "subscriptions.list", parameters, progress.is_over):
        subscribed = progress.understood(items, partial(read.subscriber, account_id=pull.channel_id))
        by_id = {follow.actor_id: (follow, profile) for follow, profile in subscribed}
        new = progress.fresh(by_id, is_last=page.next_token is None)
        for follow, profile in (pair for actor_id, pair in by_id.items() if actor_id in new):
            progress.rows += 1
            yield follow
            yield from pull.once(profile)
    # The count is rounded down from a thousand on, so a list of a thousand never tells whether it is the whole one.
    # Some have met pages that repeat there.
    if progress.stopped in {"end", "loop"} and progress.rows >= SUBSCRIBERS_SHOWN:
        progress.stopped = "cap"


def videos(pull: ChannelPull, progress: Progress) -> Iterator[Record]:
    """Yield the channel's videos, newest first, each with its thumbnails."""
    parameters: Parameters = {"part": "id,contentDetails", "playlistId": pull.uploads, "maxResults": 50}
    try:
        for page, items in pull.items("posts", "playlistItems.list", parameters, progress.is_over):
            video_ids = list(dict.fromkeys(progress.understood(items, read.uploaded)))
            new = progress.fresh(video_ids, is_last=page.next_token is None)
            yield from _videos(pull, progress, page.number, [video_id for video_id in video_ids if video_id in new])
    except SourceRefused as error:
        # A channel that never uploaded has no such playlist.
        if error.reason != "not_found" or progress.platform_count != 0:
            raise


def conversations(pull: ChannelPull, progress: Progress) -> Iterator[Record]:
    """Yield every published comment on the channel and its videos, with all replies, and who wrote each."""
    parameters: Parameters = {
        "part": "id,snippet,replies",
        "allThreadsRelatedToChannelId": pull.channel_id,
        "maxResults": 100,
        "order": "time",
        "textFormat": "plainText",
    }
    try:
        for page, items in pull.items("comments", "commentThreads.list", parameters, progress.is_over):
            threads = {thread.thread_id: thread for thread in progress.understood(items, comments.thread)}
            new = progress.fresh(threads, is_last=page.next_token is None)
            for thread in (thread for thread_id, thread in threads.items() if thread_id in new):
                yield from new_comments(pull, progress, [thread.top, *_replies(pull, progress, thread)])
    except SourceRefused as error:
        if error.word == "commentsDisabled":
            yield Unavailable(platform="youtube", kind="actor", subject_id=pull.channel_id, reason="commentsDisabled")
        raise


def _videos(pull: ChannelPull, progress: Progress, batch: int, video_ids: list[str]) -> Iterator[Record]:
    if not video_ids:
        return
    parameters: Parameters = {"part": "id,snippet,status,statistics", "id": ",".join(video_ids)}
    missing = dict.fromkeys(video_ids)
    shown = pull.progress("posts")
    shown.seen = {post.post_id for post in pull.posts}
    for _page, items in pull.items(f"videos:{batch}", "videos.list", parameters):
        for item in items:
            missing.pop(str(item.peek("id")), None)
        for post, thumbnails in shown.understood(items, partial(read.video, account_id=pull.channel_id)):
            progress.rows += 1
            progress.counted = (progress.counted or 0) + (post.visibility == "public")
            pull.posts.append(post)
            yield post
            yield from thumbnails
    progress.unread += shown.unread
    for video_id in missing:
        yield Unavailable(platform="youtube", kind="post", subject_id=video_id, reason="not-shown")


def _own_picture(pull: ChannelPull, comment: Comment) -> Iterator[Record]:
    """Yield the picture in the channel's own comment on one of its videos, as one that the school posted."""
    if comment.picture_url is not None and comment.post_id in {post.post_id for post in pull.posts}:
        yield Medium(
            platform="youtube",
            account_id=pull.channel_id,
            post_id=comment.post_id,
            medium_id=f"{comment.comment_id}/picture",
            kind="photo",
            url=comment.picture_url,
        )


def _replies(pull: ChannelPull, progress: Progress, thread: comments.Thread) -> list[Fields]:
    """Return all replies in a thread, asking for them where the thread came with some of them only."""
    if thread.reply_count <= len(thread.replies):
        return thread.replies
    parameters: Parameters = {
        "part": "id,snippet",
        "parentId": thread.thread_id,
        "maxResults": 100,
        "textFormat": "plainText",
    }
    of_thread = pull.progress("comments")
    replies: list[Fields] = []
    for page, items in pull.items(f"comments:{thread.thread_id}", "comments.list", parameters, of_thread.is_over):
        of_thread.fresh([str(item.peek("id")) for item in items], is_last=page.next_token is None)
        replies += items
    progress.stopped = of_thread.stopped if of_thread.is_over() else progress.stopped
    return replies


def new_comments(pull: ChannelPull, progress: Progress, items: Iterable[Fields]) -> Iterator[Record]:
    """Yield these comments, and who wrote them; the picture in one of the channel's own stands on its video."""
    for comment, author in progress.understood(items, partial(comments.comment, account_id=pull.channel_id)):
        if not pull.is_new(comment):
            continue
        progress.counted = (progress.counted or 0) + 1
        progress.rows += 1
        if comment.actor_id == pull.channel_id:
            yield replace(comment, picture_url=None)
            yield from _own_picture(pull, comment)
            continue
        yield comment
        yield from pull.once(author)
