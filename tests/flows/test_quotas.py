"""Schools that share a YouTube project: one meets the wall, no other is sent against it, and all are whole next day.

YouTube is the simulated one over HTTP, with a day's quota that is used up in the middle of the second school.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from connectors.source import Endpoints
from flows.home.context import open_casebook
from flows.home.init import make_key
from flows.home.settings import Settings
from flows.prefect.quotas import Ledger, read_ledger
from tests.flows.calling import Answer, audit
from tests.flows.few_checks import ask_few
from tests.flows.village import SCHOOL, passed, world, write_home
from tests.simulated.serve import Servers, serve
from warehouse.casebook.spending import spent_since
from warehouse.runs.run_progress import read_progress
from warehouse.store.places import PASSED, Places

SCHOOLS = ("a-first", "b-second", "c-third")
MONDAY = datetime.now(UTC).date()


def plant(home):
    """Write three schools that read one channel with one credential."""
    made = write_home(home)
    ask_few(made)
    for school in SCHOOLS:
        shutil.copytree(made, home / school)
        settings = home / school / "school.toml"
        head, _, rest = settings.read_text().replace(f'id = "{SCHOOL}"', f'id = "{school}"').partition("[[account]]")
        settings.write_text(head + rest[rest.index("[[account]]") :])  # the channel alone
        make_key(Settings(home), Places(home, school))
    shutil.rmtree(made)
    (home / PASSED).write_bytes(passed())
    return home


@dataclass(slots=True)
class Quota:
    """The three schools, their simulated platforms, and how many days have passed for these."""

    settings: Settings
    servers: Servers
    days: int = 0

    def run(self, *words: str) -> Answer:
        urls = {"X": self.servers.x_url, "YOUTUBE": self.servers.youtube_url, "MEDIA": self.servers.media_url}
        where = {"AUDIT_HOME": str(self.settings.home), **{f"AUDIT_{name}_URL": url for name, url in urls.items()}}
        return audit("group", *words, **where)

    def ledger(self, days: int = 0) -> Ledger:
        later = replace(self.settings, clock=lambda: datetime.now(UTC) + timedelta(days=days))
        return read_ledger(later, SCHOOLS, MONDAY)

    def codes(self) -> list[tuple[date | None, int | None] | None]:
        runs = [read_progress(Places(self.settings.home, school).folder) for school in SCHOOLS]
        return [run and (run.as_of, run.code) for run in runs]

    def spent(self) -> dict[str, int]:
        with closing(open_casebook(self.settings, Places(self.settings.home, SCHOOLS[0]))) as book:
            rows = spent_since(book.engine, MONDAY - timedelta(days=9))
        return {school: sum(row.units for row in rows if row.school == school) for school in SCHOOLS}

    def a_day_passes(self) -> None:
        """Let the simulated YouTube begin its next day, and the wall that it told lie behind us."""
        self.days += 1
        at = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
        moved = text("update spending set used_up_until = :at where used_up_until is not null")
        with (
            closing(open_casebook(self.settings, Places(self.settings.home, SCHOOLS[0]))) as book,
            book.engine.begin() as connection,
        ):
            connection.execute(moved, {"at": at})


@pytest.fixture(scope="module")
def quota(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quota]:
    home = tmp_path_factory.mktemp("quota") / "home"
    home.mkdir(mode=0o700)
    settings = Settings(plant(home))
    here: list[Quota] = []
    with serve(world(), now=lambda: datetime.now(UTC) + timedelta(days=here[0].days)) as servers:
        here.append(Quota(settings, servers))
        yield here[0]


def test_a_school_that_met_the_wall_on_monday_is_whole_on_tuesday_and_no_other_was_sent_against_it(quota):
    alone = quota.run("run", "--schools", "a-first", "--as-of", str(MONDAY))
    assert alone.code == 0, alone.said
    a_school = quota.servers.meter.units_on(datetime.now(UTC))
    quota.servers.youtube_quota = a_school + 3

    monday = quota.run("run", "--schools", "[bc]*", "--as-of", str(MONDAY), "--at-once", "1")

    assert monday.code == 3
    assert monday.out.splitlines()[0].startswith("b-second: exit code 3. Published, but not everything was seen")
    assert "c-third: exit code 3. It waits for quota until " in monday.out
    assert quota.codes() == [(MONDAY, 0), (MONDAY, 3), None]
    assert quota.servers.meter.units_on(datetime.now(UTC)) == a_school + 4  # the refused request counts as well
    assert sum(quota.spent().values()) == a_school + 4
    assert quota.spent()["a-first"] == a_school
    held = quota.ledger().waiting()
    assert list(held) == ["b-second", "c-third"]
    assert quota.run("run", "--waiting", "--as-of", str(MONDAY)).code == 3
    assert quota.codes() == [(MONDAY, 0), (MONDAY, 3), None]

    quota.a_day_passes()
    quota.servers.youtube_quota = 10_000  # on Monday somebody else of the project had had the rest
    assert quota.ledger().due() == ("b-second", "c-third")
    tuesday = quota.run("run", "--waiting", "--as-of", str(MONDAY), "--json")

    assert tuesday.code == 0, [end["told"].get("problems") for end in json.loads(tuesday.out)]
    assert [(end["school"], end["code"]) for end in json.loads(tuesday.out)] == [("b-second", 0), ("c-third", 0)]
    assert quota.codes() == [(MONDAY, 0)] * 3
    assert quota.ledger().waiting() == {}
    assert quota.ledger().due() == ()


def without_key(folder):
    (folder.parent / "keys" / f"{folder.name}.key").unlink()


def misspelt(folder):
    (folder / "school.toml").write_text("[school")


NOBODY_ANSWERS = Endpoints(*["http://127.0.0.1:9"] * 3)  # simulated, so that no permission is asked for


@pytest.mark.parametrize("lacks", [without_key, misspelt])
def test_schools_that_cannot_begin_take_no_one_s_turn(tmp_path, lacks):
    settings = Settings(plant(tmp_path), endpoints=NOBODY_ANSWERS)
    [allowance] = read_ledger(settings, SCHOOLS, MONDAY).lines()
    one_a_day = f'[[allowance]]\ndigest = "{allowance.digest}"\nunits_per_day = 60\n'
    (tmp_path / "group.toml").write_text(one_a_day)
    before = read_ledger(settings, SCHOOLS, MONDAY).waiting()

    lacks(tmp_path / "a-first")
    after = read_ledger(settings, SCHOOLS, MONDAY).waiting()
    not_permitted = read_ledger(replace(settings, endpoints=Endpoints()), SCHOOLS, MONDAY).waiting()

    assert (list(before), list(after), list(not_permitted)) == (["b-second", "c-third"], ["c-third"], [])
