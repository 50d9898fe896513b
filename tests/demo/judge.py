"""A second, plain judge of the invented school: the rules in short, over the world itself, with no pull between."""

import io
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pdqhash
from PIL import Image

from demo import album, cast, sheets
from demo.model import World
from demo.names import fold
from demo.people import Registers, registers
from demo.weeks import WEEKS, Week
from demo.worlds import build
from tests.demo import rules
from tests.demo.rules import OFFICIAL, Evidence, Key, Who

SCHOOL = re.compile(r"\b(ousterly vale|ovs)\b")
ADULT = re.compile(r"\b(mum|dad|grandad|nan|parent|director|estate agent|plumber)\b")
OTHER_SCHOOL = re.compile(r"\b(?!vale )\w+ (academy|school|college|primary)\b")
GOVERNOR, LEAVER = re.compile(r"\b(governors?)\b"), re.compile(r"\bclass of\b")
FOLLOWERS = {"pupil", "staff", "governor", "leaver"}
Match = Callable[[str, str, str, str], tuple[str, str] | None]
GROWN_UP_IF_BORN_BY = date(2008, 11, 2)  # nobody on the leavers register comes of age while the story runs
JOB = re.compile(r"\b(teacher|teaching|head of|headteacher|ta|senco)\b")


def story_of_all_weeks() -> list[set[tuple[Key, str, date]]]:
    """Return, week by week, every exception with its status and the day it was first seen."""
    told, open_before, first_seen, evidence = [], set[Key](), dict[Key, date](), dict[Key, Evidence]()
    shown: dict[str, dict[str, Any]] = {}
    for week in WEEKS:
        found = judge(week, shown)
        rows = set()
        for key, proof in found.items():
            status = "new" if key not in first_seen else "reopened" if key not in open_before else "open"
            if status == "open" and evidence[key] != proof:
                status = "changed"
            rows.add((key, status, first_seen.setdefault(key, week.as_of)))
        rows |= {(key, "gone", first_seen[key]) for key in open_before - found.keys()}
        evidence |= found
        open_before = set(found)
        told.append(rows)
    return told


def judge(week: Week, shown: dict[str, dict[str, Any]]) -> dict[Key, Evidence]:
    """Return the exceptions standing in this week; `shown` keeps whom lists seen in part ever showed."""
    world, people = build(week), registers(week)
    match = _matcher(people)
    return {
        **_followers(match, _lists(world, shown)),
        **_pictures(world, week),
        **rules.judge(world, people, week, _who(match, world)),
    }


def _followers(match: Match, lists: list[tuple[str, ...]]) -> dict[Key, Evidence]:
    found: dict[Key, Evidence] = {}
    for account, platform, actor_id, handle, name, bio in lists:
        known = match(actor_id, handle, name, bio)
        if known and known[0] in FOLLOWERS:
            found[f"{known[0]}_follower", platform, account, actor_id] = (handle, name, bio, known[1])
    return found


def _matcher(people: Registers) -> Match:
    """Return what says whose account it is, and how surely, from an id, a handle, a name and what is said with it."""
    known, declared = _by_name(people), _by_account(people)

    def match(actor_id: str, handle: str, name: str, bio: str) -> tuple[str, str] | None:
        register = declared.get(actor_id) or declared.get(handle.casefold())
        return (register, "declared") if register else _by_display(known.get(fold(name), []), bio)

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
        if account_id == cast.PE_ID:  # after the first sweep only what is new is fetched
            now = shown.setdefault(account, {}) | now
            shown[account] = now
        rows += [(account, *row) for row in now.values()]
    public = [s for s in world.youtube.subscribers if s.is_public]
    now = {s.channel_id: ("youtube", s.channel_id, "", s.title, s.description) for s in public}
    shown["youtube"] = shown.get("youtube", {}) | now
    return rows + [("@OusterlyValeSchool", *row) for row in shown["youtube"].values()]


def _by_account(people: Registers) -> dict[str, str]:
    entries = [*(("pupil", p) for p in people.pupils), *(("staff", s) for s in people.staff)]
    entries += [("parent", parent) for parent in people.parents]
    pairs = [(a.lstrip("@"), register) for register, e in entries for a in (e.x_account, e.youtube_account) if a]
    return {key: register for account, register in pairs for key in (account, account.casefold())}


