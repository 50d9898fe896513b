"""What is held of one subject: whole rows that are theirs, of others' rows what names them, each once over the runs."""

import json
import zlib
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from connectors.records import Comment
from policies.retention import RetentionSchedule
from tests.casebooks import CASEBOOK_KEY, DPO, decide
from tests.warehouse.cases import put
from tests.warehouse.rows import file, follow, profile
from tests.warehouse.test_subjects import match, person
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.catalogue.clocks import BODY_DAYS, retention_end
from warehouse.catalogue.tags import tagged_tables
from warehouse.privacy.entries_naming import entries_naming
from warehouse.privacy.reach import NOTHING
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.subject_rows import cases_of, subject_rows
from warehouse.privacy.subjects import resolve
from warehouse.store.load import load

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
CASE = "ab" * 32


@pytest.fixture
def runs(db, week):
    for day in ("2026-11-02", "2026-11-09"):
        run_id = week(day)
        known = [person("P2", "Zoë", "Marsh"), person("PC2", "Ann", "Reed", register="parents", related_ids="P2")]
        load(db, run_id=run_id, source="x", records=[*known, profile("777001", "Zoë Marsh"), follow("777001")])
        match(db, run_id, "777001", "P2")
    return run_id


def of(rows, table):
    return [row for row in rows if row.table == table]


@pytest.mark.usefixtures("runs")
def test_a_row_that_every_run_has_alike_is_one_with_its_first_and_last_day(db):
    rows, counts = subject_rows(db, resolve(db, NOTHING, person="P2"))

    [own, parents] = sorted(of(rows, "raw.people"), key=lambda row: not row.is_own)
    assert (own.is_own, own.first, own.last) == (True, date(2026, 11, 2), date(2026, 11, 9))
    assert own.values["full_name"] == "Zoë Marsh"
    assert counts["raw.people"] == 4
    assert counts["raw.reposts"] == 0
    assert not parents.is_own
    assert set(parents.values) == {"run_id", "source", "register", "related_ids"}  # and not the parent's name
    assert {row.table for row in rows} == {"raw.people", "raw.profiles", "raw.follows", "raw.matches"}
    assert of(rows, "raw.profiles")[0].platform == "x"
    assert of(rows, "raw.people")[0].platform is None


def test_of_a_stored_page_only_what_is_said_of_the_subject_is_given(db, runs):
    page = {
        "data": [
            {"id": "777001", "name": "Zoë Marsh", "metrics": {"followers": 3}},
            {"id": "900", "name": "Somebody Else", "bio": "with @h777001"},
            {"id": "901", "name": "Nobody Here"},
        ]
    }
    for number, text in ((1, json.dumps(page)), (2, "no json of h777001")):
        db.execute(
            "insert into raw.pages (run_id, source, listing, number, endpoint, request, fetched_at, status, body, "
            "sha256, resources, usd, units) values (?, 'x', 'followers', ?, 'e', '{}', ?, 200, ?, 'x', 1, 0, 0)",
            [runs, number, NOON, zlib.compress(text.encode())],
        )

    rows, _ = subject_rows(db, resolve(db, NOTHING, actor=("x", "777001")))

    said = sorted((row.values["said"] for row in of(rows, "raw.pages")), key=len, reverse=True)
    assert said == [
        [{"id": "777001", "name": "Zoë Marsh"}, {"bio": "with @h777001"}],
        [{"page": "names the subject in a text that is no JSON"}],
    ]


def test_a_case_is_told_once_as_the_newest_run_left_it_with_its_pictures(db, runs):
    for day in ("2026-11-02", runs):
        put(db, day, CASE, subject_id="777001", evidence="{}")
    db.execute("insert into desk.pictures values ('p1', 'bytes'::blob, 'image/webp', 1, 1)")
    db.execute(
        "insert into desk.previews (fingerprint, side, medium_id, part, picture) values (?, 'posted', 'm', 0, 'p1')",
        [CASE],
    )

    rows, _ = subject_rows(db, resolve(db, NOTHING, actor=("x", "777001")))

    [case] = of(rows, "outcome.exceptions")
    assert (case.first, case.last, case.values["run_id"]) == (date(2026, 11, 2), date(2026, 11, 9), runs)
    assert "clause_says" in case.values
    assert not {"next_step", "do_not", "owner_role"} & case.values.keys()  # what the school is advised to do
    assert cases_of(rows) == {CASE}
    [picture] = of(rows, "desk.pictures")
    assert picture.picture == (b"bytes", "image/webp")
    assert len(of(rows, "desk.previews")) == 1


