"""Each clock of the warehouse: what goes on the day after it and stays on the day before, and what a hold keeps."""

from datetime import date, datetime, timedelta

import pytest

from connectors.records import Comment, Person, Proof, Unavailable
from policies.retention import RetentionSchedule
from tests.warehouse.cases import put
from tests.warehouse.rows import file, follow, ids, listing_end, photo, post, profile
from tests.warehouse.test_expire import declare, held_evidence, keep_page
from warehouse.catalogue.tags import tagged_tables
from warehouse.privacy.retention.over_clock import (
    RetentionDay,
    certified,
    delete_over_clock,
    preview_over_clock,
    under_way,
)
from warehouse.store.load import load
from warehouse.store.open import opened

CLOCKS_OF_SOMEBODY = [
    (table, entry["clock"])
    for table, entry in tagged_tables().items()
    if table.partition(".")[0] in {"raw", "outcome", "desk"}
    and entry["clock"] not in {"no_person", "for_good", "as_its_sources"}
]
FIRST, NEXT = "2026-11-02", "2026-11-09"


def day(text, **more):
    today = date.fromisoformat(text)
    return RetentionDay(today=today, shown_before=today, **more)


def comment(number, actor, text="Its words"):
    return Comment(
        platform="x", account_id="100", comment_id=number, post_id="1", parent_id=None, actor_id=actor, kind="reply",
        posted_at=None, text=text,
    )  # fmt: skip


def person(ident, register="pupils"):
    nothing = dict.fromkeys(set(Person.__dataclass_fields__) - {"register", "person_id", "TABLE"})
    return Person(**(nothing | {"register": register, "person_id": ident}))


@pytest.mark.parametrize("days", [400, 30])
def test_what_x_told_goes_when_the_school_s_own_time_is_over(db, week, days):
    load(db, run_id=week(FIRST), source="x", records=[follow("x1"), profile("x1")])
    keep_page(db, FIRST, b"{}", fetched_on="2026-11-02")
    week(NEXT)
    schedule = RetentionSchedule(platform_records=days)
    before = date.fromisoformat(FIRST) + timedelta(days=days)

    delete_over_clock(db, day(before.isoformat(), schedule=schedule), None)
    kept = ids(db)
    went = delete_over_clock(db, day((before + timedelta(days=1)).isoformat(), schedule=schedule), None)

    assert kept == ["x1"]
    assert (went["raw.follows", "platform"], went["raw.profiles", "platform"]) == (1, 1)
    assert ids(db) == []


def test_the_school_may_keep_what_youtube_told_for_a_shorter_time_and_never_for_longer(db, week):
    load(db, run_id=week(FIRST), source="youtube", records=[follow("y1", platform="youtube", account="UC1")])
    keep_page(db, FIRST, b"{}")
    long = RetentionSchedule(platform_records=1000)

    assert delete_over_clock(db, day("2026-11-30", schedule=long), None) == {}
    assert delete_over_clock(db, day("2026-11-10", schedule=RetentionSchedule(platform_records=7)), None)
    assert ids(db) == []


def test_what_was_asked_of_a_platform_goes_with_what_it_told_and_the_hash_of_the_page_stays(db, week):
    week(FIRST)
    keep_page(db, FIRST, b"{}")
    db.execute("""update raw.pages set request = '{"ids": "7"}', token = 't'""")

    delete_over_clock(db, day("2027-12-08"), None)

    assert db.execute("select request, token, body, sha256 from raw.pages").fetchall() == [("{}", None, None, "s")]


@pytest.mark.parametrize(
    ("listing", "left"),
    [
        ("comments:UC1:UgxThread0022ovs", "comments:UC1:#"),
        ("reposts:100:9000001777628827000", "reposts:100:#"),
        ("proofs:100:users", "proofs:100:users"),
        ("followers:100", "followers:100"),
    ],
)
def test_the_id_in_the_name_of_a_list_goes_with_what_the_platform_told(db, week, listing, left):
    week(FIRST)
    keep_page(db, FIRST, b"{}")
    db.execute("update raw.pages set listing = ?", [listing])

    delete_over_clock(db, day("2027-12-08"), None)

    once = db.execute("select listing, sha256 from raw.pages").fetchall()
    delete_over_clock(db, day("2027-12-09"), None)
    assert [(name.partition("#")[0] + "#" * ("#" in name), sha256) for name, sha256 in once] == [(left, "s")]
    assert db.execute("select listing, sha256 from raw.pages").fetchall() == once


