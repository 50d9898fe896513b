"""The fault table of docs/running.md: each row is a run in that mood, and a next run that completes it.

It alone proves what a person is told of each fault, with which exit code, and that the next run buys no page again.
What a run publishes follows from what it has loaded, so most rows compare what the next run loads with what a run
that met no fault loaded; one row of each kind of loss has its next run whole.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.home.integrity import ensure_whole
from flows.registers.sources import source_names
from flows.weekly.pull import pull
from flows.weekly.run import start
from tests.connectors import town
from tests.flows.calling import audit, published
from tests.flows.few_checks import ask_few
from tests.flows.village import SCHOOL, village
from tests.simulated.moods import Mood, after, lasting
from warehouse.store.load import record_tables

FOLLOWERS = f"/2/users/{town.SCHOOL}/followers"
POSTS = f"/2/users/{town.SCHOOL}/tweets"
MOODS = {
    "X: asked too often, reset ahead": ("x", FOLLOWERS, [Mood("429", seconds=1)]),
    "X: asked too often, no reset given": ("x", FOLLOWERS, ["429_without_reset"]),
    "X: asked too often, reset in the past": ("x", FOLLOWERS, ["429_past_reset"]),
    "X: asked too often, and it stays": ("x", FOLLOWERS, [lasting("429_without_reset")]),
    "X: credentials refused": ("x", "/2/", [lasting("401")]),
    "X: out of credit half-way": ("x", FOLLOWERS, [lasting("402")]),
    "X: list forbidden": ("x", FOLLOWERS, [lasting("403")]),
    "X: list not found": ("x", FOLLOWERS, [lasting("404")]),
    "X: errors in a burst": ("x", POSTS, ["500", "503"]),
    "X: out of service": ("x", "/2/", [lasting("503")]),
    "X: slow": ("x", POSTS, [Mood("slow", seconds=0.5)]),
    "X: hangs once": ("x", FOLLOWERS, ["hang"]),
    "X: line cut half-way": ("x", FOLLOWERS, ["cut"]),
    "X: a web page instead of an answer": ("x", FOLLOWERS, ["html"]),
    "X: a token that repeats": ("x", FOLLOWERS, ["repeat_token"]),
    "YouTube: quota used up": ("youtube", "/youtube/v3/", [lasting("quotaExceeded")]),
    "YouTube: credentials refused": ("youtube", "/youtube/v3/", [lasting("invalid_grant")]),
    "YouTube: errors in a burst": ("youtube", "/youtube/v3/", after(2, "503")),
    "YouTube: line cut half-way": ("youtube", "/youtube/v3/", after(1, "cut")),
    "pictures: host out of service": ("media", "/", [lasting("503")]),
    "the run's budget is used up, or one of the month's": ("x", "/none", []),
}
ALIKE = {  # a run meets them as it meets another of these; tests/connectors tell them apart in every run of the tests
    "X: asked too often, reset ahead",
    "X: asked too often, no reset given",
    "X: asked too often, reset in the past",
    "X: credentials refused",
    "X: list not found",
    "X: out of service",
    "X: slow",
    "X: hangs once",
    "X: line cut half-way",
    "X: a web page instead of an answer",
    "YouTube: quota used up",
    "YouTube: errors in a burst",
    "YouTube: line cut half-way",
}
COMPLETED_WHOLE = (  # a list cut half-way, a platform, pictures, and money
    "X: out of credit half-way",
    "YouTube: credentials refused",
    "pictures: host out of service",
    "the run's budget is used up, or one of the month's",
)
KEPT = {
    "everything": {"followers", "posts", "pictures", "comments"},
    "the other lists": {"posts", "comments"},
    "the other platform": {"posts"},
    "what was paid for": {"posts"},
    "the posts": {"followers", "posts"},
}


def table() -> list[tuple[str, str, int, str]]:
    text = (Path(__file__).parents[2] / "docs" / "running.md").read_text(encoding="utf-8")
    section = text.split("## When a platform is in a mood")[1].split("## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| (\d) \| ([^|]+) \|$", section, re.MULTILINE)
    return [(fault, says, int(code), kept) for fault, says, code, kept in rows]


def test_every_row_of_the_table_has_its_mood_and_every_mood_its_row():
    assert [row[0] for row in table()] == list(MOODS)


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a run that met no fault published, and what it loaded of each source."""

    published: dict[str, list[tuple[Any, ...]]]
    loaded: dict[str, list[tuple[Any, ...]]]


def loaded(db: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every record that the run loaded, of every source."""
    return {table: sorted(db.execute(f"from raw.{table}").fetchall(), key=str) for table in record_tables(db)}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    with village(tmp_path_factory.mktemp("undisturbed"), has_warehouse=True) as here:
        ask_few(here.places.folder)
        assert audit("run", SCHOOL, "--as-of", "2026-11-02", **here.environment).code == 0
        with here.context().warehouse() as db:
            return Undisturbed(published(here.context()), loaded(db))


def pulled_again(here):
    """Pull every source once more, as the next run does before it judges, and return what is loaded then."""
    context = here.context()
    ensure_whole(context)
    with context.warehouse() as db:
        held = replace(context, held=db)
        start(held)
        states = {name: pull(held, name).state for name in source_names(held, None)}
        assert set(states.values()) == {"complete"}, states
        return loaded(db)


@pytest.mark.parametrize(
    ("fault", "says", "code", "kept"),
    [pytest.param(*row, id=row[0], marks=pytest.mark.soak if row[0] in ALIKE else ()) for row in table()],
)
def test_the_run_says_so_keeps_what_came_and_the_next_run_completes_it(tmp_path, undisturbed, fault, says, code, kept):
    with village(tmp_path, has_warehouse=True) as here:
        ask_few(here.places.folder)
        is_budget = fault == "the run's budget is used up, or one of the month's"
        settings = here.places.settings.read_text()
        if is_budget:
            here.places.settings.write_text(settings + '\n[budget]\nusd_per_run = "0.03"\n')
        here.servers.moods.set(*MOODS[fault])
        patience = "2" if code else "30"  # what passes is waited for, on a busy machine too
        impatient = here.environment | {"AUDIT_PATIENCE_SECONDS": patience, "AUDIT_TIMEOUT_SECONDS": "1"}

        answer = audit("run", SCHOOL, "--as-of", "2026-11-02", **impatient)

        came = published(here.context())
        assert (answer.code, says in answer.said or says in str(came)) == (code, True), answer.said
        assert {name for name in KEPT[kept] if not came[name]} == set()
        bought = here.servers.meter.bought("x")
        if code == 0:
            assert came == undisturbed.published
            return

        here.servers.moods.clear()
        here.places.settings.write_text(settings)
        if fault in COMPLETED_WHOLE:
            again = audit("run", SCHOOL, "--as-of", "2026-11-02", **here.environment)
            assert again.code == 0, again.said
            assert published(here.context()) == undisturbed.published
        else:
            assert pulled_again(here) == undisturbed.loaded
        everything = here.servers.meter.bought("x")
        assert everything[: len(bought)] == bought
        twice = len(everything) - len(set(everything))
        assert twice == (1 if fault == "X: a token that repeats" else 0)  # there the platform sold one page twice
