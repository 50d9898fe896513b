"""Four schools of a group without Prefect: one command runs some of them, and all stand in the group's report."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from flows.home.settings import Settings
from tests.demo.federation import WEEK, Sister
from tests.flows.calling import Answer, audit
from tests.flows.hundred import BROKEN, SHARED, TREES, plant
from tests.published_text import text_of
from tests.simulated.serve import serve

pytestmark = pytest.mark.slow
TODAY = datetime.now(UTC).date().isoformat()


@dataclass(frozen=True, slots=True)
class Group:
    """The schools, how they are reached, and what the command said that ran two of them."""

    settings: Settings
    schools: tuple[Sister, ...]
    where: dict[str, str]
    said: Answer


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    home = tmp_path_factory.mktemp("group") / "home"
    home.mkdir(mode=0o700)
    settings = Settings(home)
    world, schools = plant(home, settings)
    with serve(world, now=lambda: WEEK.looked_at) as servers:
        urls = {"X": servers.x_url, "YOUTUBE": servers.youtube_url, "MEDIA": servers.media_url}
        where = {"AUDIT_HOME": str(home), **{f"AUDIT_{name}_URL": url for name, url in urls.items()}}
        said = audit("group", "run", "--schools", "[bd]*", "--as-of", TODAY, "--at-once", "2", **where)
        yield Group(settings, schools, where, said)


def test_each_school_is_run_by_a_process_of_its_own_and_one_that_fails_stops_nobody(group):
    lines = group.said.out.splitlines()

    assert group.said.code == 3, group.said.said
    assert lines[0] == "birch: done"
    assert lines[1].startswith(f"{BROKEN}: exit code 2. credentials.toml has no [x_main]")
    assert lines[2] == "1 of 2 schools are done. See: audit group report"


def test_the_group_s_report_counts_in_bands_names_nobody_and_says_who_was_not_seen(group):
    said = audit("group", "report", "--as-of", TODAY, OTEL_METRICS_EXPORTER="prometheus", **group.where)

    folder = group.settings.home / "group_reports" / TODAY
    files = {path.name: text_of(path) for path in folder.iterdir()}
    assert said.code == 3, said.said
    assert sorted(files) == [*("costs.csv", "counts.csv", "group.json", "group.prom", "index.html", "schools.csv")]
    assert [path for path in (folder, *folder.iterdir()) if path.stat().st_mode & 0o077] == []
    whole = json.loads(files["group.json"])
    assert [one["school"] for one in whole["schools"]] == list(TREES)
    lost = {one["school"]: " ".join(one["could_not_be_seen"]) for one in whole["schools"] if one["run_id"] is None}
    assert list(lost) == [tree for tree in TREES if tree != "birch"]
    assert "credentials.toml has no [x_main]" in lost[BROKEN]
    states = {one["school"]: one["state"] for one in whole["schools"]}
    assert states == {"alder": "late", "birch": "seen_in_part", BROKEN: "not_set_up", "hill-view": "late"}
    assert ({state: n for state, n in whole["states"].items() if n}, whole["audited"]) == (
        {"late": 2, "seen_in_part": 1, "not_set_up": 1}, 1
    )  # fmt: skip
    assert whole["objective"] is None or whole["objective"].startswith(("Met: ", "Missed: "))
    assert SHARED not in "".join(files.values())
    [shared] = [row for row in whole["costs"] if row["schools"] == 2]
    assert (len(shared["allowance"]), shared["platform"], shared["units_left_today"]) == (8, "x", None)
    assert float(shared["usd_spent_this_month"]) > 0
    assert {row["open_now"] for row in whole["counts"]} <= {"fewer than 5"}
    assert ("birch", "pupil_follower", "fewer than 5") in {
        (row["school"], row["clause"], row["open_now"]) for row in whole["counts"]
    }
    everything = "\n".join([*files.values(), said.said])
    followers = [str(int(school.account_id) + 1) for school in group.schools]
    told = [name for school in group.schools for name in (*school.names, school.account_id)]
    assert [name for name in (*told, *followers) if name in everything] == []
