"""A run reads how a subject stands only where it asks for it, and reads what it would have read of it among all."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.weekly.run import sequence
from tests.flows.few_checks import HEAD, clause
from tests.flows.own_policy import adopt
from tests.flows.village import MONDAY, PUPIL, SCHOOL, village
from warehouse.exceptions.observing import observe_subjects
from warehouse.store.materialise import materialise, rolled_back

POST, EDITED, FOUND = "104", "105", "90"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home: Path = tmp_path_factory.mktemp("asked") / "home"
    with village(home, followers=5, has_warehouse=True) as running:
        adopt(home / SCHOOL, policy=None, pack=HEAD + clause("pupil_follower"))
        running.servers.world.x.users[PUPIL].description = "Year 8 at Ousterly Vale School"
        context = running.context(MONDAY)
        sequence(context)
        with context.warehouse() as warehouse:
            warehouse.execute(
                f"insert into raw.posts by name select * replace ('{EDITED}' as post_id) from raw.posts "
                f"where post_id = '{POST}'"
            )
            yield warehouse


def test_of_the_subjects_asked_for_is_read_what_reading_every_subject_tells(db: duckdb.DuckDBPyConnection) -> None:
    with rolled_back(db):
        materialise(db)
        every, asked = observe_subjects(db, []), observe_subjects(db, [], [FOUND])
    earlier = {row[0] for row in db.execute("select subject_id from outcome.exceptions").fetchall()}
    wanted = {FOUND, EDITED, *earlier}

    assert PUPIL in earlier
    assert {key: every.subjects[key] for key in every.subjects if key[3] in wanted} == asked.subjects
    assert {key for key in every.seen if key[3] in wanted} == asked.seen
    assert {key for key in every.unjudged if key[3] in wanted} == asked.unjudged
    assert {key[3] for key in asked.subjects} >= {FOUND, EDITED, PUPIL}
    assert len(asked.subjects) < len(every.subjects)
    assert every.edited == asked.edited
