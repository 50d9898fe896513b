"""A small invented world for the tests of the simulators, and the real clients turned to loopback."""

from datetime import UTC, datetime, timedelta
from typing import Any

import requests
import tweepy
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from requests import Response
from requests.adapters import HTTPAdapter

from demo.model import World, XCredential, XMedia, XPost, XUser, YouTubeComment, YouTubeSubscriber, YouTubeVideo
from tests.simulated.serve import Servers

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
SCHOOL = "1001"
STRANGER, SUSPENDED, PROTECTED, FRIEND = "1002", "1003", "1004", "1005"
BEARER = "app-only"
OAUTH = {
    "consumer_key": "ck",
    "consumer_secret": "cs",
    "access_token": "at",
    "access_token_secret": "as",
}
PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 8


class Loopback(HTTPAdapter):
    """Sends what is meant for X to the simulator, after tweepy has signed it, and keeps the last answer."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.last: requests.Response | None = None

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send to loopback, with a time-out."""
        request.url = (request.url or "").replace("https://api.twitter.com", self.url)
        kwargs["timeout"] = 2
        self.last = super().send(request, *args, **kwargs)
        return self.last


def x_client(url: str, **keys: str) -> tweepy.Client:
    """Return the real tweepy client, turned to the simulator."""
    client = tweepy.Client(**(keys or OAUTH))
    client.session.mount("https://api.twitter.com/", Loopback(url))
    return client


def youtube_client(url: str, bearer: str = "owner") -> Any:
    """Return the real Google client, turned to the simulator."""
    return build(
        "youtube",
        "v3",
        credentials=Credentials(bearer),  # type: ignore[no-untyped-call]
        client_options={"api_endpoint": url},
        static_discovery=True,
        cache_discovery=False,
    )


def ago(**span: float) -> datetime:
    """Return the time so long before the tests' now."""
    return NOW - timedelta(**span)


def small_world() -> World:
    """Return a fresh small world, which a test may change."""
    world = World()
    _people(world)
    _posts(world)
    _channel(world)
    world.pictures["https://pbs.twimg.com/media/one.jpg"] = PICTURE
    world.pictures["https://i.ytimg.com/vi/v1/maxresdefault.jpg"] = PICTURE
    return world


def _people(world: World) -> None:
    x, then = world.x, ago(days=900)
    x.credentials = [XCredential(None, bearer=BEARER), XCredential(SCHOOL, "own-bearer", "ck", "cs", "at", "as")]
    x.users = {
        SCHOOL: XUser(
            SCHOOL,
            "OusterlyVale",
            "Ousterly Vale School",
            then,
            "A school. Ask @friend_of_ovs",
            "Ousterly",
            "https://t.co/ovs",
        ),
        STRANGER: XUser(STRANGER, "a_stranger", "A Stranger", then),
        SUSPENDED: XUser(SUSPENDED, "gone_bad", "Gone Bad", then, suspended=True),
        PROTECTED: XUser(PROTECTED, "shy_one", "Shy One", then, protected=True),
        FRIEND: XUser(FRIEND, "friend_of_ovs", "A Friend", then, profile_image_url="https://pbs.twimg.com/p/f.jpg"),
    }
    for number in range(2001, 2031):
        x.users[str(number)] = XUser(str(number), f"person{number}", f"Person {number}", then)
    x.followers[SCHOOL] = [STRANGER, SUSPENDED, PROTECTED, *map(str, range(2001, 2031))]
    x.following[SCHOOL] = [FRIEND]


