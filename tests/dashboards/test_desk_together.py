"""The desk while runs publish and the Data Protection Officer asks: nothing is locked, stale or lost."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from tests.dashboards.copies import add, copy
from tests.dashboards.desks import ROLES, Served, field_of, published, served
from tests.dashboards.test_desk import form

LEAD, DSL, DPO = ROLES[:3]
CASES, WEEKS = 12, 6
QUESTION = {"sql": "select count(*) as cases from published.exceptions", "purpose": "How many there are."}


def week(number: int) -> duckdb.DuckDBPyConnection:
    """Return the same run as it is published for the so-many-eth time, with a case that says so."""
    db = copy()
    for case in range(CASES):
        add(db, "exceptions", fingerprint=f"{case:02d}" * 32, concerns="post", subject_kind="post", reason="A post.")
    add(db, "exceptions", fingerprint="ee" * 32, concerns="post", reason=f"Published {number} times.")
    return db


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Served]:
    with served(week(0), tmp_path / "desk") as here:
        yield here


def again_until(done: threading.Event, act: Callable[[], None]) -> int:
    times = 0
    while not done.is_set() or not times:
        act()
        times += 1
    return times


def test_a_run_publishes_while_people_decide_and_one_asks_and_nothing_is_locked_stale_or_lost(desk: Served) -> None:
    lead, dsl, dpo = desk.signed_in(LEAD), desk.signed_in("second"), desk.signed_in(DPO)
    done, newest, decided = threading.Event(), [0], list[str]()

    def read() -> None:
        least = newest[0]
        page = dsl.get("/cases")
        assert page.status_code == 200
        assert int(page.text.split("Published ")[1].split(" times")[0]) >= least

    def ask() -> None:
        answer = dpo.post("/ask", data={"csrf": csrf, **QUESTION})
        assert (answer.status_code, f"<bdi>{CASES + 1}</bdi>" in answer.text) == (200, True)

    csrf = field_of(dpo.get("/ask").text, "csrf")
    with ThreadPoolExecutor(2) as threads:
        others = [threads.submit(again_until, done, act) for act in (read, ask)]
        try:
            for number in range(1, WEEKS + 1):
                published(week(number), desk.desk.published)
                newest[0] = number
                for case in range((number - 1) * CASES // WEEKS, number * CASES // WEEKS):
                    ref = f"{case:02d}" * 8
                    answer = lead.post(f"/case/{ref}/mark", data={**form(lead, ref), "choice": "5"})
                    assert answer.status_code == 303, answer.text
                    decided.append(ref)
                time.sleep(0.1)
        finally:
            done.set()
        assert all(other.result(timeout=60) for other in others)

    kinds = {fingerprint[:16]: mark.answer for fingerprint, (mark, *_) in desk.desk.decisions.by_case().items() if mark}
    assert kinds == dict.fromkeys(decided, "done")
    assert len(decided) == CASES
