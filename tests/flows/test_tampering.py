"""Files and rows that somebody with the shell and the data's keys changed, who has not the key of the chain, or has it.

What may be done to the casebook's rows alone is in `tests/warehouse/test_chain.py`.
"""

import hashlib
import json
import re
import shutil
import zlib
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from dashboards.report.manifest import FILE_NAME, read_manifest
from dashboards.report.model import ReportError
from dashboards.report.signing import enter_report_gone, reseal_report
from flows.home.context import open_casebook
from flows.home.files_verified import enter_published
from flows.home.integrity import seal
from flows.home.settings import ConfigurationError
from flows.privacy.verify import _wrong, rests_on
from flows.weekly.publish import write_reports
from tests.casebooks import decide
from tests.flows.audited import chained_village
from tests.flows.calling import audit
from tests.flows.test_home_keys import TAMPERINGS as OF_THE_JOINT
from tests.flows.village import MONDAY, SCHOOL
from tests.warehouse.test_chain import TAMPERINGS as OF_ROWS
from warehouse.casebook.chain import enter
from warehouse.casebook.chain_key import ChainKey
from warehouse.store.open import opened

RUN = MONDAY.isoformat()


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """An audited village whose record is kept with a key outside its home."""
    with chained_village(tmp_path_factory.mktemp("kept")) as here:
        yield here


@pytest.fixture
def here(kept, tmp_path):
    """The same, put back as it was when a test has done its harm."""
    before = shutil.copytree(kept.settings.home, tmp_path / "before")
    heads = kept.settings.chain_key.with_name("chain.key.heads")
    shutil.copy2(heads, tmp_path / "heads")
    yield kept
    shutil.rmtree(kept.settings.home)
    shutil.copytree(before, kept.settings.home)
    shutil.copy2(tmp_path / "heads", heads)


def told(here):
    with closing(open_casebook(here.settings, here.places)) as book:
        return tuple(_wrong(book, here.places))


def report_file(here, name):
    return here.places.reports(RUN) / name


def rewrite(name):
    def change(here):
        path = report_file(here, name)
        path.write_bytes(path.read_bytes() + b" ")

    return change


def in_the_copy(here):
    with opened(here.places.published, here.context().key) as db:
        [(table,)] = db.execute(
            "select table_name from duckdb_tables() where database_name = 'kept' and table_name = 'runs' "
            "and schema_name = 'published'"
        ).fetchall()
        db.execute(f"update kept.published.{table} set school_name = 'Another'")
        db.execute("checkpoint kept")


def in_the_warehouse(here):
    with opened(here.places.warehouse, here.context().key) as db:
        db.execute("update outcome.exceptions set reason = 'Another.'")
        db.execute("checkpoint kept")


