"""Half a year of twenty schools that share a casebook, each disturbed in its own way: all end as if nothing had been.

Each week people come, go and speak, the same for every school. A school's run may meet a platform in a bad mood, be
killed where it is most awkward or at any moment, and is then made again until it ends, as a schedule would make it.
Afterwards its warehouse is held, row by row, against that of a school which nobody disturbed, what is kept of the
casebook is verified, and nothing may have been left behind or have grown for no reason. Only `make soak` runs it.
"""

import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo.model import World, XUser
from flows.home.context import open_context
from flows.home.init import make_key
from flows.home.settings import Settings
from tests.connectors import town
from tests.demo import changes
from tests.flows.calling import audit
from tests.flows.few_checks import ask_few
from tests.flows.stopping import Point, Zygote, zygote
from tests.flows.test_killed import JUDGING, PUBLISHING, PULLING
from tests.flows.village import SCHOOL, world, write_home
from tests.simulated.moods import Mood
from tests.simulated.serve import Servers, serve
from warehouse.store.places import Places

pytestmark = [pytest.mark.slow, pytest.mark.soak]

BEGINS = date(2026, 5, 25)
WEEKS, SCHOOLS, AT_ONCE = 26, 20, 2
UNDISTURBED = "school-00"
TRIES = 4
MOODS = ("429", "500", "503", "cut", "html", "slow")
# A picture is asked for twice a run at most, then unreadable: the host of pictures stays in its best mood.
PLATFORMS = (("x", "/2/"), ("youtube", "/youtube/v3/"))
OF_A_TRY = {"raw.pages", "raw.requests", "raw.casebooks"}  # what was asked, and how often
BY_KEY = {"main.charges", "raw.readings"}  # hashes made with the key of each school
OF_A_SCHOOL = {"school_id", "school_name", "about"}  # whom a case is about is a hash by the school's key too


def monday(week: int) -> date:
    return BEGINS + timedelta(weeks=week)


def half_a_year() -> list[World]:
    """Return both platforms as they stand in each week: drawn once, the same for every school."""
    draw, current = random.Random("half a year"), world(60)
    weeks = [deepcopy(current)]
    for week in range(1, WEEKS):
        followers = current.x.followers[town.SCHOOL]
        for number in range(draw.randint(0, 3)):
            come = str(990_000 + 100 * week + number)
            current.x.users[come] = XUser(come, f"came_{come}", f"Newcomer {come}", town.NOW, "Hello")
            changes.follow(current, town.SCHOOL, come)
        leaving = draw.sample(followers[5:], draw.randint(0, 2))
        changes.unfollow(current, town.SCHOOL, *leaving)
        changes.rename(current, *draw.sample(followers[5:], 1))
        if draw.random() < 0.3:
            changes.suspend(current, followers[-1])
        if draw.random() < 0.2 and len(current.youtube.videos) > 2:
            changes.delete_video(current, current.youtube.videos[-1].id)
        changes.count(current)
        weeks.append(deepcopy(current))
    return weeks


@dataclass(slots=True)
class Runner:
    """One worker: its servers, what forks its runs, and the week that it is in."""

    servers: Servers
    forks: Zygote
    at: list[datetime] = field(default_factory=lambda: [datetime.now(UTC)])

    def environment(self, home: Path) -> dict[str, str]:
        return {
            "AUDIT_HOME": str(home),
            "AUDIT_X_URL": self.servers.x_url,
            "AUDIT_YOUTUBE_URL": self.servers.youtube_url,
            "AUDIT_MEDIA_URL": self.servers.media_url,
            "AUDIT_PATIENCE_SECONDS": "20",
        }

    def week(self, home: Path, school: str, week: int, shown: World, *, is_disturbed: bool) -> None:
        """Make a school's run of a week until it ends; the last try meets nothing."""
        draw = random.Random(f"{school} {week}")
        self.at[0] = datetime(*monday(week).timetuple()[:3], 6, tzinfo=UTC)
        words = ("run", school, "--as-of", monday(week).isoformat())
        for attempt in range(TRIES):
            self.servers.show(deepcopy(shown))
            self.servers.moods.clear()
            how: dict[str, Any] = {}
            if is_disturbed and attempt < TRIES - 1:
                how = self.disturb(draw)
            ended = self.forks.run(self.environment(home), words=words, at=self.at[0].isoformat(), **how)
            if ended == {"code": 0}:
                return
            assert is_disturbed, self.forks.said.read_text()[-2000:]
        pytest.fail(f"{school} did not end in week {week}: {ended}. {self.forks.said.read_text()[-2000:]}")

    def disturb(self, draw: random.Random) -> dict[str, Any]:
        """Draw what befalls one try: bad moods of the platforms, a kill at a point or at any moment, or nothing."""
        for platform, prefix in PLATFORMS:
            if draw.random() < 0.4:
                kinds = draw.choices(MOODS, k=draw.randint(1, 4))
                moods = [Mood("ok"), *(Mood(kind, seconds=0.2) for kind in kinds)]  # type: ignore[arg-type]
                self.servers.moods.set(platform, prefix, moods)
        points: Sequence[Point] = (*PULLING[4:], *JUDGING, *PUBLISHING)
        kill = draw.random()
        if kill < 0.3:
            return {"point": draw.choice(points)}
        return {"kill_after": draw.uniform(0.05, 4)} if kill < 0.5 else {}


