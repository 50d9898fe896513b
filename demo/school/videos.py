"""The simulated YouTube channel, week by week: 41 videos, 300 comments, 1,200 subscribers of whom 400 are public."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle

from demo.model import YouTubeComment, YouTubeSubscriber, YouTubeVideo
from demo.school import album, cast, pictures, story
from demo.school.crowd import Crowd
from demo.school.people import registers
from demo.school.story import TURNS, WEEKS, DemoWeek
from demo.tables import read_tables

PLAIN_VIDEOS, COMMENTS = 37, 300
SUBSCRIBERS, PUBLIC_SUBSCRIBERS = 1_200, 400
JOINED, LEFT = {2: 8, 3: 6}, {2: 3, 3: 2}
UNLISTED = frozenset({5, 11, 19, 26, 33})
PRIVATE, MADE_FOR_KIDS, COMMENTS_OPEN, LONG_THREAD = 14, 8, 12, 21
_WORDS = read_tables("demo.school", "words.toml")["videos"]
_TITLES, _REMARKS = _WORDS["titles"], _WORDS["remarks"]
FIRST_UPLOAD = datetime(2024, 1, 12, 16, 0, tzinfo=UTC)


def videos(week: DemoWeek) -> list[YouTubeVideo]:
    """Return the channel's videos as they stand in this week, newest first."""
    videos = [replace(video, views=video.views + 35 * week.number) for video in _plain_videos()]
    for video in videos:
        # Set right between weeks 1 and 2.
        video.made_for_kids = video.id == f"ovsDemo{MADE_FOR_KIDS:04}" and week.number == 1
    for film in story.FILMS:
        if film.published_at < week.looked_at and (week.turn in film.public or not film.deleted):
            video = _video(film.video_id, film.title, film.published_at, film.scene, is_short=bool(film.upright))
            videos.append(replace(video, privacy="public" if week.turn in film.public else "private", views=120))
    return sorted(videos, key=lambda video: video.published_at, reverse=True)


def plain_video_ids() -> tuple[str, ...]:
    """Return the ids of the videos outside the story; all of them are registered."""
    return tuple(video.id for video in _plain_videos())


def thumbnails(week: DemoWeek) -> dict[str, bytes]:
    """Return the bytes behind every thumbnail address of every video in this week; hidden and deleted ones too."""
    by_video = {film.video_id: album.scene_files(film.scene).thumbnails for film in story.FILMS}
    by_video |= {film.video_id: album.as_short(film.scene, film.upright) for film in story.FILMS if film.upright}
    by_video |= {
        film.video_id: album.close_up(album.TAKEN_BACK) for film in story.FILMS if week.number <= film.close_up_until
    }
    plain = zip(plain_video_ids(), cycle(album.FOR_THUMBNAILS), strict=False)
    by_video |= {video_id: album.scene_files(scene).thumbnails for video_id, scene in plain}
    return {
        f"https://i.ytimg.com/vi/{video_id}/{stem}.jpg": body
        for video_id, bodies in by_video.items()
        for stem, body in bodies.items()
    }


@cache
def _plain_videos() -> tuple[YouTubeVideo, ...]:
    chance = random.Random("videos")
    return tuple(_plain_video(chance, number) for number in range(1, PLAIN_VIDEOS + 1))


def _plain_video(chance: random.Random, number: int) -> YouTubeVideo:
    at = FIRST_UPLOAD + timedelta(days=26 * number, minutes=chance.randrange(160))
    video = _video(f"ovsDemo{number:04}", f"{chance.choice(_TITLES)} {at.year}", at, number)
    video.privacy = "private" if number == PRIVATE else "unlisted" if number in UNLISTED else "public"
    video.comments_disabled = number != COMMENTS_OPEN
    video.duration, video.views = f"PT{chance.randint(1, 9)}M{chance.randint(0, 59)}S", chance.randrange(40, 3_000)
    return video


def _video(video_id: str, title: str, at: datetime, scene: int, *, is_short: bool = False) -> YouTubeVideo:
    forms = (*([pictures.SHORT] if is_short else []), *pictures.THUMBNAILS, *([pictures.FULL_HD] if is_short else []))
    offered = [
        (key, f"https://i.ytimg.com/vi/{video_id}/{stem}.jpg", width, height) for key, stem, (width, height) in forms
    ]
    says = f"Scene {scene} of the school year."
    return YouTubeVideo(video_id, title, says, at, thumbnails=offered, comments_disabled=True)


def comments(week: DemoWeek) -> list[YouTubeComment]:
    """Return the comments and replies that stand in this week, newest first."""
    written = [replace(comment) for comment in _comments() if comment.published_at < week.looked_at]
    written += [
        _of_story(scripted, week)
        for scripted in story.ON_YOUTUBE
        if scripted.at < week.looked_at and week.number <= scripted.last_week
    ]
    return sorted(written, key=lambda comment: comment.published_at, reverse=True)


