"""Two invented schools of one federation: one policy pack, and everything else of their own, on one simulated X."""

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from demo.model import World, XCredential, XUser
from demo.school import album
from demo.school.posts import photo, write
from demo.school.story import WEEKS

WEEK = WEEKS[0]
STRANGERS = 38
PACK = "willow-tree-2024"
SCHOOL_TOML = """\
# An invented school of an invented federation, whose schools share a policy and nothing else.

[school]
id = "{id}"
name = "{name}"
aliases = ["{short}"]
website = "https://{id}.example"
pack = "{pack}"

[[account]]
platform = "x"
account_id = "{account_id}"
handle = "{handle}"
credential = "x_main"

[registers]
pupils = "pupils.csv"
staff = "staff.csv"
photographs = "photographs.csv"
"""
KEYS = ("consumer_key", "consumer_secret", "access_token", "access_secret")


@dataclass(frozen=True, slots=True)
class Sister:
    """One school of the federation; the first of its pupils follows the school, and a post names the second."""

    id: str
    name: str
    short: str
    account_id: str
    handle: str
    scene: int
    stranger: str
    pupils: tuple[tuple[str, str, str], ...]
    staff: tuple[str, str]

    @property
    def credential(self) -> dict[str, str]:
        """The school's own key to the simulated X."""
        return {key: f"demo-not-a-secret-{self.id}-{key.replace('_', '-')}" for key in KEYS}

    @property
    def names(self) -> tuple[str, ...]:
        """The full names on the school's registers, and what its followers call themselves."""
        people = [f"{given} {surname}" for given, surname, _ in self.pupils]
        return (*people, " ".join(self.staff), self.stranger)


SCHOOLS = (
    Sister(
        "quarrowby-primary", "Quarrowby Primary School", "Quarrowby Primary", "9100000000000007001", "QuarrowbyPri", 1,
        "Larkfoot", (("Merryn", "Tolpuddock", "5"), ("Osian", "Brackenwell", "6")), ("Philippa", "Dunmarrow"),
    ),
    Sister(
        "quarrowby-vale-primary", "Quarrowby Vale Primary School", "Quarrowby Vale", "9100000000000008001",
        "QuarrowbyVale", 2, "Tarnmere", (("Idony", "Fetherwick", "4"), ("Casimir", "Holloway-Pyne", "6")),
        ("Augustin", "Wrackfield"),
    ),
)  # fmt: skip


def write_homes(home: Path) -> list[Path]:
    """Write both schools' folders under `home`, and return them."""
    return [_write_home(home / school.id, school) for school in SCHOOLS]


def world() -> World:
    """Return the simulated X that both schools are on."""
    made = World()
    for school in SCHOOLS:
        _add(made, school)
    return made


def _add(made: World, school: Sister) -> None:
    users = _users(school)
    made.x.users.update(users)
    made.x.followers[school.account_id] = [user_id for user_id in users if user_id != school.account_id]
    made.x.following[school.account_id] = made.x.liked[school.account_id] = []
    made.x.credentials.append(XCredential(school.account_id, **school.credential))
    key = f"3_{school.account_id}"
    medium = photo(key, school.scene)
    given, surname, _ = school.pupils[1]
    posts = [
        write(school.account_id, _ago(school, days=3), "The pond is full of frogs."),
        write(school.account_id, _ago(school, days=5), f"A prize for {given} {surname}."),
    ]
    posts[0].media_keys, made.x.media[key] = [key], medium
    made.x.posts.update({post.id: post for post in posts})
    made.pictures[medium.url] = album.scene_files(school.scene).posted


def _users(school: Sister) -> dict[str, XUser]:
    """Return the school's account, a pupil's, a teacher's, and those of strangers."""
    (given, surname, year), first = school.pupils[0], int(school.account_id)
    profiles = [
        (school.handle, school.name, "Our news."),
        (f"{given.lower()}_plays", f"{given} {surname}", f"Year {year}, {school.short}"),
        (f"{school.staff[1].lower()}_x", " ".join(school.staff), f"Teacher at {school.name}"),
        *((f"{school.stranger.lower()}{n}", f"{school.stranger} {n}", "") for n in range(1, STRANGERS + 1)),
    ]
    return {
        str(first + place): XUser(str(first + place), handle, name, datetime(2020, 5, 4, tzinfo=UTC), bio)
        for place, (handle, name, bio) in enumerate(profiles)
    }


def _ago(school: Sister, *, days: int) -> datetime:
    return WEEK.looked_at.replace(hour=12) - timedelta(days=days, minutes=school.scene)


def _write_home(folder: Path, school: Sister) -> Path:
    registers, photographs = folder / "registers", folder / "photographs"
    registers.mkdir(parents=True)
    photographs.mkdir()
    says = {name: getattr(school, name) for name in ("id", "name", "short", "account_id", "handle")}
    (folder / "school.toml").write_text(SCHOOL_TOML.format(**says, pack=PACK), encoding="utf-8")
    credentials = folder / "credentials.toml"
    credentials.touch(mode=0o600)
    lines = [f'{key} = "{value}"\n' for key, value in school.credential.items()]
    credentials.write_text("[x_main]\n" + "".join(lines), encoding="utf-8")
    (photographs / "m1.jpg").write_bytes(album.scene_files(school.scene).master)
    for register, rows in _registers(school).items():
        with (registers / f"{register}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        saved = (WEEK.looked_at - timedelta(hours=12)).timestamp()
        os.utime(registers / f"{register}.csv", (saved, saved))
    return folder


def _registers(school: Sister) -> dict[str, Sequence[Sequence[str]]]:
    pupils = [(f"{school.id}-{n}", *pupil) for n, pupil in enumerate(school.pupils, 1)]
    return {
        "pupils": [("person_id", "given_names", "surname", "year_group"), *pupils],
        "staff": [("person_id", "given_names", "surname", "job_title"), ("S1", *school.staff, "Teacher")],
        "photographs": [("photograph_id", "file_name", "channels"), ("M1", "m1.jpg", "x")],
    }
