"""What a letter to a family about a photograph is made from.

Nobody else whom the photograph shows has a place in it, so it cannot say anything about them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

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