@contextmanager
def runner(folder: Path) -> Iterator[Runner]:
    at = [datetime.now(UTC)]
    with serve(world(), now=lambda: at[0]) as servers, zygote(folder) as forks:
        yield Runner(servers, forks, at)


def settle(home: Path, school: str) -> None:
    """Move the village's folder into this home, under the school's own id."""
    folder = write_home(home / "made")
    settings = folder / "school.toml"
    settings.write_text(settings.read_text().replace(f'id = "{SCHOOL}"', f'id = "{school}"'))
    ask_few(folder)
    folder.rename(home / school)
    (home / "made").rmdir()
    make_key(Settings(home=home), Places(home, school))


def rows(home: Path, school: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a school's warehouse holds, but for times, what is of a single try, and hashes by a key."""
    context = open_context(Settings(home=home, clock=lambda: datetime.now(UTC)), school, monday(WEEKS - 1))
    held = {}
    with context.warehouse() as db:
        tables = db.execute(
            "select table_schema || '.' || table_name from information_schema.tables where table_type = 'BASE TABLE'"
        ).fetchall()
        for (table,) in tables:
            if table in OF_A_TRY | BY_KEY:
                continue
            columns = [name for name, kind in columns_of(db, table) if "TIMESTAMP" not in kind]
            chosen = ", ".join(name for name in columns if name not in OF_A_SCHOOL)
            held[table] = sorted(db.execute(f"select {chosen} from {table}").fetchall(), key=repr)
    return held


def columns_of(db: Any, table: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in db.execute(f"describe {table}").fetchall()]


def files(home: Path, school: str) -> dict[str, int]:
    """Return the size of every file of a school, in bytes."""
    folder = home / school
    return {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with twenty schools, and one that nobody disturbed, after half a year."""
    home = tmp_path_factory.mktemp("half-a-year") / "home"
    home.mkdir()
    schools = [f"school-{number:02}" for number in range(SCHOOLS + 1)]
    for school in schools:
        settle(home, school)
    weeks, problems = half_a_year(), []

    def live(mine: Sequence[str]) -> None:
        try:
            with runner(tmp_path_factory.mktemp("said")) as work:
                for week, shown in enumerate(weeks):
                    for school in mine:
                        work.week(home, school, week, shown, is_disturbed=school != UNDISTURBED)
        except BaseException as problem:  # noqa: BLE001 - told by the test's own thread
            problems.append(problem)

    threads = [threading.Thread(target=live, args=(schools[number::AT_ONCE],)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for problem in problems:
        raise problem
    return home


@pytest.mark.parametrize("number", range(1, SCHOOLS + 1))
def test_the_warehouse_of_a_school_that_was_disturbed_holds_what_one_holds_that_was_not(lived, number):
    expected, held = rows(lived, UNDISTURBED), rows(lived, f"school-{number:02}")

    assert held.keys() == expected.keys()
    assert {table: rows for table, rows in held.items() if rows != expected[table]} == {}


@pytest.mark.parametrize("number", range(SCHOOLS + 1))
def test_every_row_of_the_shared_casebook_is_as_it_was_written(lived, number):
    answer = audit("verify", f"school-{number:02}", AUDIT_HOME=str(lived))

    assert answer.code == 0, answer.said


@pytest.mark.parametrize("number", range(1, SCHOOLS + 1))
def test_no_disturbance_left_a_file_behind_or_let_one_grow(lived, number):
    expected, held = files(lived, UNDISTURBED), files(lived, f"school-{number:02}")

    assert held.keys() == expected.keys()
    for name in ("warehouse.duckdb", "published.duckdb"):
        assert held[name] <= 1.5 * expected[name]
