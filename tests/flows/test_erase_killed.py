"""An erasure that is killed at each of its steps, one after another: finished at last, nobody is left in any file.

It alone proves this of the processes themselves, with SIGKILL. `make test` kills it once in each of its parts, `make
soak` at every step.
"""

import pytest

from flows.home.files_verified import wrong_files
from tests.flows.audited import audited_village
from tests.flows.calling import audit
from tests.flows.stopping import KILLED, Point, zygote
from tests.flows.test_erase import ERASE, SAID, left_in, name_everywhere
from tests.flows.village import PUPIL, SCHOOL
from warehouse.casebook import verify
from warehouse.privacy.erasure_journal import JOURNAL

pytestmark = pytest.mark.slow

POINTS = (
    Point("the journal was written", "warehouse.privacy.erasure_journal:write_journal", "after"),
    Point("no tombstone was kept", "flows.privacy.erasure:keep_tombstones"),
    Point("a tombstone was kept", "warehouse.casebook.casebook:Casebook.add_tombstone", "after"),
    Point("the tombstones were kept", "flows.privacy.erasure:keep_tombstones", "after"),
    Point("cases were deleted, and not committed", "warehouse.privacy.erase:_delete_cases", "after"),
    Point("some rows were erased, and not committed", "warehouse.privacy.erase:_erase_row", "after", 4),
    Point("the rows were erased, and nothing published", "warehouse.privacy.erase:erase_rows", "after"),
    Point("the copy was made in part", "warehouse.runs.publish:_copy", number=7),
    Point("the copy was whole, and not in its place", "pathlib:Path.replace"),
    Point("the copy was published", "warehouse.runs.publish:publish", "after"),
    Point("the warehouse was not rewritten", "warehouse.store.compact:compact"),
    Point("the warehouse was about to be put in its place", "pathlib:Path.replace", number=2),
    Point("the warehouse was rewritten", "warehouse.store.compact:compact", "after"),
    Point("the casebook was not begun", "warehouse.privacy.erasing:erase_from"),
    Point("a row was sealed anew, and not committed", "warehouse.casebook.chain:enter_rows", "after"),
    Point("the casebook was done", "warehouse.privacy.erasing:erase_from", "after"),
    Point("no report was written again", "flows.weekly.publish:write_reports"),
    Point("a report was written in part", "pathlib:Path.replace", number=6),
    Point("a report named nobody any more, and was not signed", "dashboards.report.signing:reseal_report"),
    Point("reports were written again", "flows.weekly.publish:write_reports", "after"),
    Point("the files were done", "flows.privacy.erasure:erase_from_files", "after"),
    Point("the copies were gone", "flows.privacy.erasure:drop_copies", "after"),
    Point("the casebook was rewritten", "warehouse.privacy.erasing:compact", "after"),
    Point("the certificate was in the casebook alone", "warehouse.privacy.erasing:certify", "after"),
    Point("the request was told of it", "flows.privacy.own_casebook:record_on", "after"),
    Point("all was done but the journal", "warehouse.privacy.erasure_journal:drop_journal"),
    Point("the journal was gone", "warehouse.privacy.erasure_journal:drop_journal", "after"),
)


OF_EACH_PART = (
    "the journal was written",
    "a tombstone was kept",
    "some rows were erased, and not committed",
    "the copy was made in part",
    "the warehouse was about to be put in its place",
    "a row was sealed anew, and not committed",
    "a report was written in part",
    "a report named nobody any more, and was not signed",
    "the copies were gone",
    "the certificate was in the casebook alone",
    "the journal was gone",
)


def killed_at_each(tmp_path, points):
    with audited_village(tmp_path / "home") as here, zygote(tmp_path) as forks:
        name_everywhere(here)
        words, killed = (*ERASE, "--yes"), []
        asked = ("add", "--kind", "erasure", "--received", "2026-11-02", "--actor", f"x:{PUPIL}")
        assert audit("requests", SCHOOL, *asked, **here.environment).code == 0
        for point in points:
            ended = forks.run(here.environment, point=point, words=words)
            assert ended in (KILLED, {"code": 0}), (point.says, forks.said.read_text()[-2_000:])
            killed += [point.says] if ended == KILLED else []
            words = ("erase", SCHOOL, "--resume")

        assert killed == [point.says for point in points]
        last = audit("erase", SCHOOL, "--resume", **here.environment)

        assert last.code == 0, last.said
        assert left_in(here, *SAID) == []
        assert not (here.places.folder / JOURNAL).exists()
        assert len(audit("erase", SCHOOL, "--list", **here.environment).out.splitlines()) == 1
        with here.context().casebook() as book, book.engine.connect() as connection:
            verify.ensure_whole(connection, SCHOOL)
            assert wrong_files(book, here.places) == ()
        assert audit("requests", SCHOOL, "list", **here.environment).out.count("Erased: certificate 1.") == 1


def test_an_erasure_that_is_killed_in_each_part_is_finished_and_certified_once(tmp_path):
    killed_at_each(tmp_path, [point for point in POINTS if point.says in OF_EACH_PART])


@pytest.mark.soak
def test_an_erasure_that_is_killed_at_each_step_is_finished_and_certified_once(tmp_path):
    killed_at_each(tmp_path, POINTS)