def with_hashes_anew(here):
    rewrite("exceptions.csv")(here)
    path, body = report_file(here, FILE_NAME), report_file(here, "exceptions.csv").read_bytes()
    said = json.loads(path.read_text())
    [csv] = [each for each in said["files"] if each["name"] == "exceptions.csv"]
    csv |= {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
    path.write_text(json.dumps(said, indent=2) + "\n")


def signed_by_another(here):
    with_hashes_anew(here)
    key, path = ChainKey("another", None), report_file(here, FILE_NAME)
    manifest = replace(read_manifest(path), public_key=key.public, signature=None)
    path.write_text(replace(manifest, signature=key.sign(manifest.as_json().encode())).as_json())


def another_head(here):
    path = report_file(here, FILE_NAME)
    path.write_text(replace(read_manifest(path), chain_head="0" * 64).as_json())


def planted(here, run_id="2036-01-07"):
    shutil.copytree(here.places.reports(RUN), here.places.reports(run_id))


def came_back(here):
    with here.context().casebook() as book:
        enter_report_gone(book, here.places.reports(RUN))


def sql(statement):
    def change(here):
        with here.context().casebook() as book, book.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    return change


TAMPERINGS = {
    "an exception in the warehouse": in_the_warehouse,
    "the published copy": in_the_copy,
    "the published copy gone": lambda here: here.places.published.unlink(),
    "a page": rewrite("index.html"),
    "a page for the dsl": rewrite("dsl.html"),
    "a table": rewrite("exceptions.csv"),
    "a workbook": rewrite("exceptions.xlsx"),
    "a page gone": lambda here: report_file(here, "governors.html").unlink(),
    "a table with the manifest's hashes anew": with_hashes_anew,
    "a manifest that another signed": signed_by_another,
    "another head": another_head,
    "the manifest gone": lambda here: report_file(here, FILE_NAME).unlink(),
    "a report gone": lambda here: shutil.rmtree(here.places.reports(RUN)),
    "a report planted": planted,
    "an older report planted": lambda here: shutil.copytree(
        here.places.reports(RUN), here.places.reports("2016-01-04")
    ),
    "a report that was deleted comes back": came_back,
    "a decision turned": sql("update decisions set answer = 'mistaken'"),
    "what the last run left": sql("update warehouses set sha256 = null"),
}


def test_the_officer_s_page_counts_the_tamperings_that_are_tried():
    page = (Path(__file__).parents[2] / "docs" / "for-the-dpo.md").read_text(encoding="utf-8")

    assert f"all: {len(OF_ROWS)} changes of rows and entries" in page
    assert f"and {len(TAMPERINGS)} of files" in page
    assert f"all: {len(OF_THE_JOINT)} changes on either side of the joint" in page


@pytest.mark.parametrize("what", TAMPERINGS)
def test_whoever_has_not_the_key_of_the_chain_is_noticed(here, what):
    TAMPERINGS[what](here)

    assert told(here) != ()


def test_all_together_are_told_each(here):
    for what in ("an exception in the warehouse", "the published copy", "a page", "a table", "a decision turned"):
        TAMPERINGS[what](here)

    said = "\n".join(told(here))

    for words in ("warehouse.duckdb", "published copy", "index.html", "exceptions.csv", "decisions"):
        assert words in said


def test_whoever_has_both_keys_is_not_noticed_as_the_documents_say(here):
    in_the_warehouse(here)
    in_the_copy(here)
    rewrite("index.html")(here)
    seal(here.context())
    with here.context().casebook() as book:
        enter_published(book, here.places)
        reseal_report(book, here.places.reports(RUN), ["index.html"])

    assert told(here) == ()


def test_every_page_prints_the_head_and_the_record_is_asked_for_it(here):
    environment = {**here.environment, "AUDIT_CHAIN_KEY": str(here.settings.chain_key)}
    head = read_manifest(report_file(here, FILE_NAME)).printed_head
    for name in ("index.html", "governors.html", "dsl.html", "dpo.html"):
        assert f"<code>{head}</code>" in report_file(here, name).read_text()

    whole = audit("verify", SCHOOL, "--head", head, **environment)
    other = audit("verify", SCHOOL, "--head", "0000 0000 0000 0000", **environment)

    assert told(here) == ()
    assert (whole.code, "The record contains that head" in whole.out) == (0, True)
    assert (other.code, "does not contain the head 0000" in other.out) == (2, True)


def test_a_printed_line_is_followed_to_page_code_clause_and_decision(here):
    with here.context().published() as copy:
        found = copy.execute(
            "select fingerprint, subject_id, clause_says from published.exceptions where check_id = 'pupil_follower'"
        )
        fingerprint, subject, says = found.fetchall()[0]
    with here.context().casebook() as book:
        decide(book, fingerprint, "confirmed", until=None, by_role="dsl", note="-", at=here.settings.clock())
        entries = book.head.entries
        said = list(rests_on(here.context(), book, fingerprint[:8]))
    with opened(here.places.warehouse, here.context().key, read_only=True) as db:
        rows = db.execute("select sha256, body from raw.pages").fetchall()
    pages = {sha256 for sha256, body in rows if body is not None and subject.encode() in zlib.decompress(body)}

    told = {each.partition(":")[0].split()[0]: each for each in said}
    assert says in told["Clause"]
    assert version("school-social-accounts-audit") in told["Code"]
    shown = set(re.findall(r"SHA-256 ([0-9a-f]{64}), which its bytes have\.", "\n".join(said)))
    assert shown
    assert shown <= pages
    assert told["Decision"].startswith("Decision 1: confirmed, as dsl, by somebody by command")
    assert told["Decision"].endswith(f"entry {entries} of the record.")


@pytest.mark.parametrize("ref", ["0" * 8, "xyz", "abc"])
def test_a_ref_that_no_report_has_is_refused_in_a_sentence(here, ref):
    with here.context().casebook() as book, pytest.raises(ConfigurationError, match="ref"):
        list(rests_on(here.context(), book, ref))


def test_an_older_casebook_is_noticed_by_the_heads_of_reports_also_without_what_is_kept_beside_the_key(here, tmp_path):
    casebook, heads = here.places.casebook, here.settings.chain_key.with_name("chain.key.heads")
    older = shutil.copy2(casebook, tmp_path / "older")
    with here.context().casebook() as book:
        decide(book, "e" * 64, "confirmed", until=None, by_role="dsl", note="-", at=here.settings.clock())
    write_reports(here.context())
    heads.unlink()
    shutil.copy2(older, casebook)

    assert any("prints the head" in sentence for sentence in told(here))


def test_a_record_that_was_made_anew_without_the_key_is_noticed(here):
    with here.context().casebook() as book, book.engine.begin() as connection:
        connection.exec_driver_sql("delete from chain")
    plain = replace(here, settings=replace(here.settings, chain_key=None))
    with plain.context().casebook() as book, book.engine.begin() as connection:
        enter(connection, SCHOOL, "accepted", "chain")

    assert any("without the key" in sentence for sentence in told(here))


@pytest.mark.parametrize("what", ["a table with the manifest's hashes anew", "another head", "a table"])
def test_a_report_that_is_not_what_was_published_is_not_signed_again(here, what):
    TAMPERINGS[what](here)
    before = report_file(here, FILE_NAME).read_bytes()

    with here.context().casebook() as book, pytest.raises(ReportError, match="is not signed again"):
        reseal_report(book, here.places.reports(RUN), ["index.html"])

    assert report_file(here, FILE_NAME).read_bytes() == before


def test_a_manifest_that_was_entered_and_not_in_its_place_when_a_kill_came_is_put_there(here):
    older = report_file(here, FILE_NAME).read_bytes()
    rewrite("index.html")(here)
    with here.context().casebook() as book:
        reseal_report(book, here.places.reports(RUN), ["index.html"])
    report_file(here, FILE_NAME).rename(report_file(here, f".{FILE_NAME}.part"))
    report_file(here, FILE_NAME).write_bytes(older)

    assert told(here) == ()
