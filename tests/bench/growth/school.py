"""The demo's school with as many followers and posts as asked, on the simulated platforms."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from demo.model import World, XPost, XUser
from demo.school.cast import MAIN_ID
from demo.school.crowd import Crowd
from demo.school.people import registers
from demo.school.posts import TEXTS, write
from demo.school.weekly_world import build
from demo.town import WEEKS, DemoWeek

JOINED, LEFT, POSTED = 12, 8, 6  # in the second week
_ABOUT = ("Thanks to Year {year} for {count} cakes.", "Doors open at {hour}.", "{count} of us walked {miles} miles.",
          "Form {year} won by {count} points.", "The bus leaves at {hour} from gate {gate}.",
          "Please bring {count} pencils.", "We read {count} books in {miles} days.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How many followers the main account has on X, how many posts, and whether it is read from its archive."""

    followers: int
    posts: int
    is_archived: bool = False

    @property
    def minutes_apart(self) -> int:
        """The minutes from one post to the next: an archive's fifty thousand are of nine years."""
        return 90 if self.is_archived else 200


def world(size: Size, week: DemoWeek) -> World:
    """Return the demo's week with the main account grown to this size; a few come, go and are posted by week 2."""
    shown = build(week)
    own = [user for user in shown.x.followers[MAIN_ID] if user in shown.x.users][: size.followers]
    added = _crowd(max(size.followers - len(own), 0) + JOINED)
    turn = WEEKS.index(week)
    crowd = added[turn * LEFT : len(added) - JOINED * (1 - turn)]
    shown.x.users.update({user.id: user for user in crowd})
    shown.x.followers[MAIN_ID] = [*reversed([user.id for user in crowd]), *own]
    shown.x.users[MAIN_ID].followers_count = len(shown.x.followers[MAIN_ID])
    posts = [*_posts(size, week), *shown.x.posts.values()]
    shown.x.posts = {post.id: post for post in sorted(posts, key=lambda post: post.created_at, reverse=True)}
    shown.x.users[MAIN_ID].post_count = sum(post.author_id == MAIN_ID for post in shown.x.posts.values())
    return shown


@cache
def _crowd(count: int) -> list[XUser]:
    return Crowd(registers(WEEKS[0])).users(count)


def _posts(size: Size, week: DemoWeek) -> Iterator[XPost]:
    chance = random.Random("grown posts")
    turn = WEEKS.index(week)
    for number in range(-POSTED * turn, size.posts):
        minutes = size.minutes_apart * (number + 1) if number >= 0 else -900 * -number
        yield write(MAIN_ID, WEEKS[0].looked_at - timedelta(minutes=minutes, seconds=3), _text(chance))


def _text(chance: random.Random) -> str:
    about = chance.choice(_ABOUT).format(
        year=chance.randrange(7, 14), count=chance.randrange(2, 900), miles=chance.randrange(2, 90),
        hour=f"{chance.randrange(8, 20)}.{chance.randrange(10, 60)}", gate=chance.randrange(1, 9),
    )  # fmt: skip
    return f"{chance.choice(TEXTS[MAIN_ID])} {about}"