def read_registers(db, run_id, people, state="whole"):
    load(db, run_id=run_id, source="registers", records=people)
    db.execute(
        "insert into raw.register_states (run_id, register, state, why, rows) values (?, 'pupils', ?, '', 1)",
        [run_id, state],
    )


def test_rows_of_a_register_go_90_days_after_the_run_that_read_them_but_those_that_the_next_is_held_against(db, week):
    read_registers(db, week(FIRST), [person("left"), person("P1")])
    read_registers(db, week(NEXT), [person("P1")])
    read_registers(db, week("2026-11-16"), [], state="partial")

    assert delete_over_clock(db, day("2027-01-31"), None) == {}
    first = delete_over_clock(db, day("2027-02-01"), None)
    kept = ids(db, "people", "person_id")
    delete_over_clock(db, day("2027-12-14"), None)
    held_against = ids(db, "people", "person_id")
    delete_over_clock(db, day("2027-12-15"), None)

    assert first == {("raw.people", "registers"): 2}
    assert kept == held_against == ["P1"]
    assert ids(db, "people", "person_id") == []


def test_approvals_go_after_their_time_and_those_in_force_stay(db, week):
    for run_id in (week(FIRST), week(NEXT)):
        db.execute("insert into raw.masters (run_id, photograph_id, file_name) values (?, 'M', 'm.jpg')", [run_id])

    assert delete_over_clock(db, day("2028-11-01"), None) == {}
    assert delete_over_clock(db, day("2028-11-08"), None) == {("raw.masters", "approvals"): 1}
    assert ids(db, "masters", "run_id") == [NEXT]


def test_a_case_that_is_gone_goes_after_two_years_and_one_that_stands_or_is_held_stays(db, week):
    first = week(FIRST)
    for name in ("gone", "stands", "held"):
        put(db, first, name, subject_id=name, status="new")
    newest = week(NEXT)
    for name, status in (("gone", "gone"), ("stands", "open"), ("held", "gone")):
        put(db, newest, name, subject_id=name, status=status)
    put(db, week("2028-11-06"), "stands", subject_id="stands", status="not_seen")  # which every run carries on
    held = frozenset({("x", "held")})

    before = delete_over_clock(db, day("2028-11-08", held=held), None)
    after = delete_over_clock(db, day("2028-11-09", held=held), None)

    assert before["outcome.exceptions", "cases"] == 0
    assert after["outcome.exceptions", "cases"] == 2
    runs = {(run, name) for run in (FIRST, NEXT) for name in ("stands", "held")}
    assert set(held_evidence(db)) == {*runs, ("2028-11-06", "stands")}


SAID, ROLL = "An account declared as that of a pupil in Year 9.", '{"roll_id": "P1", "account": "@zoe"}'
SEEN, UNSEEN = ("open", SAID, ROLL), ("not_seen", "Not looked at since Monday 2 November 2026.", "{}")
ALL = {"follows", "people", "photographs", "exceptions"}
# Days without a run, the open case on YouTube, that on X, and which other tables have rows about somebody still.
WITHOUT_A_RUN = [
    (28, ("UCzoe", *SEEN), ("8900", *SEEN), ALL),
    (31, ("", *UNSEEN), ("8900", *SEEN), ALL),
    (366, ("", *UNSEEN), ("8900", *SEEN), ALL - {"people"}),
    (401, ("", *UNSEEN), ("", *UNSEEN), {"photographs", "exceptions"}),
    (730, ("", *UNSEEN), ("", *UNSEEN), {"photographs", "exceptions"}),
    (731, None, None, set()),
    (3653, None, None, set()),
]


