"""A home of an earlier release, opened by this one: the same exceptions, decisions and words, and so the next run."""

import csv
import json
from pathlib import Path

import pytest

from tests.casebooks import key_of
from tests.fixtures.upgrade import keeping, make
from tests.fixtures.upgrade.hamlet import SCHOOL, WEEKS
from tests.flows.calling import audit
from warehouse.casebook import seals
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.upgrade import HEAD, version_of
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


def listed(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_the_report_written_again_says_what_the_earlier_release_said(kept):
    folder, home = kept
    for old in Places(home, SCHOOL).reports(SECOND).iterdir():
        old.unlink()

    report = audit("report", SCHOOL, "--run", SECOND, AUDIT_HOME=str(home))

    assert (report.code, report.err) == (0, "")
    again, before = listed(Places(home, SCHOOL).reports(SECOND) / "exceptions.csv"), listed(folder / "exceptions.csv")
    assert [{name: row[name] for name in before[0]} for row in again] == before
    assert make.said(home, 1) == json.loads((folder / "expected.json").read_text())["second"]


def test_the_next_run_comes_to_what_it_would_have_come_to_and_every_decision_stands(kept):
    folder, home = kept

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
    assert (places.casebook.with_name(f"casebook.sqlite.before-{HEAD}")).exists()
