"""The story and its six weeks (story.toml): what is posted, filmed, said and liked, and what lists leave out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from demo.cuts import Cut
from demo.school.cast import MAIN_ID
from demo.tables import read_tables, rows_of

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class DemoWeek:
    """One week of the story: its number from 1, and the Monday the audit is run as of."""

    number: int
    as_of: date

    @property
    def turn(self) -> int:
        """How far everybody's story has come: after week 3 only the consents' goes on, and that of what comes short."""
        return min(self.number, 3)

    @property
    def x_api_version(self) -> str:
        """The edition of its description that X speaks: it renames its fields between weeks 2 and 3."""
        return "2.166" if self.number < 3 else "2.167"

    @property
    def looked_at(self) -> datetime:
        """The moment the servers' clock stands at when the week begins: that Monday, 06:00 in London, as UTC."""
        return datetime.combine(self.as_of, time(6), tzinfo=LONDON).astimezone(UTC)


WEEKS: tuple[DemoWeek, ...] = (
    DemoWeek(1, date(2026, 11, 2)),
    DemoWeek(2, date(2026, 11, 9)),
    DemoWeek(3, date(2026, 11, 16)),
    DemoWeek(4, date(2026, 11, 23)),
    DemoWeek(5, date(2026, 11, 30)),
    DemoWeek(6, date(2026, 12, 7)),
)
TEAM_SHOWN = 2  # the week in which a profile shows its team where the logo belongs
SHORT = 5  # the week in which lists, registers and files come short, and nobody has done anything
MOVED = 6  # the week in which what was decided about, and who is called what, has become something else
TURNS = WEEKS[:3]  # the weeks in which people come, go and speak


FOR_GOOD = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPost:
    """One post, its pictures (medium id, scene) in order, and the last week in which it stands.

    `alt_text` is that of its pictures. `answers` is an actor, whose post `asked` the school answers.
    """

    account_id: str
    posted_at: datetime
    text: str
    pictures: tuple[tuple[str, int], ...] = ()
    alt_text: str = "A drawing of a school day"
    answers: str = ""
    asked: str = ""
    last_week: int = FOR_GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """One YouTube video of the story; it is registered from week `registered` on, and public in `public` weeks."""

    video_id: str
    title: str
    published_at: datetime
    scene: int
    public: tuple[int, ...]
    deleted: bool = False
    registered: int = 1
    upright: int = 0  # the scene of a Short's upright thumbnail
    close_up_until: int = 0  # the last week in which its thumbnail is cropped from the photograph TAKEN_BACK


@dataclass(frozen=True, slots=True)
class StoryComment:
    """One post on X that answers the school's post of `answered_at`, or that only mentions the account."""

    actor_id: str
    account_id: str
    at: datetime
    text: str
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """One repost of the main account's post of this time."""

    actor_id: str
    at: datetime
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class Commented:
    """One comment under a video, the scene in its picture, the last week in which it stands, and what becomes of it."""

    comment_id: str
    channel_id: str
    name: str
    at: datetime
    text: str
    scene: int | None = None
    last_week: int = FOR_GOOD
    edited_text: str = ""  # from week MOVED on


@dataclass(frozen=True, slots=True)
class Liked:
    """One post of somebody else that the main account likes, and the last week in which it does."""

    actor_id: str
    at: datetime
    text: str
    last_week: int = FOR_GOOD


_TABLES = read_tables("demo.school", "story.toml")
POSTS = rows_of(StoryPost, _TABLES["posts"])
FILMS = rows_of(Film, _TABLES["films"])
ON_X = rows_of(StoryComment, _TABLES["on_x"])
ON_YOUTUBE = rows_of(Commented, _TABLES["on_youtube"])
SHARED = rows_of(Shared, _TABLES["shared"])
LIKED = rows_of(Liked, _TABLES["liked"])
EDITED_AT, EDITED_TEXT = datetime(2026, 9, 1, 9, 45, tzinfo=UTC), "Welcome back. Gates open at 8.15, not 8.45."
FILMED_AT, FILM_KEY, FILM_SCENE = datetime(2026, 5, 20, 12, 55, tzinfo=UTC), "7_9200000000000000801", 37

# By week: which lists come short, and how. The counts beside them still count everybody and everything.
CUTS: dict[int, tuple[tuple[str, str, Cut], ...]] = {
    SHORT: (
        # Half of those who follow the main account, and no token for the rest.
        ("x", f"/2/users/{MAIN_ID}/followers", Cut(ends_early=0.5)),
        # Five videos, two of which have an exception.
        ("youtube", "/youtube/v3/playlistItems",
         Cut(hides=frozenset({"ovsDemo0103", "ovsDemo0105", "ovsDemo0012", "ovsDemo0036", "ovsDemo0037"}))),
    ),
    MOVED: (("youtube", "/youtube/v3/playlistItems", Cut(hides=frozenset({"ovsDemo0103"}))),),
}  # fmt: skip
# By week: which look-ups find nothing, when they ask about what.
BROWN_OUTS: dict[int, tuple[tuple[str, str, frozenset[str]], ...]] = {
    MOVED: (("youtube", "/youtube/v3/videos", frozenset({"ovsDemo0103"})),),
}
