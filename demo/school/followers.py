"""Who follows whom on the simulated X, week by week; newest follower first, as X lists them."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from demo.model import XUser
from demo.school import cast
from demo.school.crowd import Crowd
from demo.school.people import registers
from demo.school.story import WEEKS, DemoWeek

DECOY_IDS = frozenset(actor.id for actor in (*cast.X_ACTORS, *cast.YOUTUBE_ACTORS) if actor.is_decoy)

MAIN_FOLLOWERS, PE_FOLLOWERS, MAIN_FOLLOWING, PE_FOLLOWING = 1_200, 300, 80, 30
SHARED = 110  # followers of the main account who follow PE as well
JOINED = {"main": {2: 9, 3: 7}, "pe": {2: 4, 3: 3}}
LEFT = {"main": {2: 5, 3: 4}, "pe": {2: 2, 3: 1}}
SUSPENDED_IN_MAIN, SUSPENDED_IN_PE = 5, 1


@dataclass(frozen=True, slots=True)
class Following:
    """Everyone on the simulated X but the official accounts, and who follows the two public ones of those."""

    users: dict[str, XUser]
    organisations: tuple[str, ...]
    followers: dict[int, dict[str, tuple[str, ...]]]


def users(week: DemoWeek) -> dict[str, XUser]:
    """Return fresh copies of all accounts as they show themselves in this week."""
    users = {user_id: replace(user) for user_id, user in following().users.items()}
    for actor in cast.X_ACTORS:
        if actor.renamed and week.number >= 2:
            users[actor.id].username = actor.renamed
    return users


def lists(week: DemoWeek) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the followers and the followed of each official account in this week, by account id."""
    everyone = following()
    main, pe, trips = cast.MAIN_ID, cast.PE_ID, cast.TRIPS_ID
    followers = everyone.followers[week.turn]
    on_trips = [actor.id for actor in cast.X_ACTORS if week.turn in actor.trips]
    followed = {
        main: [*_people(main, week), pe, *everyone.organisations[: MAIN_FOLLOWING - 3]],
        pe: [*_people(pe, week), main, *everyone.organisations[40 : 40 + PE_FOLLOWING - 1]],
        trips: [main],
    }
    return {main: list(followers["main"]), pe: list(followers["pe"]), trips: on_trips}, followed


def _people(account_id: str, week: DemoWeek) -> list[str]:
    return [user_id for user_id, weeks in cast.FOLLOWED[account_id] if week.turn in weeks]


@cache
def following() -> Following:
    """Make everyone who follows or is followed, over all weeks."""
    chance = random.Random("followers")
    crowd = Crowd(registers(WEEKS[0]))
    organisations = [crowd.user("organisation") for _ in range(100)]
    at_first = {name: [a.id for a in cast.X_ACTORS if 1 in _weeks(a, name)] for name in ("main", "pe")}
    main = crowd.users(MAIN_FOLLOWERS - len(at_first["main"]) - 1)
    pe = crowd.users(PE_FOLLOWERS - len(at_first["pe"]) - SHARED - 1)
    for user in (*main[3 : 3 + SUSPENDED_IN_MAIN], *pe[3 : 3 + SUSPENDED_IN_PE]):
        user.suspended = True
    joiners = {name: crowd.users(sum(JOINED[name].values())) for name in ("main", "pe")}
    base = {
        "main": [*(user.id for user in main), *at_first["main"], cast.PE_ID],
        "pe": [*(user.id for user in (*pe, *chance.sample(main[50:], SHARED))), *at_first["pe"], cast.MAIN_ID],
    }
    everyone = (*organisations, *main, *pe, *joiners["main"], *joiners["pe"])
    by_week: dict[int, dict[str, tuple[str, ...]]] = {1: {}, 2: {}, 3: {}}
    for name, ids in base.items():
        chance.shuffle(ids)
        for number, members in _weekly(chance, name, ids, [user.id for user in joiners[name]]).items():
            by_week[number][name] = members
    users = {user.id: user for user in everyone} | {actor.id: _user(actor) for actor in cast.X_ACTORS}
    return Following(users, tuple(user.id for user in organisations), by_week)


def _weekly(chance: random.Random, name: str, first: list[str], joiners: list[str]) -> dict[int, tuple[str, ...]]:
    """Return one account's followers in each week: leavers taken out, new ones and returners laid on top."""
    members, weekly = first, {1: tuple(first)}
    theirs = {actor.id: _weeks(actor, name) for actor in cast.X_ACTORS}
    fixed = {*theirs, cast.MAIN_ID, cast.PE_ID}
    for number in (2, 3):
        count = LEFT[name][number]
        leaving = set(chance.sample([member for member in members if member not in fixed], count))
        stay = [m for m in members if m not in leaving and (m not in theirs or number in theirs[m])]
        back = [user_id for user_id, weeks in theirs.items() if number in weeks and user_id not in stay]
        fresh, joiners = joiners[: JOINED[name][number]], joiners[JOINED[name][number] :]
        members = [*fresh[:1], *back, *fresh[1:], *stay]
        weekly[number] = tuple(members)
    return weekly


def _weeks(actor: cast.CastMember, name: str) -> cast.Weeks:
    return actor.main if name == "main" else actor.pe


def _user(actor: cast.CastMember) -> XUser:
    number = int(actor.id[-3:])
    return XUser(
        id=actor.id,
        username=actor.handle,
        name=actor.name,
        created_at=datetime(2022, 1, 1 + number % 28, tzinfo=UTC),
        description=actor.bio,
        location=actor.location,
        followers_count=number // 2,
        following_count=number,
        post_count=number * 3,
    )