def _of_story(comment: story.Commented, week: DemoWeek) -> YouTubeComment:
    text = comment.edited_text if comment.edited_text and week.number >= story.MOVED else comment.text
    video_id = f"ovsDemo{COMMENTS_OPEN:04}"
    image_url = _attached(comment.comment_id) if comment.scene else ""
    return YouTubeComment(
        comment.comment_id, video_id, comment.channel_id, comment.name, text, comment.at, image_url=image_url
    )


def _attached(comment_id: str) -> str:
    """Return the signed address at which YouTube serves the picture attached to this comment, for six hours."""
    return f"https://yt3.googleusercontent.com/comment/{comment_id}.jpg?expire=21600"


def attached() -> dict[str, bytes]:
    """Return the bytes behind the address of every picture that is attached to a comment, without the signature."""
    return {
        _attached(comment.comment_id).partition("?")[0]: album.scene_files(comment.scene).posted
        for comment in story.ON_YOUTUBE
        if comment.scene
    }


@cache
def _comments() -> tuple[YouTubeComment, ...]:
    """Make 300 comments by week 1, one thread of them with eight replies, and a few more for weeks 2 and 3.

    All stand under the one video whose comments are open.
    """
    chance = random.Random("comments")
    open_videos = [video for video in _plain_videos() if not video.comments_disabled]
    made = [_comment(chance, number, chance.choice(open_videos)) for number in range(1, 231)]
    made[LONG_THREAD].moderation = "published"
    parents = [made[LONG_THREAD]] * 8 + chance.sample([c for c in made if c.moderation == "published"][30:], k=62)
    made += [_answer(chance, number, parent) for number, parent in enumerate(parents, 1)]
    for number, week in enumerate(TURNS[1:], 1):
        for fresh in range(6):
            comment = _comment(chance, 300 + 10 * number + fresh, chance.choice(open_videos))
            made.append(replace(comment, published_at=week.looked_at - timedelta(hours=9 * (fresh + 1))))
    return tuple(made)


def _comment(chance: random.Random, number: int, video: YouTubeVideo) -> YouTubeComment:
    author = chance.choice(_crowd())
    latest = WEEKS[0].looked_at - timedelta(days=4)
    at = video.published_at + (latest - video.published_at) * chance.random() * 0.9
    moderation = "heldForReview" if number % 47 == 0 else "published"
    comment_id = f"UgxDemo{number:04}ovs"
    return YouTubeComment(
        comment_id, video.id, author.channel_id, author.title, chance.choice(_REMARKS), at.replace(microsecond=0),
        moderation=moderation,
    )  # fmt: skip


def _answer(chance: random.Random, number: int, parent: YouTubeComment) -> YouTubeComment:
    author = chance.choice(_crowd())
    at = parent.published_at + timedelta(minutes=11 * number)
    return YouTubeComment(
        f"{parent.id}.9x{number:04}", parent.video_id, author.channel_id, author.title, chance.choice(_REMARKS), at,
        parent_id=parent.id,
    )  # fmt: skip


@cache
def _crowd() -> tuple[YouTubeSubscriber, ...]:
    """Make the subscribers who do not matter, with those to come in weeks 2 and 3 at the end."""
    chance, crowd = random.Random("subscribers"), Crowd(registers(WEEKS[0]))
    at_first = sum(_since(actor) == 1 for actor in cast.YOUTUBE_ACTORS)
    public = PUBLIC_SUBSCRIBERS - sum(1 in actor.youtube for actor in cast.YOUTUBE_ACTORS)
    made = []
    for number in range(SUBSCRIBERS - at_first):
        at = datetime(2023, 9, 4, tzinfo=UTC) + timedelta(minutes=chance.randrange(1_640_000))
        made.append(_subscriber(crowd, number, at, is_public=number < public))
    for number in (2, 3):
        for fresh in range(JOINED[number]):
            at = WEEKS[number - 1].looked_at - timedelta(hours=7 * fresh + 3)
            made.append(_subscriber(crowd, 2_000 + 10 * number + fresh, at, is_public=fresh % 2 == 0))
    return tuple(made)


def _subscriber(crowd: Crowd, number: int, at: datetime, *, is_public: bool) -> YouTubeSubscriber:
    user = crowd.user("parent" if number % 2 else "stranger")
    return YouTubeSubscriber(f"UCdemoViewer{number:012}", user.name, at, user.description, is_public)


def subscribers(week: DemoWeek) -> list[YouTubeSubscriber]:
    """Return the channel's subscribers in this week, public or not, newest first."""
    gone = sum(LEFT[number] for number in (2, 3) if number <= week.number)
    crowd = [replace(s) for s in _crowd()[gone:] if s.subscribed_at < week.looked_at]
    return sorted([*crowd, *_cast(week)], key=lambda subscriber: subscriber.subscribed_at, reverse=True)


def _cast(week: DemoWeek) -> Iterator[YouTubeSubscriber]:
    for number, actor in enumerate(cast.YOUTUBE_ACTORS):
        if _since(actor) <= week.number:
            at = WEEKS[_since(actor) - 1].looked_at - timedelta(days=2, hours=number)
            yield YouTubeSubscriber(actor.id, actor.name, at, actor.bio, is_public=week.turn in actor.youtube)


def _since(actor: cast.CastMember) -> int:
    return min(actor.youtube)
