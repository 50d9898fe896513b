"""A run that is killed at any point: the next one publishes the same, and buys no page twice.

It alone proves this of the processes themselves, with SIGKILL. In `make test` one point of each kind kills a run, one
after another in one home; `make soak` lets all points follow each other
so, and each point, and twenty random moments, have a home of its own.
A page that was under way when the process died never reached it, so it alone may be asked for again; X charges a
resource once per UTC day, so the bill is the same.
"""

import random
import time
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from flows.home.context import Context
from tests.flows.calling import audit, published
from tests.flows.few_checks import ask_few
from tests.flows.stopping import KILLED, Point, Zygote, zygote
from tests.flows.village import SCHOOL, Village, village

pytestmark = pytest.mark.slow

FOLLOWERS = 1100  # more than a page of X holds
PULLING = (
    Point("the warehouse's file was begun", "warehouse.store.migrate:migrate"),
    Point("the warehouse had some of its tables", "warehouse.store.migrate:pending", "after"),
    Point("the warehouse had its tables, and no view", "warehouse.store.build:build"),
    Point("the warehouse was made, and not in its place", "warehouse.store.migrate:make", "after"),
    Point("the run was opened", "flows.weekly.run:start", "after"),
    Point("a page was asked for, and did not arrive", "flows.home.store:RunStore.keep", number=2),
    Point("a page was kept, and not counted", "warehouse.runs.pages:keep_page", "after", number=4),
    Point("a list was read in part", "flows.home.store:RunStore.keep", "after"),
    Point("a source was read, and not loaded", "warehouse.store.load:load"),
    Point("a source was loaded in part", "warehouse.store.load:_put", number=8),
    Point("a source was loaded, and its end not noted", "warehouse.runs.runs:note_pull"),
    Point("one source was pulled", "flows.weekly.pull:pull", "after"),
    Point("three sources were pulled", "flows.weekly.pull:pull", "after", number=3),
)
JUDGING = (
    Point("masters were kept, and no verdict on a picture", "warehouse.runs.match_store:keep_verdicts"),
    Point("exceptions were written in part", "warehouse.store.load:insert", number=18),
    Point("outcomes were written in part", "warehouse.store.load:insert", number=20),
)
PUBLISHING = (
    Point("the run was closed, and nothing expired", "flows.retention.retention:delete_in_a_run"),
    Point("the published copy was made in part", "warehouse.runs.publish:_copy", number=9),
    Point("the published copy was whole, and not in its place", "pathlib:Path.replace"),
    Point("some reports were in their places", "pathlib:Path.replace", number=5),
    Point("all was published, and the seal not written", "warehouse.casebook.counters:leave", number=2),
)
BETWEEN = (  # in the soak alone: moments at which nothing is half done
    Point("accounts were matched, and no match kept", "warehouse.runs.match_store:keep_matches"),
    Point("what was seen in pictures was not remembered", "warehouse.runs.run_memory:keep_looks"),
    Point("the data-quality checks had answered", "warehouse.quality.expectations:check_quality", "after"),
    Point("the views were materialised", "warehouse.store.materialise:materialise", "after", number=2),
    Point("exceptions were written, and no outcome", "warehouse.exceptions.outcomes:write_outcomes"),
    Point("the run was judged", "flows.weekly.judge:judge", "after"),
    Point("the published copy was in its place, and no report", "dashboards.report.write:write_run"),
    Point("reports were written beside, and not in their places", "pathlib:Path.replace", number=2),
    Point("all was published, and the warehouse not sealed", "flows.home.integrity:seal"),
)
PHASES = {"pulling": PULLING, "judging and publishing": (*JUDGING, *PUBLISHING)}
# What can be cut in the middle, each once: a file, a page, a load, the memory of pictures, a transaction,
# a copy, files that belong together, a seal.
OF_EACH_KIND = (
    "the warehouse had some of its tables",
    "the warehouse was made, and not in its place",
    "a page was asked for, and did not arrive",
    "a page was kept, and not counted",
    "a source was loaded in part",
    "a source was loaded, and its end not noted",
    "masters were kept, and no verdict on a picture",
    "outcomes were written in part",
    "the published copy was made in part",
    "some reports were in their places",
    "all was published, and the seal not written",
)
POINTS = {point.says: point for point in (*PULLING, *JUDGING, *PUBLISHING, *BETWEEN)}