def _by_display(named: list[tuple[str, Any]], bio: str) -> tuple[str, str] | None:
    text = " ".join(re.sub(r"[^\w\s]", " ", bio.casefold()).split())
    if not named or OTHER_SCHOOL.search(text):
        return None
    best = max(_score(register, entry, text) for register, entry in named)
    winners = [(register, e) for register, e in named if _score(register, e, text) == best]
    if best < 1 or len(winners) > 1:
        return None
    return _of_age(*winners[0]), "likely"


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


def _by_name(people: Registers) -> dict[str, list[tuple[str, Any]]]:
    index: dict[str, list[tuple[str, Any]]] = {}
    parts = (("pupil", people.pupils), ("staff", people.staff), ("governor", people.governors),
             ("parent", people.parents), ("leaver", people.leavers))  # fmt: skip
    for register, entries in parts:
        for entry in entries:
            for name in {fold(name) for name in entry.names}:
                index.setdefault(name, []).append((register, entry))
    return index


def _pictures(world: World, week: Week) -> dict[Key, Evidence]:
    found: dict[Key, Evidence] = {}
    for account, account_id in OFFICIAL.items():
        for post in world.x.posts.values():
            for key in post.media_keys if post.author_id == account_id else ():
                nearest = _nearest(world.pictures[world.x.media[key].url], "x", week)
                ended = _nearest(world.pictures[world.x.media[key].url], "x", week, ended=True)
                if nearest[0] > 31 >= ended[0]:
                    found["withdrawn_picture", "x", account, key] = ended
                elif nearest[0] > 31:
                    found["unapproved_picture", "x", account, key] = nearest
    registered = set(sheets.registered_videos(week))
    for video in (video for video in world.youtube.videos if video.privacy != "private"):
        place = ("unapproved_picture", "youtube", "@OusterlyValeSchool")
        if video.id not in registered:
            found[*place, video.id] = ()
        thumbnail = world.pictures[video.thumbnails[-1][1]]
        nearest = _nearest(thumbnail, "youtube", week)
        ended = _nearest(thumbnail, "youtube", week, ended=True)
        if nearest[0] > 31 >= ended[0]:
            found["withdrawn_picture", *place[1:], f"{video.id}/thumbnail"] = ended
        elif nearest[0] > 31:
            found[*place, f"{video.id}/thumbnail"] = nearest
    return found


def _nearest(picture: bytes, channel: str, week: Week, *, ended: bool = False) -> tuple[int, str]:
    """Return the distance to, and the id of, the nearest master for this channel that is in force, or that ended."""
    mine = pdq(picture)[0]
    asked = [m for m in album.masters(week) if channel in m.channels.split(";") and _has_ended(m, week) == ended]
    farthest = (256, "")
    found = ((int((pdq(body)[0] != mine).sum()), m.photograph_id) for m in asked for body in _forms(m.scene))
    return min(found, default=farthest)


def _forms(scene: int) -> list[bytes]:
    """Return a master as it is, and as the story crops it."""
    cropped = [album.close_up(scene)["maxresdefault"]] if scene == album.TAKEN_BACK else []
    return [album.prints(scene).master, *cropped]


def _has_ended(master: album.Master, week: Week) -> bool:
    by_pupil = {album.TAKEN_BACK: 2, album.OF_A_LEAVER: 4}  # from which week a pupil's consent, or the pupil, is gone
    is_over = week.number >= by_pupil.get(master.scene, 99)
    return is_over or master.consent_withdrawn or (master.expires_on is not None and master.expires_on < week.as_of)


@cache
def pdq(picture: bytes) -> tuple[Any, int]:
    """Return the PDQ hash, 256 bits, and the quality of a picture's bytes."""
    image = Image.open(io.BytesIO(picture))
    image.draft("RGB", (256, 256))  # decoded at half its size: the hash looks at 64 by 64 anyway
    bits, quality = pdqhash.compute(np.asarray(image.convert("RGB")))
    return bits, int(quality)
