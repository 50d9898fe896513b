"""A run that is made again leaves no free block: what its earlier try wrote is replaced, and kept nowhere."""

from tests.flows.audited import audited_village
from tests.flows.calling import audit
from tests.flows.village import MONDAY, SCHOOL
from warehouse.store.open import opened


def free_blocks(here):
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        [size] = [row for row in db.execute("pragma database_size").fetchall() if row[0] == "kept"]
    return size[5]


def test_a_run_that_is_made_again_keeps_nothing_of_the_rows_that_it_replaces(tmp_path):
    with audited_village(tmp_path / "home") as here:
        for _ in range(2):
            again = audit("run", SCHOOL, "--as-of", MONDAY.isoformat(), **here.environment)
            assert again.code == 0, again.said

            assert free_blocks(here) == 0
