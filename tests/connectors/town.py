"""A small invented town for connector tests: a school, its followers and its channel, on the simulated platforms."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from PIL import Image

from connectors.source import Account, EarlierRuns, Endpoints
from connectors.x.client import XCredentials
from connectors.x.pull import XSource
from connectors.youtube.client import YouTubeCredentials
from connectors.youtube.pull import YouTubeSource
from demo.model import (
    World,
    XCredential,
    XMedia,
    XPost,
    XState,
    XUser,
    YouTubeComment,
    YouTubeState,
    YouTubeSubscriber,
    YouTubeVideo,
)
from tests.simulated.serve import Servers, serve

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
SCHOOL = "7001"
SECOND = "7002"
CHANNEL = "UCousterlyvale0000000000"
BEARER = "bearer-of-the-town"
TOKEN = "ya29.of-the-channel"
SIGNING = XCredentials(
    consumer_key="ck-town", consumer_secret="cs-town", access_token="at-town", access_token_secret="ats-town"
)
SECRETS = (BEARER, TOKEN, "cs-town", "at-town", "ats-town")
NAMES = ("Marrow", "Quillfeather", "Ousterly Vale School", "Brambleby")


def now() -> datetime:
    return NOW


def picture(colour: str = "navy", size: tuple[int, int] = (64, 48), form: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, form)
    return buffer.getvalue()


def world(followers: int = 5) -> World:
    """Return a town whose school has this many followers, four posts, two mentions, a repost, a quote and a like."""
    return World(x=_x(followers), youtube=_youtube(), pictures={})


_RUNNING: list[Servers] = []


@contextmanager
def town(followers: int = 5) -> Iterator[Servers]:
    """Show a fresh town on the servers, which run from the first test to the last; in its best mood."""
    if not _RUNNING:
        _RUNNING.append(serve(world(), now=now))
    servers = _RUNNING[0]
    servers.show(world(followers))
    servers.x_api_version, servers.youtube_repeats = "2.166", False
    servers.meter.clear()
    servers.moods.clear()
    yield servers


def close_town() -> None:
    """Stop the servers, if any test started them."""
    while _RUNNING:
        with _RUNNING.pop():
            pass


def x_source(
    servers: Servers,
    *,
    reads: str = "owned",
    known: EarlierRuns | None = None,
    timeout: float = 5.0,
    credentials: XCredentials | None = None,
    url: str | None = None,
) -> XSource:
    """Return a source for the school's account, owned (signed) or by bearer token; asked at `url` if one is given."""
    chosen = credentials or (SIGNING if reads == "owned" else XCredentials(bearer=BEARER))
    return XSource(
        [Account("x", SCHOOL, "OusterlyVale", reads)],
        {SCHOOL: chosen},
        {SCHOOL: known} if known else {},
        endpoints=Endpoints(x=url or servers.x_url),
        clock=now,
        timeout=timeout,
    )


def youtube_source(
    servers: Servers,
    *,
    known: EarlierRuns | None = None,
    credentials: YouTubeCredentials | None = None,
    timeout: float = 5.0,
    url: str | None = None,
) -> YouTubeSource:
    """Return a source for the school's channel; asked at `url` if one is given."""
    return YouTubeSource(
        [Account("youtube", CHANNEL, "@ousterlyvale")],
        {CHANNEL: credentials or YouTubeCredentials(token=TOKEN)},
        {CHANNEL: known} if known else {},
        endpoints=Endpoints(youtube=url or servers.youtube_url),
        clock=now,
        timeout=timeout,
    )


def _user(user_id: str, number: int, name: str) -> XUser:
    return XUser(
        id=user_id,
        username=f"town_{user_id}",
        name=name,
        created_at=NOW - timedelta(days=900 + number),
        description="Lives in Ousterly",
        profile_image_url="https://pbs.twimg.com/profile_images/1/a_normal.jpg",
    )


def _x(followers: int) -> XState:
    people = {
        str(8000 + n): _user(str(8000 + n), n, f"{'Marrow' if n % 2 else 'Quillfeather'} {n}") for n in range(followers)
    }
    school = XUser(SCHOOL, "OusterlyVale", "Ousterly Vale School", NOW - timedelta(days=3000), post_count=4)
    users = {SCHOOL: school, "9001": _user("9001", 1, "Brambleby"), **people}
    credentials = [
        XCredential(user_id=None, bearer=BEARER),
        XCredential(
            user_id=SCHOOL,
            consumer_key="ck-town",
            consumer_secret="cs-town",
            access_token="at-town",
            access_secret="ats-town",
        ),
    ]
    return XState(
        users=users,
        posts={post.id: post for post in _posts()},
        media={"3_501": XMedia("3_501", "photo", "https://pbs.twimg.com/media/aaa.jpg", 64, 48, "A field")},
        followers={SCHOOL: list(people)},
        following={SCHOOL: ["9001"]},
        reposters={"104": ["9001"]},
        liked={SCHOOL: ["91"]},
        credentials=credentials,
    )


def _posts() -> list[XPost]:
    def post(post_id: str, author_id: str, text: str, hours: int, **more: object) -> XPost:
        return XPost(post_id, author_id, text, NOW - timedelta(hours=hours), **{"conversation_id": post_id, **more})  # type: ignore[arg-type]

    return [
        post(
            "104",
            SCHOOL,
            "Sports day " + "x" * 300,
            1,
            media_keys=["3_501"],
            repost_count=1,
            quote_count=1,
            versions=["103"],
        ),
        post("102", SCHOOL, "@town_9001 Thank you", 2, references=[("replied_to", "90")], in_reply_to_user_id="9001"),
        post("101", SCHOOL, "RT @town_9001: A very", 3, references=[("reposted", "91")]),
        post("100", SCHOOL, "Harvest festival", 4),
        post(
            "90",
            "9001",
            "@OusterlyVale Lovely",
            5,
            conversation_id="100",
            in_reply_to_user_id=SCHOOL,
            references=[("replied_to", "100")],
            mentions=[SCHOOL],
        ),
        post("91", "9001", "A very long listing", 6),
        post("105", "9001", "Look at this", 0, references=[("quoted", "104")]),
        post("106", "9001", "RT", 0, references=[("reposted", "104")]),
    ]


def _youtube() -> YouTubeState:
    return YouTubeState(
        channel_id=CHANNEL,
        handle="@ousterlyvale",
        title="Ousterly Vale School",
        description="Our school",
        created_at=NOW - timedelta(days=2000),
        token=TOKEN,
        subscribers=[
            YouTubeSubscriber(f"UCsub{n:04}", f"Marrow {n}", NOW - timedelta(days=n), is_public=n != 3)
            for n in range(120)
        ],
        videos=[
            YouTubeVideo(
                f"vid{n:08}",
                f"Assembly {n}",
                "In the hall",
                NOW - timedelta(days=n),
                thumbnails=[
                    ("default", f"https://i.ytimg.com/vi/vid{n:08}/default.jpg", 120, 90),
                    ("high", f"https://i.ytimg.com/vi/vid{n:08}/hqdefault.jpg", 480, 360),
                ],
                privacy="public" if n else "unlisted",
            )
            for n in range(60)
        ],
        comments=[YouTubeComment("c1", "vid00000001", "UCsub0001", "Marrow 1", "Well done", NOW - timedelta(days=1))]
        + [
            YouTubeComment(
                f"c1.r{n}", "vid00000001", "UCsub0002", "Marrow 2", "Yes", NOW - timedelta(hours=n), parent_id="c1"
            )
            for n in range(1, 8)
        ],
    )
