"""A home of an earlier release, opened by this one: the same exceptions, decisions and words, and so the next run.

Backed up then, lost, and put back, it publishes the same again.
"""

import csv
import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from tests.casebooks import key_of, looked_into
from tests.fixtures.upgrade import keeping, make
from tests.fixtures.upgrade.hamlet import SCHOOL, WEEKS
from tests.flows.calling import audit
from warehouse.casebook import seals
from warehouse.casebook.at_rest import is_plain
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.upgrade import HEAD, version_of
from warehouse.casebook.verify import wrong_rows
from warehouse.migrate import applied, shipped
from warehouse.open import opened
from warehouse.places import Places

FOLDER = Path(keeping.__file__).parent
RELEASES = sorted(path.name for path in FOLDER.iterdir() if (path / "expected.json").exists())
SECOND = WEEKS[1].date().isoformat()


@pytest.fixture(scope="module", params=RELEASES)
def kept(request, tmp_path_factory):
    """Return what a release kept, and its home."""
    home = keeping.unpack(FOLDER / request.param, tmp_path_factory.mktemp("upgrade"))
    return FOLDER / request.param, home


def casebook_version(places):
    """Return the newest migration that a casebook has had; None for one from before migrations."""
    with closing(looked_into(places.casebook, None if is_plain(places.casebook) else key_of(places))) as book:
        if not book.execute("select 1 from sqlite_master where name = 'alembic_version'").fetchall():
            return None
        return book.execute("select version_num from alembic_version").fetchone()[0]


def listed(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_the_report_written_again_says_what_the_earlier_release_said(kept):
    folder, home = kept
    assert len(RELEASES) > 1
    for old in Places(home, SCHOOL).reports(SECOND).iterdir():
        old.unlink()

    report = audit("report", SCHOOL, "--run", SECOND, AUDIT_HOME=str(home))

    assert (report.code, report.err) == (0, "")
    again, before = listed(Places(home, SCHOOL).reports(SECOND) / "exceptions.csv"), listed(folder / "exceptions.csv")
    assert [{name: row[name] for name in before[0]} for row in again] == before
    assert make.said(home, 1) == json.loads((folder / "expected.json").read_text())["second"]


def test_the_next_run_comes_to_what_it_would_have_come_to_and_every_decision_stands(kept):
    folder, home = kept
    copy = Places(home, SCHOOL).casebook.with_name(f"casebook.sqlite.before-{HEAD}")
    was_older = copy.exists() or casebook_version(Places(home, SCHOOL)) != HEAD

    with make.audited(home, 2) as settings:
        places = Places(settings.home, SCHOOL)

    assert make.said(home, 2) == json.loads((folder / "expected.json").read_text())["third"]
    assert make.said(home, 1) == json.loads((folder / "expected.json").read_text())["second"]
    with opened(places.warehouse, places.key.read_text().strip(), read_only=True) as db:
        assert applied(db) == list(shipped())
    book = Casebook(f"sqlite:///{places.casebook}", SCHOOL, key_of(places))
    with book.engine.connect() as connection:
        assert (version_of(connection), seals.broken(connection, SCHOOL)) == (HEAD, [])
    assert sorted(decision.verdict for decision in book.standing().values()) == ["allowed", "confirmed", "mistaken"]
    assert [(one.clause, one.by_role) for one in book.attestations()] == [("training", "headteacher")]
    book.close()
    assert copy.exists() == was_older


def test_backed_up_lost_and_put_back_it_publishes_the_same(kept, tmp_path):
    folder, home = kept
    places, backup = Places(home, SCHOOL), tmp_path / "hamlet.backup"
    made = audit("backup", SCHOOL, "--out", str(backup), AUDIT_HOME=str(home))
    assert made.code == 0, made.said
    shutil.rmtree(places.folder)
    for path in home.glob("casebook.sqlite*"):
        path.unlink()

    back = audit("restore", SCHOOL, "--from", str(backup), AUDIT_HOME=str(home))

    assert back.code == 0, back.said
    expected = json.loads((folder / "expected.json").read_text())
    assert (make.said(home, 1), make.said(home, 2)) == (expected["second"], expected["third"])
    with closing(Casebook(f"sqlite:///{places.casebook}", SCHOOL, key_of(places))) as book:
        assert wrong_rows(book) == {}
        assert sorted(decision.verdict for decision in book.standing().values()) == ["allowed", "confirmed", "mistaken"]
