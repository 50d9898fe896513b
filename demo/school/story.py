"""The story's pictures and videos, written by hand: unapproved, approved late, withdrawn, hidden or without words.

And what the platforms leave out of their lists in the last week, while everything stands.

Ids are fixed, so that `demo/school/truth.toml` can name them. Scenes are those of `demo/school/album.py`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from demo.cuts import Cut
from demo.school.cast import MAIN_ID, PE_ID
from demo.school.weeks import SHORT

FOR_GOOD = 99


def at(month: int, day: int, hour: int, minute: int) -> datetime:
    """Return this moment of 2026, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


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


POSTS = (
    StoryPost(account_id=MAIN_ID, posted_at=at(9, 24, 12, 5), text="First weeks, big smiles.",
          pictures=(("3_9200000000000000901", 62),)),
    # Two photographs, of which only the second is on no register.
    StoryPost(account_id=MAIN_ID, posted_at=at(11, 5, 10, 20), text="Two views of the new gym.",
          pictures=(("3_9200000000000000911", 12), ("3_9200000000000000902", 63))),
    # Approved, but for the website alone.
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 8, 15, 40), text="Open evening is here.",
          pictures=(("3_9200000000000000903", 31),)),
    # Approved in week 2, after the audit of week 1 had found it; nobody wrote what it shows.
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 29, 11, 15), text="Half-term trip, day two.",
          pictures=(("3_9200000000000000904", 61),), alt_text=""),
    # Withdrawn between weeks 2 and 3.
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 15, 16, 10), text="Bake sale heroes.",
          pictures=(("3_9200000000000000905", 67),), last_week=2),
    StoryPost(account_id=PE_ID, posted_at=at(11, 6, 17, 25), text="Hockey, five nil.",
          pictures=(("3_9200000000000000906", 65),), alt_text=""),
    StoryPost(account_id=MAIN_ID, posted_at=at(11, 12, 14, 50), text="Science fair, setting up.",
          pictures=(("3_9200000000000000907", 66),)),
    # Its approval ends between weeks 1 and 2.
    StoryPost(account_id=MAIN_ID, posted_at=at(6, 18, 13, 35), text="Sports day, take a bow.",
          pictures=(("3_9200000000000000908", 29),)),
    # The family takes its consent back between weeks 1 and 2; taken down between weeks 2 and 3.
    StoryPost(account_id=MAIN_ID, posted_at=at(9, 30, 11, 40), text="Harvest table, ready.",
          pictures=(("3_9200000000000000909", 36),), last_week=2),
    # The consent for the pupil in it is taken back between weeks 1 and 2; taken down between weeks 2 and 3.
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 20, 12, 15), text="Apple day in the orchard.",
          pictures=(("3_9200000000000000921", 73),), last_week=2),
    # The pupil in it leaves between weeks 3 and 4.
    StoryPost(account_id=MAIN_ID, posted_at=at(10, 27, 13, 25), text="Kites over the playing field.",
          pictures=(("3_9200000000000000922", 74),)),
)  # fmt: skip

EDITED_AT, EDITED_TEXT = at(9, 1, 9, 45), "Welcome back. Gates open at 8.15, not 8.45."
FILMED_AT, FILM_KEY, FILM_SCENE = at(5, 20, 12, 55), "7_9200000000000000801", 37


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


FILMS = (
    # Its thumbnail is a photograph approved for X alone.
    Film(video_id="ovsDemo0101", title="A day in Year 7", published_at=at(9, 18, 15, 0), scene=30, public=(1, 2, 3)),
    # Never registered; made private in week 3.
    Film(video_id="ovsDemo0102", title="Corridor chorus", published_at=at(10, 2, 15, 0), scene=42, public=(1, 2),
         registered=FOR_GOOD),
    # Uploaded in week 2, registered in week 3; a Short, whose upright thumbnail is on no register.
    Film(video_id="ovsDemo0103", title="House cross country", published_at=at(11, 4, 15, 0), scene=44, public=(2, 3),
         registered=3, upright=70),
    # Registered, but its thumbnail is on no register; deleted in week 2.
    Film(video_id="ovsDemo0104", title="Prize giving", published_at=at(7, 10, 15, 0), scene=72, public=(1,),
         deleted=True),
    # Its thumbnail is the middle of the photograph that the family takes back, and is replaced between weeks 3 and 4.
    Film(video_id="ovsDemo0105", title="Apple day", published_at=at(10, 22, 15, 0), scene=43, public=(1, 2, 3),
         close_up_until=3),
)  # fmt: skip

# By week: which lists come short, and how. The counts beside them still count everybody and everything.
CUTS: dict[int, tuple[tuple[str, str, Cut], ...]] = {
    SHORT: (
        # Half of those who follow the main account, and no token for the rest.
        ("x", f"/2/users/{MAIN_ID}/followers", Cut(ends_early=0.5)),
        # Five videos, two of which have an exception.
        ("youtube", "/youtube/v3/playlistItems",
         Cut(hides=frozenset({"ovsDemo0103", "ovsDemo0105", "ovsDemo0012", "ovsDemo0036", "ovsDemo0037"}))),
    ),
}  # fmt: skip
