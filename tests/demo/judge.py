"""A second, plain judge of the invented school: the rules in short, over the world itself, with no pull between."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from demo.model import World
from demo.school import cast
from demo.school.names import fold
from demo.school.people import SchoolRegisters, registers
from demo.school.story import MOVED, WEEKS, DemoWeek
from demo.school.weekly_world import build
from tests.demo import pictured, rules
from tests.demo.rules import OFFICIAL, Evidence, Key, Who

SCHOOL = re.compile(r"\b(ousterly vale|ovs)\b")
ADULT = re.compile(r"\b(mum|dad|grandad|nan|parent|director|estate agent|plumber)\b")
OTHER_SCHOOL = re.compile(r"\b(?!vale )\w+ (academy|school|college|primary)\b")
GOVERNOR, LEAVER = re.compile(r"\b(governors?)\b"), re.compile(r"\bclass of\b")
SWEPT = (1, 5)  # the weeks in which the list that a bearer reads is read whole
FOLLOWERS = {"pupil", "staff", "governor", "leaver"}
Match = Callable[[str, str, str, str], tuple[str, str] | None]
GROWN_UP_IF_BORN_BY = date(2008, 11, 2)  # nobody on the leavers register comes of age while the story runs
JOB = re.compile(r"\b(teacher|teaching|head of|headteacher|ta|senco)\b")


def story_of_the_world() -> list[set[tuple[Key, str, date]]]:
    """Return, week by week, every exception with its status and the day it was first seen.

    It goes by the world alone: the week in which registers and decisions are about something else is not judged here.
    """
    told, open_before, first_seen, evidence = [], set[Key](), dict[Key, date](), dict[Key, Evidence]()
    shown: dict[str, dict[str, Any]] = {}
    for week in WEEKS[: MOVED - 1]:
        world = build(week)
        found = judge(world, week, shown)
        rows = set()
        for key, proof in found.items():
            status = "new" if key not in first_seen else "reopened" if key not in open_before else "open"
            if status == "open" and evidence[key] != proof:
                status = "changed"
            if status == "open" and _is_unseen(key, world, week):
                status = "not_seen"
            rows.add((key, status, first_seen.setdefault(key, week.as_of)))
        missed = open_before - found.keys()
        waiting = _missed_likes(missed, world)
        rows |= {(key, "not_seen" if key in waiting else "gone", first_seen[key]) for key in missed}
        evidence |= found
        open_before = found.keys() | waiting
        told.append(rows)
    return told


def judge(world: World, week: DemoWeek, shown: dict[str, dict[str, Any]]) -> dict[Key, Evidence]:
    """Return the exceptions standing in this week; `shown` keeps whom lists seen in part ever showed."""
    people = registers(week)
    match = _matcher(people)
    return {
        **_followers(match, _lists(world, shown)),
        **pictured.judge(world, week),
        **rules.judge(world, people, week, _who(match, world)),
    }


def _is_unseen(key: Key, world: World, week: DemoWeek) -> bool:
    """Say whether this is of a follower whom a list that was read whole lacks, and of whom nobody can be asked."""
    check, platform, account, subject = key
    if not check.endswith("_follower"):
        return False
    if platform == "youtube":
        return not any(one.is_public and one.channel_id == subject for one in world.youtube.subscribers)
    return week.number in SWEPT and subject not in world.x.followers[OFFICIAL[account]]


def _missed_likes(missed: set[Key], world: World) -> set[Key]:
    """Return those of whom the absences of the story prove nothing, because X cannot be asked for a single like."""
    liked = {key for key in missed if key[0] == "official_interaction" and key[3] in world.x.posts}
    return {key for key in liked if world.x.posts[key[3]].author_id not in OFFICIAL.values()}


def _followers(match: Match, lists: list[tuple[str, ...]]) -> dict[Key, Evidence]:
    found: dict[Key, Evidence] = {}
    for account, platform, actor_id, handle, name, bio in lists:
        known = match(actor_id, handle, name, bio)
        if known and known[0] in FOLLOWERS:
            found[f"{known[0]}_follower", platform, account, actor_id] = (handle, name, bio, known[1])
    return found


def _matcher(people: SchoolRegisters) -> Match:
    """Return what says whose account it is, and how surely, from an id, a handle, a name and what is said with it."""
    known, declared = _by_name(people), _by_account(people)

    def match(actor_id: str, handle: str, name: str, bio: str) -> tuple[str, str] | None:
        register = declared.get(actor_id) or declared.get(handle.casefold())
        return (register, "declared") if register else _by_display(_named(known, fold(name)), bio)

    return match


def _who(match: Match, world: World) -> Who:
    shown = {
        user.id: (user.username, user.name, f"{user.description} {user.location}") for user in world.x.users.values()
    }
    shown |= {s.channel_id: ("", s.title, s.description) for s in world.youtube.subscribers if s.is_public}
    return lambda actor_id: match(actor_id, *shown[actor_id]) if actor_id in shown else None


def _lists(world: World, shown: dict[str, dict[str, Any]]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for account, account_id in OFFICIAL.items():
        users = [world.x.users[user_id] for user_id in world.x.followers[account_id]]
        now = {u.id: ("x", u.id, u.username, u.name, f"{u.description} {u.location}") for u in users if not u.suspended}
        if account_id == cast.PE_ID:  # after the first full sync only what is new is fetched
            now = shown.setdefault(account, {}) | now
            shown[account] = now
        rows += [(account, *row) for row in now.values()]
    public = [s for s in world.youtube.subscribers if s.is_public]
    now = {s.channel_id: ("youtube", s.channel_id, "", s.title, s.description) for s in public}
    shown["youtube"] = shown.get("youtube", {}) | now
    return rows + [("@OusterlyValeSchool", *row) for row in shown["youtube"].values()]


def _by_account(people: SchoolRegisters) -> dict[str, str]:
    entries = [*(("pupil", p) for p in people.pupils), *(("staff", s) for s in people.staff)]
    entries += [("parent", parent) for parent in people.parents]
    pairs = [(a.lstrip("@"), register) for register, e in entries for a in (e.x_account, e.youtube_account) if a]
    return {key: register for account, register in pairs for key in (account, account.casefold())}


def _by_display(named: list[tuple[str, Any]], bio: str) -> tuple[str, str] | None:
    text = " ".join(re.sub(r"[^\w\s]", " ", bio.casefold()).split())
    if not named or OTHER_SCHOOL.search(text) or "parody" in text:
        return None
    best = max(_score(register, entry, text) for register, entry in named)
    winners = [(register, e) for register, e in named if _score(register, e, text) == best]
    if best < 1 or len(winners) > 1:
        return None
    return _of_age(*winners[0]), "likely"


def _named(known: dict[str, list[tuple[str, Any]]], name: str) -> list[tuple[str, Any]]:
    """Return whoever bears this name, or else one in which two neighbouring letters have changed places."""
    swapped = (name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in range(len(name) - 1))
    return known.get(name, []) or next((known[other] for other in swapped if other in known), [])


def _of_age(register: str, entry: Any) -> str:
    """Return the register; a former pupil who is eighteen is on none that anybody asks about."""
    return "grown-up" if register == "leaver" and entry.born_on <= GROWN_UP_IF_BORN_BY else register


def _score(register: str, entry: Any, text: str) -> int:
    if register == "pupil":
        year = entry.year_group.removeprefix("Year ")
        own = re.search(rf"\b(year {year}|y{year}|{entry.class_name.casefold()})\b", text)
        return int(bool(own)) + int(bool(SCHOOL.search(text))) - 5 * int(bool(ADULT.search(text)))
    if register == "staff":
        return int(bool(JOB.search(text) or SCHOOL.search(text)))
    words = {"governor": GOVERNOR, "leaver": LEAVER, "parent": ADULT}[register]
    return 2 * int(bool(words.search(text)))


def _by_name(people: SchoolRegisters) -> dict[str, list[tuple[str, Any]]]:
    index: dict[str, list[tuple[str, Any]]] = {}
    parts = (("pupil", people.pupils), ("staff", people.staff), ("governor", people.governors),
             ("parent", people.parents), ("leaver", people.leavers))  # fmt: skip
    for register, entries in parts:
        for entry in entries:
            for name in {fold(name) for name in entry.names}:
                index.setdefault(name, []).append((register, entry))
    return index
