"""What others say to the official accounts on the simulated X: mentions, replies, quotes and reposts."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from demo.model import XMedia, XPost, XUser
from demo.school import story
from demo.school.cast import MAIN_ID, PE_ID
from demo.school.followers import following
from demo.school.posts import OfficialPost, official, photo, post_id, write
from demo.school.story import TURNS, DemoWeek
from demo.tables import read_tables

_WORDS = read_tables("demo.school", "words.toml")["replies"]
NAMES = {MAIN_ID: "OusterlyVale", PE_ID: "OusterlyPE"}
# Replies, quotes and plain mentions written in the year before each of the three weeks begins.
REPLIES, QUOTED, MENTIONED = (24, 5, 5), (6, 2, 2), (18, 4, 4)
SHARED_SINCE = datetime(2026, 5, 1, tzinfo=UTC)
PICTURED = (64, 68, 69, 70, 71)


@dataclass(slots=True)
class PublicPost:
    """One post by somebody else, with its media."""

    post: XPost
    media: list[XMedia] = field(default_factory=list)
    scenes: list[int] = field(default_factory=list)


@cache
def public_posts() -> tuple[PublicPost, ...]:
    """Make everything that others wrote to either official account, newest first; treat it as read-only."""
    chance = random.Random("voices")
    crowd = _crowd()
    made: list[PublicPost] = []
    for number, week in enumerate(TURNS):
        posts = _talked_about(week)
        made += [_reply(chance, crowd, chance.choice(posts), week) for _ in range(REPLIES[number])]
        made += [_quote(chance, crowd, chance.choice(posts), week) for _ in range(QUOTED[number])]
        made += [_mention(chance, crowd, week) for _ in range(MENTIONED[number])]
    plain = [voice for voice in made if not voice.post.references]
    for voice, scene in zip(plain, PICTURED, strict=False):
        key = f"3_92000000000000010{scene}"
        voice.media, voice.scenes, voice.post.media_keys = [photo(key, scene)], [scene], [key]
    made += [_said(story_comment) for story_comment in story.ON_X]
    return tuple(sorted(made, key=lambda voice: voice.post.created_at, reverse=True))


def _crowd() -> list[XUser]:
    """Return those whose posts everybody can read, without the cast."""
    public = [user for user in following().users.values() if not (user.suspended or user.protected)]
    return [user for user in public if int(user.id) > int(MAIN_ID) + 1_000]


def _said(story_comment: story.StoryComment) -> PublicPost:
    post = write(story_comment.actor_id, story_comment.at, story_comment.text)
    post.mentions = [story_comment.account_id]
    if story_comment.answered_at is not None:
        answered = post_id(story_comment.answered_at)
        post.in_reply_to_user_id, post.conversation_id = story_comment.account_id, answered
        post.references = [("replied_to", answered)]
    return PublicPost(post)


def reposts(week: DemoWeek) -> list[XPost]:
    """Return every repost of an official post that others made before this week; from week to week they only grow."""
    crowd = [user.id for user in _crowd()]
    by_id = {dated.post.id: dated.post for dated in official()}
    made = [_repost(by_id[post_id(share.shared_at)], share.actor_id, share.at) for share in story.SHARED]
    for dated in official():
        if dated.post.author_id in NAMES and dated.other is None and dated.post.created_at > SHARED_SINCE:
            chance = random.Random(f"reposts {dated.post.id}")
            sizes = [chance.choice((0, 0, 1, 2, 5)), *(chance.choice((0, 0, 0, 2)) for _ in TURNS[1:])]
            keen = chance.sample(crowd, sum(sizes))
            for seen, size in zip(TURNS, sizes, strict=True):
                made += [_soon(dated.post, keen.pop(), seen, number) for number in range(size)]
    return [post for post in made if post.created_at < week.looked_at]


def _soon(shared: XPost, actor_id: str, week: DemoWeek, number: int) -> XPost:
    """Make one repost, in the days before this Monday or soon after the post itself."""
    start = max(shared.created_at, week.looked_at - timedelta(days=6))
    at = (start + timedelta(minutes=37 * number + 5)).replace(second=51)
    # The milliseconds come from the actor: two reposts of one minute must not share an id.
    return _repost(shared, actor_id, at.replace(microsecond=1_000 * (int(actor_id) // 17 % 1_000)))


def _repost(shared: XPost, actor_id: str, at: datetime) -> XPost:
    post = write(actor_id, at, "")
    post.text = f"RT @{NAMES[shared.author_id]}: {shared.text}"
    post.references, post.mentions = [("reposted", shared.id)], [shared.author_id]
    return post


def _talked_about(week: DemoWeek) -> list[OfficialPost]:
    """Return public official posts of the six weeks before this one that stay up and answer nobody."""
    oldest, newest = week.looked_at - timedelta(weeks=6), week.looked_at - timedelta(days=2)
    standing = [d for d in official() if d.post.author_id in NAMES and d.last_week == story.FOR_GOOD]
    return [d for d in standing if oldest < d.post.created_at < newest and d.other is None and not d.media]


def _when(chance: random.Random, week: DemoWeek) -> datetime:
    """Draw a moment of the days before this Monday; seconds keep apart from official posts."""
    back = timedelta(seconds=chance.randrange(3_600, 6 * 86_400))
    return (week.looked_at - back).replace(second=41, microsecond=1_000 * chance.randrange(1_000))


def _reply(chance: random.Random, crowd: list[XUser], answered: OfficialPost, week: DemoWeek) -> PublicPost:
    at = max(_when(chance, week), answered.post.created_at + timedelta(minutes=chance.randrange(9, 900)))
    post = write(chance.choice(crowd).id, at, f"@{NAMES[answered.post.author_id]} {chance.choice(_WORDS['answers'])}")
    post.mentions, post.in_reply_to_user_id = [answered.post.author_id], answered.post.author_id
    post.references, post.conversation_id = [("replied_to", answered.post.id)], answered.post.conversation_id
    return PublicPost(post)


def _quote(chance: random.Random, crowd: list[XUser], quoted: OfficialPost, week: DemoWeek) -> PublicPost:
    at = max(_when(chance, week), quoted.post.created_at + timedelta(minutes=chance.randrange(9, 900)))
    post = write(chance.choice(crowd).id, at, f"{chance.choice(_WORDS['quotes'])} @{NAMES[quoted.post.author_id]}")
    post.mentions, post.references = [quoted.post.author_id], [("quoted", quoted.post.id)]
    return PublicPost(post)


def _mention(chance: random.Random, crowd: list[XUser], week: DemoWeek) -> PublicPost:
    spread = timedelta(days=chance.randrange(300) if week.number == 1 else 0)
    account_id = chance.choice((MAIN_ID, MAIN_ID, MAIN_ID, PE_ID))
    author_id, at = chance.choice(crowd).id, _when(chance, week) - spread
    post = write(author_id, at, chance.choice(_WORDS["mentions"]).format(NAMES[account_id]))
    post.mentions = [account_id]
    return PublicPost(post)