@pytest.mark.parametrize(("days", "youtube", "x", "tables"), WITHOUT_A_RUN, ids=[f"+{row[0]}" for row in WITHOUT_A_RUN])
def test_without_a_run_an_open_case_loses_what_a_platform_told_and_goes_after_its_time(
    db, week, days, youtube, x, tables
):
    told = [follow("UCzoe", platform="youtube", account="UC1"), follow("8900"), person("P1")]
    load(db, run_id=week(FIRST), source="x", records=told)
    keep_page(db, FIRST, b"{}")
    db.execute("insert into raw.photographs (run_id, source, photograph_id, channels, pupil_ids) "
               "values (?, 'registers', 'F1', 'x', 'P1')", [FIRST])  # fmt: skip
    db.execute("insert into raw.features (sha256, master, body) values ('ff', 'F1', 'b'::blob)")
    case = {"status": "open", "reason": SAID, "evidence": ROLL}
    put(db, FIRST, "youtube", platform="youtube", subject_id="UCzoe", rests_on=["hash"], **case)
    put(db, FIRST, "x", subject_id="8900", **case)
    put(db, FIRST, "held", subject_id="4711", **case)
    put(db, FIRST, "gone", subject_id="1", status="gone")
    put(db, FIRST, "ours", platform="youtube", subject_id="UC1", subject_kind="account", status="open")
    on = day((date.fromisoformat(FIRST) + timedelta(days=days)).isoformat(), held=frozenset({("x", "4711")}))

    went = delete_over_clock(db, on, None)

    sql = "select subject_id, status, reason, evidence from outcome.exceptions where fingerprint = ?"
    assert [db.execute(sql, [name]).fetchone() for name in ("youtube", "x")] == [youtube, x]
    assert db.execute(sql, ["held"]).fetchone() == ("4711", "open", SAID, ROLL)
    ours = db.execute("select subject_id, status from outcome.exceptions where fingerprint = 'ours'").fetchall()
    assert ours == ([("UC1", "open")] if tables else [])
    assert went["outcome.exceptions", "not_looked_at"] == {28: 0, 31: 1, 366: 1, 401: 2, 730: 2}.get(days, 5)
    db.execute("delete from outcome.exceptions where fingerprint = 'held'")
    left = {table for table, clock in CLOCKS_OF_SOMEBODY if db.execute(f"select 1 from {table} limit 1").fetchall()}
    assert {table.partition(".")[2] for table in left - {"raw.pages", "raw.features"}} == tables
    assert ("raw.features" in left) is bool(tables)


def test_a_case_that_lost_its_subject_goes_after_its_time_though_runs_go_on_and_carry_it(db, week):
    put(db, week(FIRST), "a", subject_id="", status="not_seen")
    put(db, week("2028-10-30"), "a", subject_id="", status="not_seen", last_seen=date.fromisoformat(FIRST))

    assert delete_over_clock(db, day("2028-11-01"), None) == {}
    assert delete_over_clock(db, day("2028-11-02"), None) == {("outcome.exceptions", "not_looked_at"): 2}


def deleted_on_x(db, week):
    """Return the newest run: post 1 and comment 5 are gone, 777 is suspended, 9 is protected, 8 is as ever."""
    first = week(FIRST)
    told = [
        post("1", text="WORDS of ours"), post("2"), photo("1", "3_1"), comment("5", "8"), comment("6", "777"),
        comment("7", "9"), comment("4", "8"), profile("777", "NAME"), profile("8"), profile("9", is_protected=True),
        follow("777"), file("3_1"), listing_end("posts"), listing_end("mentions"), listing_end("followers"),
    ]  # fmt: skip
    load(db, run_id=first, source="x", records=told)
    keep_page(db, first, b'{"id": "1"}', fetched_on="2026-11-08")
    keep_page(db, first, b'{"id": "2"}', number=1, fetched_on="2026-11-08")
    newest = week(NEXT)
    asked = [("post", "1"), ("comment", "5")]
    answers = [Proof(platform="x", account_id="100", kind=k, subject_id=s, answer="gone") for k, s in asked]
    suspended = Unavailable(platform="x", kind="actor", subject_id="777", reason="suspended")
    load(db, run_id=newest, source="x", records=[*answers, suspended, post("2"), listing_end("posts")])
    return newest


def test_what_x_shows_no_more_is_deleted_the_night_after_the_run_that_saw_it_and_its_ids_stay(db, week):
    deleted_on_x(db, week)

    assert delete_over_clock(db, day(NEXT), None) == {("raw.comments", "no_longer_shown"): 1}  # of the protected one
    went = delete_over_clock(db, day("2026-11-10"), None)

    assert {table: rows for (table, clock), rows in went.items() if clock == "no_longer_shown"} == {
        "raw.medium_files": 1, "raw.media": 1, "raw.posts": 1, "raw.comments": 2, "raw.profiles": 1, "raw.pages": 1,
    }  # fmt: skip
    assert db.execute("select distinct post_id, text from raw.posts order by 1").fetchall() == [
        ("1", ""), ("2", "Sports day"),
    ]  # fmt: skip
    assert db.execute("select comment_id, text from raw.comments order by 1").fetchall() == [
        ("4", "Its words"), ("5", ""), ("6", ""), ("7", ""),
    ]  # fmt: skip
    assert ids(db, "profiles", "display_name") == ["Someone", "Someone", None]
    assert db.execute("select number from raw.pages where body is not null").fetchall() == [(1,)]
    assert db.execute("select removed_at from published.posts where post_id = '1'").fetchall() == [
        (date.fromisoformat(NEXT),)
    ]
    assert delete_over_clock(db, day("2026-11-10"), None) == {}