@pytest.fixture(scope="module")
def forks(tmp_path_factory):
    with zygote(tmp_path_factory.mktemp("zygote")) as made:
        yield made


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a run came to that nobody killed."""

    content: dict[str, list[tuple[Any, ...]]]
    usd: Decimal
    pages: frozenset[Any]
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(forks: Zygote, tmp_path_factory) -> Undisturbed:
    with village(tmp_path_factory.mktemp("undisturbed"), followers=FOLLOWERS) as here:
        ask_few(here.places.folder)
        begun = time.monotonic()
        assert forks.run(here.environment) == {"code": 0}, forks.said.read_text()
        seconds = time.monotonic() - begun
        pages = frozenset(here.servers.meter.bought("x"))
        return Undisturbed(published(here.context()), here.servers.meter.usd, pages, seconds)


def ensure_ends_as(undisturbed: Undisturbed, here: Village, *, may_be_asked_again: Counter[Any]) -> None:
    """Audit once more, and hold all that came of it against a run that nobody killed."""
    answer = audit("run", SCHOOL, "--as-of", "2026-11-02", **here.environment)
    bought = Counter(here.servers.meter.bought("x"))
    twice = Counter({page: times - 1 for page, times in bought.items() if times > 1})

    assert answer.code == 0, answer.said
    assert published(here.context()) == undisturbed.content
    assert bought.keys() == undisturbed.pages
    assert here.servers.meter.usd == undisturbed.usd
    assert twice <= may_be_asked_again


def under_way(here: Village, context: Context) -> Counter[Any]:
    """Return the page that the platform sent last, if the warehouse does not have it."""
    bought = here.servers.meter.bought("x")  # each once, but for pages that were under way
    with context.warehouse() as db:
        [(kept,)] = db.execute("select count(*) from raw.pages where source = 'x'").fetchall()
    return Counter(bought[-1:] if len(set(bought)) > kept else [])


def killed_at_each(tmp_path, forks: Zygote, undisturbed: Undisturbed, points: tuple[Point, ...]) -> None:
    with village(tmp_path, followers=FOLLOWERS) as here:
        ask_few(here.places.folder)
        may_be_asked_again: Counter[Any] = Counter()
        for point in points:
            ended = forks.run(here.environment, point=point)
            assert ended == KILLED, f"{point.says}: {forks.said.read_text()}"
            if here.places.warehouse.exists():
                may_be_asked_again += under_way(here, here.context())

        ensure_ends_as(undisturbed, here, may_be_asked_again=may_be_asked_again)


def test_the_run_after_many_killed_ones_ends_with_the_same_content_and_no_page_bought_twice(
    tmp_path, forks, undisturbed
):
    killed_at_each(tmp_path, forks, undisturbed, tuple(POINTS[says] for says in OF_EACH_KIND))


@pytest.mark.soak
@pytest.mark.parametrize("phase", PHASES)
def test_the_run_after_one_killed_at_every_point_of_a_phase_ends_with_the_same(tmp_path, forks, undisturbed, phase):
    killed_at_each(tmp_path, forks, undisturbed, PHASES[phase])


def killed_once(tmp_path, forks: Zygote, undisturbed: Undisturbed, **how: Any) -> None:
    with village(tmp_path, followers=FOLLOWERS) as here:
        ask_few(here.places.folder)
        ended = forks.run(here.environment, **how)
        before_the_next = here.servers.meter.bought("x")

        assert ended in (KILLED, {"code": 0}), forks.said.read_text()
        ensure_ends_as(undisturbed, here, may_be_asked_again=Counter(before_the_next[-1:]))


def drawn(point: int, undisturbed: Undisturbed) -> float:
    return random.Random(point).uniform(0, undisturbed.seconds)


@pytest.mark.soak
@pytest.mark.parametrize("moment", range(20))
def test_the_run_after_each_of_twenty_killed_at_random_ends_with_the_same(tmp_path, forks, undisturbed, moment):
    killed_once(tmp_path, forks, undisturbed, kill_after=drawn(moment, undisturbed))


@pytest.mark.soak
@pytest.mark.parametrize("says", POINTS)
def test_the_run_after_one_killed_at_each_point_ends_with_the_same(tmp_path, forks, undisturbed, says):
    killed_once(tmp_path, forks, undisturbed, point=POINTS[says])
