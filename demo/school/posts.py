"""What the official accounts post on the simulated X, over a year and three weeks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import count, cycle

from demo.model import XMedia, XPost
from demo.school import album, pictures, story
from demo.school.cast import MAIN_ID, PE_ID
from demo.school.followers import following
from demo.school.story import LONDON
from demo.tables import read_tables

# How many plain posts fall before week 1, before week 2 and before week 3; the story's come on top.
PLAIN = {MAIN_ID: (101, 5, 5), PE_ID: (25, 2, 2)}
SPANS = (
    (datetime(2025, 11, 4, tzinfo=UTC), timedelta(days=361)),
    (datetime(2026, 11, 2, tzinfo=UTC), timedelta(days=6)),
    (datetime(2026, 11, 9, tzinfo=UTC), timedelta(days=6)),
)
FIRST_HOUR, MINUTES_A_DAY = time(8), 11 * 60  # everyday posts go out between eight in the morning and seven
KINDS = ("text", "photo", "text", "reply", "photo", "text", "repost", "text", "photo", "quote")
_WORDS = read_tables("demo.school", "words.toml")["posts"]
TEXTS: dict[str, list[str]] = {MAIN_ID: _WORDS["main"], PE_ID: _WORDS["pe"]}


@dataclass(slots=True)
class OfficialPost:
    """One official post, its media and their scenes, the post it answers or shares, and its last week."""

    post: XPost
    media: list[XMedia] = field(default_factory=list)
    scenes: list[int] = field(default_factory=list)
    other: XPost | None = None
    last_week: int = story.FOR_GOOD


def post_id(at: datetime) -> str:
    """Return the id of a post made at this moment: ids rise with time, as X's do, and are none of X's."""
    return str(9_000_000_000_000_000_000 + round(at.timestamp() * 1_000))


def write(author_id: str, at: datetime, text: str) -> XPost:
    """Return a post that answers and shares nothing."""
    made = post_id(at)
    return XPost(made, author_id, text, at, conversation_id=made, versions=[made])


def photo(medium_key: str, scene: int, alt_text: str = "A drawing of a school day") -> XMedia:
    """Return this scene as a photograph on a post, sized in pixels as X serves it."""
    width, height = pictures.posted_size(album.size_of(scene))
    url = f"https://pbs.twimg.com/media/ovsDemo{medium_key[-6:]}.jpg"
    return XMedia(medium_key, "photo", url, width, height, alt_text=alt_text)


@cache
def official() -> tuple[OfficialPost, ...]:
    """Make every official post of the whole story, newest first; treat them as read-only."""
    made = [*_story(), _edited(), _filmed()]
    keys = (f"3_{9_200_000_000_000_000_000 + number}" for number in count(1))
    photographs = zip(keys, cycle(album.FOR_POSTS))
    for account_id, name in ((MAIN_ID, "OusterlyVale"), (PE_ID, "OusterlyPE")):
        made += _plain(account_id, name, photographs)
    return tuple(sorted(made, key=lambda dated: dated.post.created_at, reverse=True))


def _story() -> Iterator[OfficialPost]:
    for story_post in story.POSTS:
        dated = OfficialPost(
            write(story_post.account_id, story_post.posted_at, story_post.text), last_week=story_post.last_week
        )
        if story_post.answers:
            _answer(dated, write(story_post.answers, story_post.posted_at - timedelta(hours=2), story_post.asked))
        media = [photo(key, scene, story_post.alt_text) for key, scene in story_post.pictures]
        yield _with_media(dated, media, [scene for _, scene in story_post.pictures])


def _answer(dated: OfficialPost, other: XPost) -> None:
    """Make this official post a reply to that post of somebody else."""
    dated.other, post = other, dated.post
    post.in_reply_to_user_id, post.conversation_id = other.author_id, other.id
    post.mentions, post.references = [other.author_id], [("replied_to", other.id)]


def _with_media(dated: OfficialPost, media: list[XMedia], scenes: list[int]) -> OfficialPost:
    dated.media, dated.scenes = media, scenes
    dated.post.media_keys = [medium.media_key for medium in media]
    return dated


def _edited() -> OfficialPost:
    """Make the one post that was corrected, twelve minutes after it was made: the newest version counts."""
    first = write(MAIN_ID, story.EDITED_AT, story.EDITED_TEXT)
    newest = write(MAIN_ID, story.EDITED_AT + timedelta(minutes=12), story.EDITED_TEXT)
    newest.versions, newest.conversation_id = [first.id, newest.id], first.id
    return OfficialPost(newest)


def _filmed() -> OfficialPost:
    """Make the one post with a video; its preview is an approved photograph."""
    width, height = pictures.posted_size(album.size_of(story.FILM_SCENE))
    url = f"https://pbs.twimg.com/ext_tw_video_thumb/ovsDemo{story.FILM_KEY[-6:]}.jpg"
    film = XMedia(story.FILM_KEY, "video", url, width, height, alt_text="The steel band", duration_ms=42_000)
    return _with_media(
        OfficialPost(write(MAIN_ID, story.FILMED_AT, "The steel band at noon.")), [film], [story.FILM_SCENE]
    )


def _plain(account_id: str, name: str, photographs: Iterator[tuple[str, int]]) -> Iterator[OfficialPost]:
    """Make an account's everyday posts: spread over the year and the story's weeks, kinds in turn."""
    chance = random.Random(f"posts {name}")
    kinds, texts = cycle(KINDS), cycle(TEXTS[account_id])
    second = 7 if account_id == MAIN_ID else 17
    for (start, span), number in zip(SPANS, PLAIN[account_id], strict=True):
        for place in range(number):
            opens = datetime.combine(start + span * place / number, FIRST_HOUR, tzinfo=LONDON).astimezone(UTC)
            at = opens.replace(second=second) + timedelta(minutes=chance.randrange(MINUTES_A_DAY))
            yield _post(chance, next(kinds), write(account_id, at, next(texts)), name, photographs)


def _post(
    chance: random.Random, kind: str, post: XPost, name: str, photographs: Iterator[tuple[str, int]]
) -> OfficialPost:
    """Turn this plain post into one of the kind asked for."""
    if kind == "photo":
        key, scene = next(photographs)
        return _with_media(OfficialPost(post), [photo(key, scene)], [scene])
    if kind == "text":
        return OfficialPost(post)
    author = following().users[chance.choice(following().organisations[:40])]
    earlier = post.created_at - timedelta(hours=2)
    if kind == "reply":
        dated, other = OfficialPost(post), write(author.id, earlier, chance.choice(_WORDS["asked"]).format(name))
        other.mentions = [post.author_id]
        post.text = f"@{author.username} See the website, thank you."
        _answer(dated, other)
        return dated
    other = write(author.id, earlier, chance.choice(_WORDS["elsewhere"]))
    if kind == "repost":
        post.text, post.mentions = f"RT @{author.username}: {other.text}", [author.id]
    post.references = [("reposted" if kind == "repost" else "quoted", other.id)]
    return OfficialPost(post, other=other)
