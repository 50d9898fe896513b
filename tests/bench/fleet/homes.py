"""As many invented schools as one likes, in one home, and the platforms that show them.

Each has an X account with so many followers, of whom one is a pupil, and so many people on its registers. The schools
share the strangers that follow them, the YouTube channel with its project, the key of their warehouses and, where it is
said of how many bearers they read X with, these; a warehouse is copied, not made, for each.
"""

import csv
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import product
from pathlib import Path

from demo.model import World, XCredential, XUser
from demo.school import album
from demo.school.posts import photo, write
from tests.connectors import town
from warehouse.store.migrate import make
from warehouse.store.places import Places

KEY = "k" * 48
NOW = datetime(2026, 11, 2, 5, tzinfo=UTC)
DAY = NOW.date()
_FIRST = 9_100_000_000_000_000_000
_STRANGERS = _FIRST + 800_000_000_000_000
_GIVEN = (
    "Merryn",
    "Osian",
    "Idony",
    "Casimir",
    "Philippa",
    "Augustin",
    "Ffraid",
    "Tamsin",
    "Corwin",
    "Beatrix",
    "Iolo",
)
_HEADS = ("Quill", "Bracken", "Fether", "Tarn", "Wrack", "Dun", "Hollow", "Lark", "Sallow", "Oke", "Penha", "Garrow")
_TAILS = ("mere", "well", "wick", "field", "marrow", "pyne", "foot", "by", "hurst", "ligon", "combe", "stead")
_SURNAMES = tuple("".join(parts) for parts in product(_HEADS, _TAILS))
_TEXTS = ("The pond is full of frogs.", "Pie day in the canteen.", "Doors open at seven.", "Chess club came second.")
_POSTS, _VIDEOS = 20, 6
UNITS_PER_DAY = 10_000_000  # of YouTube: weeks are run within one of its days
_SCHOOL = """\
[school]
id = "{0}"
name = "{1}"
aliases = ["{2}"]
pack = "corbets-tey-2022"

[[account]]
platform = "x"
account_id = "{3}"
handle = "{4}"
credential = "x_main"
reads = "{5}"

[[account]]
platform = "youtube"
account_id = "{6}"
handle = "{7}"
credential = "youtube"

[budget]
usd_per_run = "100.00"

[registers]
pupils = "pupils.csv"
staff = "staff.csv"
photographs = "photographs.csv"
"""


@dataclass(frozen=True, slots=True)
class FleetSize:
    """How many schools, and of each how many followers and people.

    They read X with so many bearers, dealt out in turn, or with a key of their own each where there is none.
    """

    schools: int
    followers: int = 2_000
    people: int = 500
    bearers: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """The schools' ids."""
        return tuple(f"invented-{number:03}" for number in range(1, self.schools + 1))


def account_of(number: int) -> str:
    """Return the id of this school's account."""
    return str(_FIRST + number * 1_000)


def write_homes(home: Path, size: FleetSize) -> None:
    """Write every school's folder, key and empty warehouse."""
    (home / "keys").mkdir(mode=0o700, parents=True)
    empty = home / "empty.duckdb"
    make(empty, KEY)
    body, master = empty.read_bytes(), album.scene_files(1).master
    empty.unlink()
    project = sha256(f"youtube:{town.TOKEN}".encode()).hexdigest()[:16]  # as the program calls it in its ledger
    group = f'[[allowance]]\ndigest = "{project}"\nunits_per_day = {UNITS_PER_DAY}\n'
    _private(home / "group.toml", group.encode())
    for number, school in enumerate(size.ids, 1):
        places = Places(home, school)
        places.registers.mkdir(mode=0o700, parents=True)
        places.photographs.mkdir(mode=0o700)
        handle = f"Invented{number:03}"
        reads, channel = "bearer" if size.bearers else "owned", town.world(0).youtube
        texts = _SCHOOL.format(
            school, f"Invented School {number}", handle, account_of(number), handle, reads, channel.channel_id,
            channel.handle.removeprefix("@"),
        )  # fmt: skip
        keys = "".join(f'{name} = "{value}"\n' for name, value in _key(number, size).items())
        _private(places.settings, texts.encode())
        _private(places.credentials, f'[x_main]\n{keys}\n[youtube]\naccess_token = "{channel.token}"\n'.encode())
        _private(places.key, KEY.encode())
        _private(places.warehouse, body)
        _private(places.photographs / "m1.jpg", master)
        _registers(places.registers, number, size.people)


def world(size: FleetSize) -> World:
    """Return the simulated X that shows every school."""
    made = World(youtube=town.world(0).youtube)
    made.youtube.videos = made.youtube.videos[:_VIDEOS]
    made.x.credentials += [XCredential(None, **_key(number, size)) for number in range(1, size.bearers + 1)]
    strangers = [str(_STRANGERS + n) for n in range(size.followers - 1)]
    for n, stranger in enumerate(strangers):
        made.x.users[stranger] = XUser(stranger, f"walker_{n}", f"Walker {n}", NOW - timedelta(days=900))
    scene = album.scene_files(1).posted
    for number in range(1, size.schools + 1):
        account, pupil = account_of(number), str(int(account_of(number)) + 1)
        given, surname = _people(number, size.people)[0]
        made.x.users[account] = XUser(
            account, f"Invented{number:03}", f"Invented School {number}", NOW - timedelta(days=900),
            followers_count=size.followers,
        )  # fmt: skip
        made.x.users[pupil] = XUser(
            pupil, f"{given.lower()}_{number}", f"{given} {surname}", NOW, f"Year 8, Invented School {number}"
        )
        made.x.followers[account] = [pupil, *strangers]
        made.x.following[account] = made.x.liked[account] = []
        if not size.bearers:
            made.x.credentials.append(XCredential(account, **_key(number, size)))
        posts = [write(account, NOW - timedelta(days=n + 1, minutes=number), _TEXTS[n % 4]) for n in range(_POSTS)]
        medium = photo(f"3_{account}", 1)
        posts[0].media_keys, made.x.media[medium.media_key] = [medium.media_key], medium
        made.x.posts.update({post.id: post for post in posts})
        made.pictures[medium.url] = scene
    made.pictures |= {url: scene for video in made.youtube.videos for _, url, _, _ in video.thumbnails}
    return made


def _key(number: int, size: FleetSize) -> dict[str, str]:
    if size.bearers:
        return {"bearer": f"not-a-secret-bearer-{number % size.bearers}"}
    names = ("consumer_key", "consumer_secret", "access_token", "access_secret")
    return {name: f"not-a-secret-{number}-{name.replace('_', '-')}" for name in names}


def _people(number: int, people: int) -> list[tuple[str, str]]:
    chance = random.Random(number)
    return [(chance.choice(_GIVEN), chance.choice(_SURNAMES)) for _ in range(people)]


def _registers(folder: Path, number: int, people: int) -> None:
    names = _people(number, people)
    pupils = names[: people * 9 // 10]
    rows = {
        "pupils": [("person_id", "given_names", "surname", "year_group")]
        + [(f"P{n}", *name, str(7 + n % 5)) for n, name in enumerate(pupils)],
        "staff": [("person_id", "given_names", "surname", "job_title")]
        + [(f"S{n}", *name, "Teacher") for n, name in enumerate(names[len(pupils) :])],
        "photographs": [("photograph_id", "file_name", "channels"), ("M1", "m1.jpg", "x")],
    }
    for register, lines in rows.items():
        path = folder / f"{register}.csv"
        _private(path, b"")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)


def _private(path: Path, body: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(body)
