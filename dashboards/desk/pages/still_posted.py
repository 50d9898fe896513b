"""Where each approved photograph stands posted, and which stand though their approval has ended."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.desk.school.desk import Desk
from dashboards.desk.school.school_desk import RegisteredPhotograph, SchoolDesk
from dashboards.letters.places import Shown, shown_and_raised
from dashboards.queries import query
from dashboards.report.operations import Takedown
from dashboards.report.words import count
from policies.errors import UserError

ENDS = {
    "consent": "The consent was withdrawn",
    "objection": "Somebody objects",
    "school": "The school decided to take it down",
}
SHOWS = {"all": "All", "standing": "Approved", "ended": "Approval ended", "up": "Ended, and still posted"}
NOT_LISTED = "The register has no row of it any more."


@dataclass(frozen=True, slots=True)
class ShownPhotograph:
    """A row of the register as the page shows it, with the places where it stands.

    `lost` says why the newest run could not go by its file, so that it knew the photograph on no new post: `missing`,
    `unreadable`, or `changed` where another picture lies there that nobody has said to be meant. `takedown` is what
    that run found of one whose approval had ended and that is not proved gone everywhere: it counts until a run finds
    the photograph approved again, whatever the register says now. Such a one `is_listed` no more where the register has
    come without it.
    """

    row: RegisteredPhotograph
    places: tuple[Shown, ...]
    lost: str = ""
    takedown: Takedown | None = None
    is_listed: bool = True

    @property
    def is_up(self) -> bool:
        """Whether it stands posted though its approval has ended."""
        return bool((self.takedown and self.takedown.stands_on) or (self.row.ended and self.places))

    @property
    def may_be_up(self) -> bool:
        """Whether its approval has ended, and it stands posted or nobody knows that it does not."""
        return self.is_up or self.takedown is not None or bool(self.row.ended and self.lost)

    @property
    def ends(self) -> dict[str, str]:
        """How its approval may still end: by consent only where it rests on one, by the school only while it stands."""
        rests_on_consent = self.row.basis in {None, "consent"} and self.row.consent != "withdrawn"
        may = {"consent": rests_on_consent, "objection": True, "school": not self.row.ended}
        return {why: title for why, title in ENDS.items() if may[why]}

    def is_wanted(self, show: str, words: str) -> bool:
        """Say whether the address asks for it."""
        is_ended = bool(self.row.ended)
        shown = {"all": True, "standing": not is_ended, "ended": is_ended, "up": self.may_be_up}
        return shown[show] and words.casefold() in " ".join((self.row.photograph_id, *self.row.pupils)).casefold()


def shown_photographs(desk: Desk, register: Sequence[RegisteredPhotograph]) -> tuple[ShownPhotograph, ...]:
    """Return the register's rows with where each stands, by what the newest run saw.

    With them come the photographs that it has no row of, and that run knew to be posted still or did not know to be
    gone: a register that comes short takes nothing down.
    """
    takedowns = {each.photograph_id: each for each in desk.week("lead").takedowns if not each.is_closed}
    ids, videos = {row.photograph_id for row in register}, {row.video_id for row in register if row.video_id}
    own = defaultdict[tuple[str | None, str | None], list[Shown]](list)
    with desk.copy() as db:
        shown, _ = shown_and_raised(db, photographs=ids.union(takedowns), videos=videos)
        for each in shown:
            own[each.photograph_id, None if each.photograph_id else each.post_id].append(each)
        lost_files: dict[str, str] = dict(db.execute(query("lost_photographs")).fetchall())
    lost = [_lost(ident) for ident in takedowns if ident not in ids]
    return tuple(
        ShownPhotograph(
            *(
                row,
                _places(own[row.photograph_id, None] + own[None, row.video_id]),
                lost_files.get(row.photograph_id, ""),
            ),
            takedown=takedowns.get(row.photograph_id),
            is_listed=row.photograph_id in ids,
        )
        for row in (*register, *lost)
    )


def _places(shown: Iterable[Shown]) -> tuple[Shown, ...]:
    """Return each post once, and once more for the comments beneath it, the newest first."""
    by_place = {(each.link, each.in_comment): each for each in shown}
    return tuple(sorted(by_place.values(), key=lambda each: (each.posted_on or date.min, each.link), reverse=True))


def _lost(photograph_id: str) -> RegisteredPhotograph:
    return RegisteredPhotograph(photograph_id, None, None, (), (), None, None, None, ended=NOT_LISTED)


@dataclass(frozen=True, slots=True)
class StillPosted:
    """How many photographs whose approval has ended still stand posted, and of how many more nobody knows.

    `posts` show them, each of which is to be taken down; 0 where a run knows of one that it stands and not in which.
    `problem` says why nobody can know of any, if so.
    """

    how_many: int
    unknown: int = 0
    posts: int = 0
    problem: str = ""

    @property
    def where(self) -> str:
        """In how many posts they stand, such as `, in 2 posts`."""
        return f", in {count(self.posts, 'post')}" if self.posts else ""


def still_up(shown: Iterable[ShownPhotograph]) -> StillPosted:
    """Return how many of these that is."""
    may_be = [photograph for photograph in shown if photograph.may_be_up]
    up = [photograph.places for photograph in may_be if photograph.is_up]
    posts = {place.link for places in up for place in places} if all(up) else ()
    return StillPosted(len(up), len(may_be) - len(up), len(posts))


def still_posted(desk: Desk, school: SchoolDesk) -> StillPosted:
    """Return that of the register as it stands now, worked out anew where a run has published or the register changed.

    A register that cannot be read is said, and never counted as none.
    """
    try:
        register = tuple(school.photographs())
    except UserError as error:
        return StillPosted(0, problem=error.sentence)
    of = (desk.week("lead"), register)
    return desk.latest("lead", "still posted", lambda: still_up(shown_photographs(desk, register)), of=of)