def _posts(world: World) -> None:
    x = world.x
    x.media = {
        "3_11": XMedia("3_11", "photo", "https://pbs.twimg.com/media/one.jpg", 1200, 800, "A hall"),
        "7_12": XMedia("7_12", "video", "https://pbs.twimg.com/media/film.jpg", 640, 360, duration_ms=9000),
        "16_13": XMedia("16_13", "animated_gif", "https://pbs.twimg.com/media/gif.jpg", 64, 64),
    }
    posts = [
        XPost("510", SCHOOL, "Sports day! #OVS", ago(days=1), "510", media_keys=["3_11"], versions=["509", "510"]),
        XPost("508", SCHOOL, "RT @friend_of_ovs: Hello", ago(days=2), "508", references=[("reposted", "501")]),
        XPost("507", FRIEND, "Nice hall", ago(days=2), "507", references=[("quoted", "505")]),
        XPost(
            "506",
            STRANGER,
            "@OusterlyVale when?",
            ago(days=3),
            "505",
            SCHOOL,
            [("replied_to", "505")],
            mentions=[SCHOOL],
        ),
        XPost(
            "505", SCHOOL, "Our new hall " + "x" * 400, ago(days=3), "505", media_keys=["7_12", "16_13"], repost_count=3
        ),
        XPost("504", PROTECTED, "psst @OusterlyVale", ago(days=4), "504", mentions=[SCHOOL]),
        XPost("503", FRIEND, "RT @OusterlyVale: Our new hall", ago(days=3), "503", references=[("reposted", "505")]),
        XPost(
            "502",
            SCHOOL,
            "@friend_of_ovs thanks",
            ago(days=9),
            "501",
            FRIEND,
            [("replied_to", "501")],
            mentions=[FRIEND],
        ),
        XPost("501", FRIEND, "Hello", ago(days=9), "501"),
        XPost("499", SCHOOL, "Seen by few", ago(days=10), "499", references=[("quoted", "504"), ("quoted", "1")]),
    ]
    x.posts = {post.id: post for post in posts}
    x.liked[SCHOOL] = ["507", "504", "88", "501", "509"]
    x.reposters["505"] = [FRIEND, SUSPENDED, PROTECTED, STRANGER]


def _channel(world: World) -> None:
    tube = world.youtube
    tube.channel_id, tube.handle, tube.title = "UCousterlyvale", "@OusterlyVale", "Ousterly Vale School"
    tube.description, tube.created_at, tube.token = "Films of our school", ago(days=2000), "owner"
    tube.subscribers = [
        YouTubeSubscriber(f"UCsub{number:04d}", f"Subscriber {number}", ago(hours=number), is_public=number % 10 != 0)
        for number in range(1, 124)
    ]
    picture = ("maxres", "https://i.ytimg.com/vi/v1/maxresdefault.jpg", 1280, 720)
    tube.videos = [
        YouTubeVideo("v1", "Open day", "Come and see", ago(days=2), tags=["school"], thumbnails=[picture], views=40),
        YouTubeVideo("v2", "Reception", "", ago(days=5), made_for_kids=True, comments_disabled=True),
        YouTubeVideo("v3", "Draft", "", ago(days=6), privacy="private"),
    ]
    tube.comments = [
        YouTubeComment("c1", "v1", "UCsub0001", "Subscriber 1", "Lovely <3", ago(days=1)),
        YouTubeComment("c2", "v1", "UCother", "Other", "Buy now", ago(hours=3), moderation="heldForReview"),
        YouTubeComment("c3", "v3", "UCother", "Other", "First!", ago(hours=2)),
        YouTubeComment("c4", "v2", "UCother", "Other", "From before", ago(days=4)),
        *(
            YouTubeComment(f"c1.{n}", "v1", "UCother", "Other", f"Reply {n}", ago(minutes=60 - n), parent_id="c1")
            for n in range(1, 9)
        ),
    ]


def ids(answer: Any) -> list[str]:
    """Return the ids of what tweepy brought."""
    return [thing.data["id"] for thing in answer.data or ()]


def ask_x(servers: Servers, path: str = f"/2/users/{SCHOOL}/followers?max_results=10", timeout: float = 2) -> Response:
    """Return X's answer to the school's own token."""
    return requests.get(servers.x_url + path, headers={"Authorization": "Bearer own-bearer"}, timeout=timeout)
