"""A small school for flow tests: a home on disk, and both platforms serving what belongs to it.

Reach for `village()` when a run must really pull, judge and publish; `demo.town` is for the three weeks themselves.
"""

import fcntl
import io
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from checks.catalogue import catalogue
from connectors.source import Endpoints
from demo.model import World, XUser
from engines.pictures.decoding import Opener
from flows.home.context import Context, open_context
from flows.home.init import make_key
from flows.home.settings import RetryPolicy, Settings
from flows.weekly.self_test import self_test
from tests.connectors import town
from tests.flows.few_checks import ask_few, ask_staff_too
from tests.isolation import MACHINE
from tests.simulated.serve import Servers, serve
from warehouse.store.migrate import make
from warehouse.store.places import PASSED, Places

SCHOOL = "ousterly-vale"
MONDAY = date(2026, 11, 2)
FAR = datetime.now(UTC).date() + timedelta(days=700)  # about as far as anything may be decided ahead
NAMES = ("Rosalind", "Thistlewood", "Ambrose", "Netherfold")
PUPIL, TEACHER = "8900", "8901"
SECRETS = (*town.SECRETS, "village-key")

SETTINGS = f"""\
[school]
id = "{SCHOOL}"
name = "Ousterly Vale School"
aliases = ["OVS"]
pack = "corbets-tey-2022"

[[account]]
platform = "x"
account_id = "{town.SCHOOL}"
handle = "OusterlyVale"
credential = "x_main"

[[account]]
platform = "youtube"
account_id = "{town.CHANNEL}"
handle = "OusterlyValeSchool"
credential = "youtube"

[registers]
pupils = "pupils.csv"
staff = "staff.csv"
photographs = "photographs.csv"
"""

CREDENTIALS = f"""\
[x_main]
consumer_key = "ck-town"
consumer_secret = "cs-town"
access_token = "at-town"
access_secret = "ats-town"

[youtube]
access_token = "{town.TOKEN}"
"""


def drawn(seed: int) -> bytes:
    """Return a drawn JPEG with enough in it for a hash to hold on to."""
    random = np.random.default_rng(seed)
    small = random.integers(0, 255, (9, 12, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(small).resize((960, 720), Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def world(followers: int = 40) -> World:
    """Return both platforms with one pupil, one teacher and many strangers."""
    made = town.world(followers)
    known = {
        PUPIL: XUser(PUPIL, "rosie_t", "Rosalind Thistlewood", town.NOW, "Year 8 at Ousterly Vale School"),
        TEACHER: XUser(TEACHER, "mr_n", "Ambrose Netherfold", town.NOW, "Teacher at OVS. Views my own"),
    }
    made.x.users.update(known)
    made.x.followers[town.SCHOOL] = [*known, *made.x.followers[town.SCHOOL]]
    made.x.users[town.SCHOOL].followers_count = len(made.x.followers[town.SCHOOL])
    made.youtube.handle = "@OusterlyValeSchool"
    made.youtube.videos = made.youtube.videos[:6]
    made.pictures["https://pbs.twimg.com/media/aaa.jpg"] = drawn(1)
    for video in made.youtube.videos:
        for _, url, _, _ in video.thumbnails:
            made.pictures[url] = drawn(2)
    return made


def write_home(home: Path) -> Path:
    """Write the school's folder and key below `home`; return the folder."""
    folder = home / SCHOOL
    (folder / "registers").mkdir(parents=True)
    (folder / "photographs").mkdir()
    (folder / "school.toml").write_text(SETTINGS)
    (folder / "credentials.toml").touch(mode=0o600)
    (folder / "credentials.toml").write_text(CREDENTIALS)
    registers = {
        "pupils": "person_id,given_names,surname,year_group\nP1,Rosalind,Thistlewood,8\nP2,Someone,Quite-Else,9\n",
        "staff": "person_id,given_names,surname,job_title\nS1,Ambrose,Netherfold,Teacher of Art\n",
        "photographs": "photograph_id,file_name,video_id,channels\nM1,m1.jpg,,x;youtube\nV1,,vid00000001,youtube\n",
    }
    for name, text in registers.items():
        (folder / "registers" / f"{name}.csv").write_text(text)
    (folder / "photographs" / "m1.jpg").write_bytes(drawn(1))
    return folder


@dataclass(slots=True)
class Village:
    """A running village: its servers, its home on disk and the settings that reach both."""

    servers: Servers
    settings: Settings

    @property
    def places(self) -> Places:
        return Places(self.settings.home, SCHOOL)

    @property
    def environment(self) -> dict[str, str]:
        """What a process of its own needs to run in this village."""
        return {
            "AUDIT_HOME": str(self.settings.home),
            "AUDIT_X_URL": self.servers.x_url,
            "AUDIT_YOUTUBE_URL": self.servers.youtube_url,
            "AUDIT_MEDIA_URL": self.servers.media_url,
            "AUDIT_PATIENCE_SECONDS": "6",
        }

    def context(self, day: date = MONDAY) -> Context:
        return open_context(self.settings, SCHOOL, day)


def clock() -> datetime:
    return datetime.now(UTC)


@cache
def prepared() -> tuple[str, bytes]:
    """Return a key, and an empty warehouse that it opens: the views take longer to make than a source to pull."""
    key = secrets.token_urlsafe(48)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        make(path, key)
        return key, path.read_bytes()


@cache
def passed() -> bytes:
    """Return the passes of the self-tests of what villages ask, found by whichever worker of these tests came first."""
    home = MACHINE / "passed"
    with home.with_suffix(".lock").open("w") as lock, Opener() as opener:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            write_home(home)
            make_key(Settings(home=home), Places(home, SCHOOL))
            for ask in (lambda _: None, ask_few, ask_staff_too):
                ask(home / SCHOOL)
                context = open_context(Settings(home=home), SCHOOL, MONDAY)
                self_test(context, [catalogue()[name] for name in context.pack.check_ids], opener)
    kept = home / PASSED
    return kept.read_bytes() if kept.exists() else b""  # where somebody changes the program while it is tested


@contextmanager
def village(home: Path, *, followers: int = 40, has_warehouse: bool = False) -> Iterator[Village]:
    """Serve the village, with its home in this empty folder; an empty warehouse is there already if that is asked."""
    write_home(home)
    (home / PASSED).write_bytes(passed())
    if has_warehouse:
        key, warehouse = prepared()
        places = Places(home, SCHOOL)
        places.key.parent.mkdir(mode=0o700)
        for path, body in ((places.key, key.encode()), (places.warehouse, warehouse)):
            path.touch(mode=0o600)
            path.write_bytes(body)
    with serving(home, followers=followers) as here:
        if not has_warehouse:
            make_key(here.settings, here.places)
        yield here


@contextmanager
def serving(home: Path, *, followers: int = 40) -> Iterator[Village]:
    """Serve the village, whose home is in this folder already."""
    with serve(world(followers), now=clock) as servers:
        endpoints = Endpoints(x=servers.x_url, youtube=servers.youtube_url, media=servers.media_url)
        retry_policy = RetryPolicy(tries=4, first_wait=0.05, max_seconds=6.0)
        yield Village(servers, Settings(home=home, endpoints=endpoints, retry_policy=retry_policy))


def with_reads(folder: Path, reads: str) -> None:
    """Change how the X account is read."""
    text = (folder / "school.toml").read_text()
    (folder / "school.toml").write_text(
        text.replace('credential = "x_main"', f'credential = "x_main"\nreads = "{reads}"')
    )
