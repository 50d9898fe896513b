"""Asks YouTube for those whom earlier runs saw and its lists now lack: videos, comments and subscribers.

Of many ids YouTube leaves out what it does not have, without a word, as it would if an answer came short. So what a
first answer lacks is asked for once more, beside a control: another of its kind that this pull has just been shown.
Only an answer that knows the control is YouTube's word that the other is not there; without a control nothing is gone.
A subscriber is asked through the subscriber's own list, one at a time; where that is private YouTube does not tell, and
where it says "gone" the list of somebody who does subscribe is asked for next.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from connectors.api.caller import ids_asked
from connectors.errors import SourceChanged
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
    shown = [post.post_id for post in pull.posts] if kind == "post" else [k[2] for k in pull.yielded if k[0] == kind]
    batches = replace(listing, name=f"{listing.name}:{BATCH_SIZE}")
    for _page, items in pull.items_by_id(batches, "id", asked.ids(kind), batch_size=BATCH_SIZE):
        shown += [str(item.peek("id")) for item in items]
        yield from _read(pull, asked, items, reader)
    left = asked.ids(kind)
    control = min((each for each in shown if each not in left and "," not in each), default=None)
    if control is not None:
        yield from _beside(pull, asked, kind, listing, control, reader)


def _beside(
    pull: ChannelPull, asked: ProofRequests, kind: str, listing: YouTubeListing, control: str, reader: _Reader
) -> Iterator[Record]:
    """Yield what YouTube answers about each that is left, when it is asked for beside this control."""
    one_by_one = replace(listing, name=f"{listing.name}:1")
    for page, items in pull.items_by_id(one_by_one, "id", asked.ids(kind), batch_size=2, beside=(control,)):
        subject_id, *controls = ids_asked(page, "id")
        came = {str(item.peek("id")) for item in items}
        yield from _read(pull, asked, items, reader)
        answer = OF_A_COMMENT.get(_word(page), "") if page.status != OK else "gone" if _is_all(page) else ""
        if answer == "gone" and page.status != OK:  # one that is not found refuses both: was it the other?
            alone = replace(listing, name=f"{listing.name}:control:{subject_id}")
            again = pull.items_by_id(alone, "id", [control], batch_size=1)
            came = {str(item.peek("id")) for _page, found in again for item in found}
        if answer == "hidden" or (answer == "gone" and subject_id not in came and came.issuperset(controls)):
            yield from asked.answered(kind, subject_id, answer)


def _read(pull: ChannelPull, asked: ProofRequests, items: Iterable[Fields], reader: _Reader) -> Iterator[Record]:
    """Yield what each item says; one that is not as we know it proves nothing, and the others are read."""
    for item in items:
        try:
            yield from reader(pull, asked, item)
        except SourceChanged:
            item.misread()


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
    left = asked.ids("follower")
    control = min(pull.members_read("followers").difference(left), default=None)
    for page, items in pull.items_by_id(listing, "channelId", left, batch_size=1):
        [actor_id] = ids_asked(page, "channelId")
        answer, followed_at = _subscription(pull, page, items)
        if answer == "gone" and not (control and _is_subscribed(pull, listing, control, beside=actor_id)):
            continue
        yield from asked.answered("follower", actor_id, answer) if answer else ()
        if answer == "stands":
            yield Follow(
                platform="youtube",
                account_id=pull.channel_id,
                actor_id=actor_id,
                direction="follower",
                followed_at=followed_at,
            )


def _subscription(pull: ChannelPull, page: Page, items: list[Fields]) -> tuple[str, datetime | None]:
    """Return what one subscriber's own list answers about the channel, nothing if it proves nothing; and since when."""
    if page.status != OK:
        return OF_A_SUBSCRIBER[_word(page)], None
    since = dict(map(read.subscription, items))
    if pull.channel_id in since:
        return "stands", since[pull.channel_id]
    return "gone" if not items and _is_all(page) else "", None


def _is_subscribed(pull: ChannelPull, listing: YouTubeListing, control: str, *, beside: str) -> bool:
    """Say whether YouTube knows, right after its answer about somebody, of one who is in its list of subscribers."""
    again = replace(listing, name=f"{listing.name}:control:{beside}")
    answers = pull.items_by_id(again, "channelId", [control], batch_size=1)
    return any(_subscription(pull, page, items)[0] == "stands" for page, items in answers)


def _is_all(page: Page) -> bool:
    """Say whether the items of an answer are all that YouTube says it holds: a list, and no other number beside it."""
    answer = parsed(page.body, page.endpoint)
    about = answer.get("pageInfo")
    total = about.get("totalResults") if isinstance(about, dict) else None
    items = answer.get("items")
    return (isinstance(items, list) or total == 0) and total in {None, len(items or [])}


def _word(page: Page) -> str:
    return word_in(page.body) or ""
