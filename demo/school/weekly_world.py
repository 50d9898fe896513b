"""The state of both simulated platforms in one week: the crowd, the posts, the videos and the cast put together."""

from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from demo.model import World, XCredential, XMedia, XPost, XState, XUser, YouTubeState
from demo.school import album, followers, story, videos
from demo.school.cast import CHANNEL_ID, MAIN_ID, PE_ID, TRIPS_ID
from demo.school.posts import official, write
from demo.school.public_posts import public_posts, reposts
from demo.school.story import WEEKS, DemoWeek
from demo.tables import read_tables

WEBSITE, OFFICE = "https://ousterly-vale.example", "office@ousterly-vale.example"
CREDENTIALS: dict[str, dict[str, str]] = read_tables("demo.school.folder", "credentials.toml")


def build(week: DemoWeek) -> World:
    """Return a fresh world as it stands in this week; the bytes of the pictures are shared between worlds."""
    return World(
        x_state(week),
        youtube_state(week),
        _pictures() | _profile_pictures() | videos.thumbnails(week) | videos.attached(),
    )


def x_state(week: DemoWeek) -> XState:
    """Return the simulated X as it stands in this week; no picture is drawn for it."""
    users, (follows, followed) = followers.users(week), followers.lists(week)
    posts, media = _posts(week)
    state = XState(
        users=users,
        posts=posts,
        media=media,
        followers=follows,
        following=followed,
        reposters=_reposters(posts),
        liked={MAIN_ID: _liked(week)},
        credentials=[
            XCredential(user_id=MAIN_ID, **CREDENTIALS["x_main"]),
            XCredential(user_id=TRIPS_ID, **CREDENTIALS["x_trips"]),
            XCredential(user_id=None, **CREDENTIALS["x_pe"]),
        ],
    )
    for account in _official_users(state, week):
        users[account.id] = account
    return state


def _posts(week: DemoWeek) -> tuple[dict[str, XPost], dict[str, XMedia]]:
    """Return what stands in this week, newest first, with each post's own counts, and its media."""
    standing = [d for d in official() if d.post.created_at < week.looked_at and week.number <= d.last_week]
    spoken = [voice for voice in public_posts() if voice.post.created_at < week.looked_at]
    standing_posts = [d.post for d in standing] + [v.post for v in spoken] + [d.other for d in standing if d.other]
    standing_posts += [write(liked.actor_id, liked.at, liked.text) for liked in story.LIKED]
    up = {post.id for post in standing_posts}
    standing_posts += [post for post in reposts(week) if post.references[0][1] in up]
    answers = Counter(reference for post in standing_posts for reference in post.references)
    posts = {
        post.id: replace(
            deepcopy(post),
            repost_count=answers["reposted", post.id],
            reply_count=answers["replied_to", post.id],
            quote_count=answers["quoted", post.id],
        )
        for post in sorted(standing_posts, key=lambda post: post.created_at, reverse=True)
    }
    media_lists = [*(d.media for d in standing), *(v.media for v in spoken)]
    media = {medium.media_key: replace(medium) for media in media_lists for medium in media}
    return posts, media


def _reposters(posts: dict[str, XPost]) -> dict[str, list[str]]:
    reposters: dict[str, list[str]] = {}
    for post in posts.values():
        for kind, shared in post.references:
            if kind == "reposted":
                reposters.setdefault(shared, []).append(post.author_id)
    return reposters


def _liked(week: DemoWeek) -> list[str]:
    """Return the posts that the main account likes: a few of organisations', and those of the story."""
    others = [d.other for d in official() if d.other and d.post.author_id == MAIN_ID and not d.post.in_reply_to_user_id]
    made = [liked for liked in story.LIKED if week.number <= liked.last_week]
    return [
        *(post.id for post in others[-8:]),
        *(write(liked_post.actor_id, liked_post.at, liked_post.text).id for liked_post in made),
    ]


def _official_users(state: XState, week: DemoWeek) -> list[XUser]:
    """Make the official accounts; the one for trips shows no website until week 3."""
    counts = Counter(post.author_id for post in state.posts.values())
    accounts = (
        (MAIN_ID, "OusterlyVale", "Ousterly Vale School", "The official account."),
        (PE_ID, "OusterlyPE", "Ousterly Vale School PE", "Fixtures and results."),
        (TRIPS_ID, "OusterlyTrips", "Ousterly Vale School trips", "For parents of the trip."),
    )
    return [
        XUser(
            id=account_id, username=handle, name=name, description=f"{bio} {OFFICE}", location="Ousterly",
            created_at=datetime(2013, 9, 3, tzinfo=UTC),
            url="" if account_id == TRIPS_ID and week.number < 3 else WEBSITE,
            profile_image_url=_profile_picture(account_id, week).replace("400x400", "normal"),
            protected=account_id == TRIPS_ID,
            followers_count=len(state.followers[account_id]), following_count=len(state.following[account_id]),
            post_count=counts[account_id],
        )
        for account_id, handle, name, bio in accounts
    ]  # fmt: skip


def _profile_picture(account_id: str, week: DemoWeek) -> str:
    """Return the address of an X account's profile picture: in week 2 the PE account shows the team."""
    name = "team" if account_id == PE_ID and week.number == story.TEAM_SHOWN else "badge"
    return f"https://pbs.twimg.com/profile_images/{account_id}/{name}_400x400.png"


@cache
def _profile_pictures() -> dict[str, bytes]:
    """Return the bytes of the official profiles' pictures: the logo cut to a square, in small, and once the team."""
    addresses = {_profile_picture(account_id, WEEKS[0]): album.LOGO for account_id in (MAIN_ID, PE_ID, TRIPS_ID)}
    addresses[_profile_picture(PE_ID, WEEKS[story.TEAM_SHOWN - 1])] = album.TEAM
    addresses[f"https://yt3.ggpht.com/{CHANNEL_ID}=s800"] = album.LOGO
    return {address: album.as_portrait(scene) for address, scene in addresses.items()}


def youtube_state(week: DemoWeek) -> YouTubeState:
    """Return the simulated YouTube as it stands in this week; no picture is drawn for it."""
    return YouTubeState(
        channel_id=CHANNEL_ID,
        handle="@OusterlyValeSchool",
        title="Ousterly Vale School",
        description=f"Concerts, matches and assemblies from Ousterly Vale School. {WEBSITE}",
        created_at=datetime(2015, 1, 20, tzinfo=UTC),
        token=CREDENTIALS["youtube"]["access_token"],
        subscribers=videos.subscribers(week),
        videos=videos.videos(week),
        comments=videos.comments(week),
    )


@cache
def _pictures() -> dict[str, bytes]:
    """Return the bytes behind every picture address of X in all weeks: a withdrawn picture's address outlives it."""
    drawn = [*((d.media, d.scenes) for d in official()), *((v.media, v.scenes) for v in public_posts())]
    return {
        medium.url: album.scene_files(scene).posted
        for media, scenes in drawn
        for medium, scene in zip(media, scenes, strict=True)
    }