def test_what_an_open_case_rests_on_stays_with_it_and_a_closed_one_quotes_nothing(db, week):
    newest = deleted_on_x(db, week)
    declare(db, FIRST)
    quoted = '{"quote": "WORDS", "account": "@one", "roll_id": "P1"}'
    put(db, newest, "a", subject_id="777", evidence=quoted)
    put(db, newest, "b", subject_id="3_1", subject_kind="medium", evidence=quoted)
    put(db, newest, "c", subject_id="5", subject_kind="comment", status="gone", evidence=quoted)

    delete_over_clock(db, day("2026-11-10"), None)

    assert held_evidence(db)[newest, "5"] == {"roll_id": "P1"}
    assert held_evidence(db)[newest, "777"]["quote"] == "WORDS"
    texts = dict(db.execute("select post_id, max(text) from raw.posts group by 1").fetchall())
    assert texts["1"] == "WORDS of ours"
    assert dict(db.execute("select comment_id, text from raw.comments").fetchall())["6"] == "Its words"
    assert "NAME" in ids(db, "profiles", "display_name")


def test_nothing_that_x_shows_no_more_goes_while_a_run_is_broken_off(db, week):
    deleted_on_x(db, week)

    went = delete_over_clock(db, day("2026-11-10", follows_deletions=False), None)

    assert {clock for _, clock in went} & {"no_longer_shown"} == set()


def test_a_hold_keeps_what_x_shows_no_more(db, week):
    deleted_on_x(db, week)

    went = delete_over_clock(db, day("2026-11-10", held=frozenset({("x", "777"), ("x", "5")})), None)

    assert went["raw.profiles", "no_longer_shown"] == 0  # and of the comments, that of the protected account goes
    assert went["raw.comments", "no_longer_shown"] == 1


def test_a_preview_counts_what_goes_and_deletes_nothing(db, week):
    load(db, run_id=week(FIRST), source="youtube", records=[follow("y1", platform="youtube", account="UC1")])
    keep_page(db, FIRST, b"{}")

    seen = preview_over_clock(db, day("2026-12-01"))

    assert ids(db) == ["y1"]
    assert seen == delete_over_clock(db, day("2026-12-01"), None)
    assert seen["raw.follows", "platform"] == 1


def test_what_was_deleted_is_noted_until_it_is_certified_also_over_two_tries(db, week):
    load(db, run_id=week(FIRST), source="youtube", records=[follow("y1", platform="youtube", account="UC1")])

    delete_over_clock(db, day("2026-12-01"), "C1")
    noted = under_way(db)
    delete_over_clock(db, day("2026-12-01"), "C1")

    assert noted == under_way(db) == ("C1", {("raw.follows", "platform"): 1})
    certified(db)
    assert under_way(db) == (None, {})


def at(text):
    return datetime.fromisoformat(f"{text}T12:00:00+00:00")


def test_what_is_published_anew_leaves_out_a_run_that_was_broken_off(tmp_path):
    from tests.warehouse.test_files import KEY
    from warehouse.runs.publish import publish_settled
    from warehouse.store.build import build
    from warehouse.store.migrate import migrate

    target = tmp_path / "published.duckdb"
    with opened(tmp_path / "warehouse.duckdb", KEY) as made:
        migrate(made)
        build(made)
        assert not publish_settled(made, target, KEY)
        for run_id, published in (("2026-11-02", at("2026-11-02")), ("2026-11-09", None)):
            made.execute(
                "insert into raw.runs values (?, ?, 's', 'S', 'p', now(), null, false, ?, null)",
                [run_id, run_id, published],
            )
            load(made, run_id=run_id, source="x", records=[follow(f"of {run_id}"), listing_end()])
        assert publish_settled(made, target, KEY)
        assert made.execute("select count(*) from raw.runs").fetchall() == [(2,)]
    with opened(target, KEY, read_only=True) as copy:
        assert copy.execute("select run_id from published.runs").fetchall() == [("2026-11-02",)]
        assert copy.execute("select actor_id from published.followers").fetchall() == [("of 2026-11-02",)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["published.duckdb", "warehouse.duckdb"]