def test_a_picture_that_they_attached_to_a_comment_is_theirs_and_given_with_its_bytes(db, runs):
    wrote = Comment(
        platform="x", account_id="100", comment_id="555", post_id="1", parent_id=None, actor_id="777001",
        kind="reply", posted_at=None, text="See.", picture_url="https://pbs.twimg.com/media/a.jpg",
    )  # fmt: skip
    load(db, run_id=runs, source="media", records=[wrote, file("555/picture"), file("556/picture")])

    rows, _ = subject_rows(db, resolve(db, NOTHING, actor=("x", "777001")))

    [picture] = of(rows, "raw.medium_files")
    assert (picture.is_own, picture.values["medium_id"]) == (True, "555/picture")
    assert picture.picture == (b"picture", "image/jpeg")


@pytest.mark.usefixtures("runs")
def test_an_account_that_nobody_has_seen_has_nothing_and_every_table_was_read(db):
    rows, counts = subject_rows(db, Subject(actors=frozenset({("x", "123456789")})))

    assert rows == ()
    assert set(counts.values()) == {0}
    assert {"raw.pages", "outcome.exceptions", "desk.previews"} <= counts.keys()


def test_the_casebook_is_searched_by_case_by_id_and_by_run(casebook_url):
    with closing(Casebook(casebook_url, "ousterly-vale", CASEBOOK_KEY)) as book:
        decide(book, CASE, "confirmed", until=None, by_role="dsl", note="Sure.", at=NOON)
        decide(book, "cd" * 32, "confirmed", until=None, by_role="dsl", note="Somebody else.", at=NOON)
        book.label(("x", "777001", "P9"), "yes", NOON)
        number = book.log_query(by_user="somebody", purpose="Request", sql=f"... starts_with('{CASE[:8]}')", at=NOON)
        book.close_query(number, rows=1, problem=None)
        Challenges(book).open(CASE, received_on=NOON.date(), raised_by="pupil", ground="No.", by=DPO, at=NOON)
        dsl = DeskPerson(4, "somebody", "dsl", True, True, False, False)
        for action, subject in (
            ("case", CASE),
            ("report", "2026-11-09"),
            ("report", "2026-10-05"),
            ("case", "ef" * 32),
        ):
            AccessLog(book).write(person=dsl, action=action, subject=subject, at=NOON)
        subject = Subject(actors=frozenset({("x", "777001")}))

        entries, counts = entries_naming(book, subject, cases={CASE}, runs={"2026-11-09"})

    found = {name: count for name, count in counts.items() if count}
    assert found == {"decisions": 1, "labels": 1, "query_log": 1, "challenges": 1, "desk_access_log": 2}
    assert counts["holds"] == 0
    values = [entry.values for entry in entries]
    assert all({"number", "school", "by_user", "by_person", "person", "sha256"}.isdisjoint(row) for row in values)


@pytest.mark.parametrize(
    ("table", "platform", "days"),
    [("raw.profiles", "x", 400), ("raw.profiles", "youtube", 28), ("raw.pages", None, BODY_DAYS),
     ("raw.medium_files", "youtube", BODY_DAYS), ("raw.people", None, 90), ("raw.profiles", "unknown", 400),
     ("outcome.exceptions", "x", None), ("casebook.decisions", None, None)],
)  # fmt: skip
def test_until_when_a_row_is_kept_follows_the_shortest_clock(table, platform, days):
    last = date(2026, 11, 2)
    keeping = retention_end(table, platform, last, RetentionSchedule())

    assert (keeping.until and (keeping.until - last).days) == days
    assert (f"{days} days" in keeping.why) if days else ("730 days after" in keeping.why)
    assert retention_end(table, platform, None, RetentionSchedule()).until is None


def test_every_clock_is_told_in_a_sentence_with_its_days_and_nothing_left_open():
    for table in tagged_tables():
        for platform in ("x", "youtube", None):
            why = retention_end(table, platform, date(2026, 11, 2), RetentionSchedule()).why

            assert why.endswith(".")
            assert not {"None", "{", "}"} & set(why.replace(".", " ").split())
