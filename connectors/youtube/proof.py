"""Asks YouTube for those whom earlier runs saw and its lists now lack: videos, comments and subscribers.

Of many ids YouTube leaves out what it does not have, without a word, as it would if an answer came short. So what a
first answer lacks is asked for once more by itself: nothing in answer to that is YouTube's word that it is not there.
A subscriber is asked through the subscriber's own list; where that is private YouTube does not tell.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from connectors.ending import Tally
from connectors.errors import SourceError
from connectors.parsing import parsed
from connectors.proving import Questions, asked_for, questions
from connectors.records import Follow, Record
from connectors.source import Page
from connectors.strict import Fields
from connectors.youtube import read
from connectors.youtube.ask import OK, Listing
from connectors.youtube.listings import written
from connectors.youtube.look import Look
from connectors.youtube.meaning import word_in

AT_ONCE = 50
# What a refusal says of the one subject that was asked for; the reasons are those of YouTube's reference.
OF_A_COMMENT = {"commentNotFound": "gone", "forbidden": "hidden"}
OF_A_SUBSCRIBER = {
    "accountClosed": "gone",
    "accountSuspended": "suspended",
    "accountTerminated": "suspended",
    "subscriberNotFound": "gone",
    "subscriptionForbidden": "hidden",
}

_Parameters = dict[str, str | int | bool]
_Reader = Callable[[Look, Questions, Fields], Iterator[Record]]


def before_proofs(look: Look, tallies: Sequence[Tally], records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records of the lists; where an error ends the pull among them, whom they lack is told as unproved."""
    try:
        yield from records
    except SourceError as error:
        _questions(look, tallies).unasked(error)
        raise


def _questions(look: Look, tallies: Sequence[Tally]) -> Questions:
    met = {
        "post": {post.post_id for post in look.posts},
        "comment": {ident for kind, ident in look.told if kind == "comment"},
        "follower": {ident for tally in tallies if tally.listing == "followers" for ident in tally.seen},
    }
    return questions(
        look.known,
        tallies,
        lambda one: one.subject_id in met.get(one.kind, {one.subject_id}) or "," in one.subject_id,
        platform="youtube",
        account_id=look.channel_id,
    )


def proofs(look: Look, tallies: Sequence[Tally]) -> Iterator[Record]:
    """Yield a Proof of each subject that YouTube answers for, and what it shows of those that stand."""
    asked = _questions(look, tallies)
    videos: _Parameters = {"part": "id,snippet,status,statistics"}
    comments: _Parameters = {"part": "id,snippet", "textFormat": "plainText"}
    yield from asked.ask(("post",), _by_id(look, asked, "post", Listing("videos", "videos.list", videos), _video))
    listing = Listing("comments", "comments.list", comments, frozenset(OF_A_COMMENT))
    yield from asked.ask(("comment",), _by_id(look, asked, "comment", listing, _comment))
    yield from asked.ask(("follower",), _subscribers(look, asked))


def _by_id(look: Look, asked: Questions, kind: str, listing: Listing, reader: _Reader) -> Iterator[Record]:
    for at_most in (AT_ONCE, 1):
        each = Listing(
            f"proofs:{look.channel_id}:{listing.listing}:{at_most}",
            listing.endpoint,
            listing.parameters,
            listing.answers,
        )
        for page, items in look.found(each, "id", asked.ids(kind), at_most=at_most):
            for item in items:
                yield from reader(look, asked, item)
            if at_most == 1:
                answer = OF_A_COMMENT.get(_word(page), "") if page.status != OK else "gone" if _is_none(page) else ""
                yield from asked.answered(kind, asked_for(page, "id")[0], answer) if answer else ()


def _video(look: Look, asked: Questions, item: Fields) -> Iterator[Record]:
    snippet: Any = item.peek("snippet")
    is_ours = isinstance(snippet, dict) and snippet.get("channelId") == look.channel_id
    post, thumbnails = read.video(item, look.channel_id)
    proof = asked.answered("post", post.post_id, "stands") if is_ours else []
    yield from proof
    if proof:
        yield post
        yield from thumbnails


def _comment(look: Look, asked: Questions, item: Fields) -> Iterator[Record]:
    snippet: Any = item.peek("snippet")
    status = snippet.get("moderationStatus") if isinstance(snippet, dict) else None
    is_public = status in {None, "published"}
    proof = asked.answered("comment", str(item.peek("id")), "stands" if is_public else "hidden")
    yield from proof
    if proof and is_public:
        yield from written(look, Tally("youtube", look.channel_id, "proofs"), [item])


def _subscribers(look: Look, asked: Questions) -> Iterator[Record]:
    parameters: _Parameters = {"part": "id,snippet", "forChannelId": look.channel_id, "maxResults": 1}
    name = f"proofs:{look.channel_id}:subscribers"
    listing = Listing(name, "subscriptions.list", parameters, frozenset(OF_A_SUBSCRIBER))
    for page, items in look.found(listing, "channelId", asked.ids("follower"), at_most=1):
        [actor_id] = asked_for(page, "channelId")
        follows = [read.subscription(item) for item in items]
        if page.status != OK:
            yield from asked.answered("follower", actor_id, OF_A_SUBSCRIBER[_word(page)])
        elif _is_none(page):
            yield from asked.answered("follower", actor_id, "gone")
        for channel_id, followed_at in follows:
            if channel_id == look.channel_id:
                yield from asked.answered("follower", actor_id, "stands")
                yield Follow(
                    platform="youtube",
                    account_id=look.channel_id,
                    actor_id=actor_id,
                    direction="follower",
                    followed_at=followed_at,
                )


def _is_none(page: Page) -> bool:
    """Say whether YouTube answered that there is nothing: an empty list, and no other number beside it."""
    answer = parsed(page.body, page.endpoint)
    about = answer.get("pageInfo")
    total = about.get("totalResults") if isinstance(about, dict) else None
    items = answer.get("items")
    return not items and (isinstance(items, list) or total == 0) and total in {None, 0}


def _word(page: Page) -> str:
    return word_in(page.body) or ""
