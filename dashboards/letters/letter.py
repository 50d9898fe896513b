"""Letters to families about a photograph that may no longer be shown: dataclasses in, plain text out.

Nobody else whom the photograph shows has a place in one, so it cannot say anything about them.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dashboards.report.templating import environment
from dashboards.report.words import listed, source
from dashboards.safe_text import plain

Thing = Literal["photograph", "video"]
# What of the family's own child ended the approval. What else may have ended it is said to nobody.
Cause = Literal["consent", "left"]
Case = Literal["all_down", "part_down", "standing", "nowhere"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A post that showed the photograph; `seen_on` is the day on which a run last saw it there, or saw it gone.

    `handle` is the official account's, where it is known; `due_on` is the day by which it is to be down; `in_comment`
    says that it was in what somebody else wrote beneath the post, and never who;
    `proof` is how it is known to be down: asked, absent_twice, recorded or put_right.
    """

    platform: str
    handle: str | None
    link: str
    posted_on: date | None
    seen_on: date
    due_on: date | None
    is_down: bool
    in_comment: bool = False
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class NewestRun:
    """The newest run's day, whether it saw and judged every picture on the official accounts, and when it began."""

    day: date
    is_whole: bool
    began_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter about one child: to whom, why, where the photograph stood, and whom to ask.

    `parents` are as they are addressed, none where the register names none; `child` is None where it has no name;
    `references` are the cases' refs, by which the family may challenge them;
    `platforms` are those of the school's official accounts; `ask` is the title of a role.
    """

    school: str
    written_on: date
    parents: tuple[str, ...]
    child: str | None
    thing: Thing
    cause: Cause | None
    platforms: tuple[str, ...]
    places: tuple[Place, ...]
    look: NewestRun
    ask: str
    references: tuple[str, ...] = ()

    @property
    def down(self) -> tuple[Place, ...]:
        """The places where it was seen to be gone."""
        return tuple(place for place in self.places if place.is_down)

    @property
    def standing(self) -> tuple[Place, ...]:
        """The places where it was last seen."""
        return tuple(place for place in self.places if not place.is_down)

    @property
    def is_late(self) -> bool:
        """Whether it was seen somewhere after the day by which it was to be down."""
        return any(place.due_on is not None and place.due_on < place.seen_on for place in self.standing)

    @property
    def case(self) -> Case:
        """Which of the four letters this is."""
        if not self.places:
            return "nowhere"
        if not self.standing:
            return "all_down"
        return "part_down" if self.down else "standing"


def written(letter: Letter) -> str:
    """Return the letter's text; whatever the registers hold stands in it as plain text on its own line."""
    plainly = _plain(letter)
    child = plainly.child or "your child"
    where = listed([source(platform) for platform in plainly.platforms])
    return (
        environment("dashboards.letters.templates")
        .overlay(autoescape=False)  # plain text, never HTML
        .get_template("letter.txt")
        .render(
            letter=plainly,
            to=listed(plainly.parents) or (f"parent or carer of {child}" if plainly.child else "parent or carer"),
            child=child,
            accounts=f"our accounts on {where}" if where else "our accounts",
        )
    )


def _plain(letter: Letter) -> Letter:
    return replace(
        letter,
        school=_line(letter.school),
        parents=tuple(line for parent in letter.parents if (line := _line(parent))),
        child=_line(letter.child) or None,
        places=tuple(
            replace(place, handle=_line(place.handle) or None, link=_line(place.link)) for place in letter.places
        ),
        ask=_line(letter.ask),
    )


def _line(text: str | None) -> str:
    return " ".join(plain(text or "").split())
