"""Asks YouTube for those whom earlier runs saw and its lists now lack: videos, comments and subscribers.

Of many ids YouTube leaves out what it does not have, without a word, as it would if an answer came short. So what a
first answer lacks is asked for once more by itself: nothing in answer to that is YouTube's word that it is not there.
A subscriber is asked through the subscriber's own list; where that is private YouTube does not tell.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from connectors.api.caller import ids_asked
from connectors.json_fields import Fields, parsed
from connectors.proofs import ProofRequests, proof_requests
from connectors.records import Follow, Record
from connectors.source import KnownSubject, Page
from connectors.youtube import read
from connectors.youtube.caller import OK, ChannelPull, YouTubeListing
from connectors.youtube.error_map import word_in
from connectors.youtube.listings import new_comments

BATCH_SIZE = 50
# What a refusal says of the one subject that was asked for; the reasons are those of YouTube's reference.
OF_A_COMMENT = {"commentNotFound": "gone", "forbidden": "hidden"}
OF_A_SUBSCRIBER = {
    "accountClosed": "gone",
    "accountSuspended": "suspended",
    "accountTerminated": "suspended",
    "subscriberNotFound": "gone",
    "subscriptionForbidden": "hidden",
}

_Reader = Callable[[ChannelPull, ProofRequests, Fields], Iterator[Record]]


def requests(pull: ChannelPull) -> ProofRequests:
    """Return whom to ask for: those whom earlier runs saw and this pull's lists lack."""
    listed = {
        "post": {post.post_id for post in pull.posts},
        "comment": {key[2] for key in pull.yielded if key[0] == "comment"},
        "follower": pull.members_read("followers"),
    }

    def is_listed(subject: KnownSubject) -> bool:
        # YouTube has no list of whom a channel follows; and a comma would make two ids of one.
        return subject.subject_id in listed.get(subject.kind, {subject.subject_id}) or "," in subject.subject_id

    return proof_requests(pull.earlier, pull.listings, is_listed, platform="youtube", account_id=pull.channel_id)


def proofs(pull: ChannelPull, asked: ProofRequests) -> Iterator[Record]:
    """Yield a Proof of each subject that YouTube answers for, and what it shows of those that stand."""
    videos = YouTubeListing(
        name=f"proofs:{pull.channel_id}:videos",
        endpoint="videos.list",
        parameters={"part": "id,snippet,status,statistics"},
    )
    comments = YouTubeListing(
        name=f"proofs:{pull.channel_id}:comments",
        endpoint="comments.list",
        parameters={"part": "id,snippet", "textFormat": "plainText"},
        answers=frozenset(OF_A_COMMENT),
    )
    yield from asked.ask(("post",), _by_id(pull, asked, "post", videos, _video))
    yield from asked.ask(("comment",), _by_id(pull, asked, "comment", comments, _comment))
    yield from asked.ask(("follower",), _subscribers(pull, asked))


def _by_id(
    pull: ChannelPull, asked: ProofRequests, kind: str, listing: YouTubeListing, reader: _Reader
) -> Iterator[Record]:
    for batch_size in (BATCH_SIZE, 1):
        batches = replace(listing, name=f"{listing.name}:{batch_size}")
        for page, items in pull.items_by_id(batches, "id", asked.ids(kind), batch_size=batch_size):
            for item in items:
                yield from reader(pull, asked, item)
            if batch_size == 1:
                answer = OF_A_COMMENT.get(_word(page), "") if page.status != OK else "gone" if _is_empty(page) else ""
                yield from asked.answered(kind, ids_asked(page, "id")[0], answer) if answer else ()


def _video(pull: ChannelPull, asked: ProofRequests, item: Fields) -> Iterator[Record]:
    snippet: Any = item.peek("snippet")
    is_ours = isinstance(snippet, dict) and snippet.get("channelId") == pull.channel_id
    post, thumbnails = read.video(item, pull.channel_id)
    proof = asked.answered("post", post.post_id, "stands") if is_ours else []
    yield from proof
    if proof:
        yield post
        yield from thumbnails


def _comment(pull: ChannelPull, asked: ProofRequests, item: Fields) -> Iterator[Record]:
    snippet: Any = item.peek("snippet")
    status = snippet.get("moderationStatus") if isinstance(snippet, dict) else None
    is_public = status in {None, "published"}
    proof = asked.answered("comment", str(item.peek("id")), "stands" if is_public else "hidden")
    yield from proof
    if proof and is_public:
        yield from new_comments(pull, pull.progress("proofs"), [item])


def _subscribers(pull: ChannelPull, asked: ProofRequests) -> Iterator[Record]:
    listing = YouTubeListing(
        name=f"proofs:{pull.channel_id}:subscribers",
        endpoint="subscriptions.list",
        parameters={"part": "id,snippet", "forChannelId": pull.channel_id, "maxResults": 1},
        answers=frozenset(OF_A_SUBSCRIBER),
    )
    for page, items in pull.items_by_id(listing, "channelId", asked.ids("follower"), batch_size=1):
        [actor_id] = ids_asked(page, "channelId")
        subscriptions = [read.subscription(item) for item in items]
        if page.status != OK:
            yield from asked.answered("follower", actor_id, OF_A_SUBSCRIBER[_word(page)])
        elif _is_empty(page):
            yield from asked.answered("follower", actor_id, "gone")
        for channel_id, followed_at in subscriptions:
            if channel_id == pull.channel_id:
                yield from asked.answered("follower", actor_id, "stands")
                yield Follow(
                    platform="youtube",
                    account_id=pull.channel_id,
                    actor_id=actor_id,
                    direction="follower",
                    followed_at=followed_at,
                )


def _is_empty(page: Page) -> bool:
    """Say whether YouTube answered that there is nothing: an empty list, and no other number beside it."""
    answer = parsed(page.body, page.endpoint)
    about = answer.get("pageInfo")
    total = about.get("totalResults") if isinstance(about, dict) else None
    items = answer.get("items")
    return not items and (isinstance(items, list) or total == 0) and total in {None, 0}


def _word(page: Page) -> str:
    return word_in(page.body) or ""
