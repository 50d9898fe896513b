"""The shortest clock wins, a hold stops it, and a forgotten subject is nowhere."""

import json
import zlib
from datetime import date

import pytest

from connectors.records import Comment, Like, Proof
from policies.retention import RetentionSchedule
from tests.warehouse.cases import put
from tests.warehouse.expiring import erase_account, expire
from tests.warehouse.rows import file, follow, ids, listing_end, post, profile
from warehouse.privacy.erase import keyed_hash
from warehouse.privacy.retention.over_clock import RetentionDay, delete_over_clock
from warehouse.store.load import load


def keep_page(db, run_id, body, number=0, fetched_on=None):
    db.execute(
        "insert into raw.pages values (?, 'x', 'followers:100', ?, 'e', '{}', null, null, ?, 200, ?, 's', null, "
        "0, 0, 0)",
        [run_id, number, fetched_on or run_id, zlib.compress(body)],
    )


def youtube(actor):
    return [follow(actor, platform="youtube", account="UC1"), profile(actor, platform="youtube")]


def test_what_youtube_told_and_every_body_goes_after_its_time_and_what_x_told_stays(db, week):
    load(db, run_id=week("2026-10-05"), source="x", records=[follow("x1"), *youtube("y1"), file("3_1")])
    keep_page(db, "2026-10-05", b"{}")
    load(db, run_id=week("2026-11-09"), source="x", records=[*youtube("y2"), file("3_2")])

    gone = expire(db, today=date(2026, 11, 9))

    assert gone == 4
    assert ids(db) == ["x1", "y2"]
    assert ids(db, "medium_files", "medium_id") == ["3_2"]
    assert db.execute("select body, sha256 from raw.pages").fetchall() == [(None, "s")]
    assert expire(db, today=date(2026, 11, 9)) == 0


def test_pages_and_pictures_go_with_what_the_platform_told_where_the_school_keeps_that_for_less_than_28_days(db, week):
    load(db, run_id=week("2026-10-26"), source="x", records=[follow("x1"), file("3_1")])
    keep_page(db, "2026-10-26", b"{}")
    week("2026-11-09")
    today = date(2026, 11, 9)

    delete_over_clock(
        db, RetentionDay(today=today, shown_before=today, schedule=RetentionSchedule(platform_records=10)), None
    )

    assert (ids(db), ids(db, "medium_files", "medium_id")) == ([], [])
    assert db.execute("select body, sha256 from raw.pages").fetchall() == [(None, "s")]


def test_age_is_counted_from_when_the_platform_told_and_not_from_the_day_that_a_run_was_of(db, week):
    load(db, run_id=week("2026-10-05"), source="x", records=youtube("y1"))
    keep_page(db, "2026-10-05", b"{}", fetched_on="2026-11-08")
    load(db, run_id=week("2026-11-09"), source="x", records=youtube("y2"))

    assert expire(db, today=date(2026, 11, 9)) == 0
    assert expire(db, today=date(2026, 12, 7)) == 3
    assert ids(db) == ["y2"]


@pytest.mark.parametrize(("today", "is_kept"), [("2026-11-02", True), ("2026-11-03", False)])
def test_what_youtube_told_is_kept_on_its_28th_day_and_deleted_on_the_day_after(db, week, today, is_kept):
    load(db, run_id=week("2026-10-05"), source="x", records=youtube("y1"))
    keep_page(db, "2026-10-05", b"{}")
    week("2026-11-02")

    assert (expire(db, today=date.fromisoformat(today)) == 0) is is_kept
    assert ids(db) == (["y1"] if is_kept else [])


def test_a_hold_keeps_one_subject_past_its_time(db, week):
    load(db, run_id=week("2026-10-05"), source="x", records=[*youtube("y1"), *youtube("y2")])
    week("2026-11-09")

    expire(db, today=date(2026, 11, 9), held={("youtube", "y1")})

    assert ids(db) == ["y1"]
    assert ids(db, "profiles", "account_id") == ["y1"]


def test_a_hold_is_on_one_platform_alone(db, week):
    load(db, run_id=week("2026-10-05"), source="x", records=youtube("y1"))
    week("2026-11-09")

    expire(db, today=date(2026, 11, 9), held={("x", "y1")})

    assert ids(db) == []


def test_the_newest_run_is_as_old_as_the_day_on_which_it_was_made_and_is_no_exception(db, week):
    load(db, run_id=week("2026-01-05"), source="x", records=youtube("y1"))

    assert expire(db, today=date(2026, 11, 30)) == 0
    assert expire(db, today=date(2026, 12, 1)) == 2
    assert ids(db) == []


def test_a_forgotten_subject_is_in_no_table_and_no_page(db, week):
    run_id = week("2026-11-02")
    load(db, run_id=run_id, source="x", records=[profile("777"), follow("777"), follow("8"), listing_end(rows=2)])
    keep_page(db, run_id, b'{"id": "777"}')
    keep_page(db, run_id, b'{"id": "8"}', number=1)

    rows, prints = erase_account(db, platform="x", actor_id="777")

    assert (rows, prints) == (3, frozenset())
    assert ids(db) == ["8"]
    assert db.execute("select number from raw.pages where body is null").fetchall() == [(0,)]
    assert erase_account(db, platform="x", actor_id="777") == (0, frozenset())
    assert keyed_hash("k", "x", "777") != keyed_hash("k", "youtube", "777") != keyed_hash("l", "youtube", "777")


def test_whom_youtube_named_in_matches_and_evidence_goes_with_the_rest_and_the_story_stays(db, week):
    run_id = week("2026-10-05")
    match = "insert into raw.matches (run_id, platform, actor_id, person_id, role, band, probability, reasons, is_best)"
    for platform, actor in (("youtube", "y1"), ("youtube", "held"), ("x", "x1")):
        db.execute(f"{match} values (?, ?, ?, 'P1', 'pupil', 'likely', 0.9, '[]', true)", [run_id, platform, actor])
        shown = '{"shown_name": "Somebody"}'
        put(db, run_id, f"f{actor}", platform=platform, account_id="UC1", subject_id=actor, evidence=shown)
    week("2026-11-09")

    expire(db, today=date(2026, 11, 9), held={("youtube", "held")})

    assert ids(db, "matches") == ["held", "x1"]
    kept = db.execute(
        "select subject_id, evidence = '{}', evidence_sha256 from outcome.exceptions order by 1"
    ).fetchall()
    assert kept == [("", True, "hash"), ("held", False, "hash"), ("x1", False, "hash")]  # no run carried y1 on
    assert expire(db, today=date(2026, 11, 9), held={("youtube", "held")}) == 0


def test_a_handle_in_the_evidence_of_our_own_posts_goes_too(db, week):
    run_id = week("2026-11-02")
    load(db, run_id=run_id, source="x", records=[profile("777"), profile("8")])
    for fingerprint, evidence in (("a", '{"account": "@H777"}'), ("b", '{"account": "@h77"}'), ("c", "{}")):
        put(db, run_id, fingerprint, subject_id="1", subject_kind="post", concerns="post", evidence=evidence)

    _, prints = erase_account(db, platform="x", actor_id="777")

    assert prints == {"a"}


def test_what_a_forgotten_subject_wrote_and_was_answered_goes_with_its_exceptions(db, week):
    run_id = week("2026-11-02")
    wrote = Comment(
        platform="x", account_id="100", comment_id="5", post_id="1", parent_id=None, actor_id="777", kind="reply",
        posted_at=None, text="Hello",
    )  # fmt: skip
    answered = post("1", kind="reply", in_reply_to_actor_id="777", refers_to_actor_id="777")
    liked = Like(platform="x", account_id="100", post_id="9", actor_id="777")
    load(db, run_id=run_id, source="x", records=[wrote, answered, liked, post("2", in_reply_to_actor_id="8")])
    for fingerprint, subject, evidence in (("a", "5", "{}"), ("b", "1", '{"link": "/i/user/777"}'), ("c", "2", "{}")):
        put(db, run_id, fingerprint, subject_id=subject, subject_kind="post", concerns="post", evidence=evidence)

    rows, prints = erase_account(db, platform="x", actor_id="777")

    assert (rows, prints) == (5, {"a", "b"})  # the post that answered them is one row
    assert ids(db, "comments", "comment_id") == ids(db, "likes", "post_id") == []
    assert ids(db, "posts", "in_reply_to_actor_id") == ["8", None]


def test_what_a_platform_answered_about_a_forgotten_subject_goes_with_it(db, week):
    wrote = Comment(
        platform="x", account_id="100", comment_id="5", post_id="1", parent_id=None, actor_id="777", kind="reply",
        posted_at=None, text="Hello",
    )  # fmt: skip
    asked = [("follower", "777"), ("comment", "5"), ("follower", "8"), ("comment", "6")]
    proofs = [Proof(platform="x", account_id="100", kind=k, subject_id=s, answer="stands") for k, s in asked]
    load(db, run_id=week("2026-11-02"), source="x", records=[wrote, *proofs])

    keep_page(db, "2026-11-02", b'{"meta": {"result_count": 0}}')
    db.execute("""update raw.pages set request = '{"ids":"777,8"}'""")

    erase_account(db, platform="x", actor_id="777")

    assert ids(db, "proofs", "subject_id") == ["6", "8"]
    assert db.execute("select request, body from raw.pages").fetchall() == [("{}", None)]


def _unread(db, run_id, name, platform, subject_id):
    db.execute(
        "insert into outcome.unread_texts values (?, ?, 'abusive_comment', ?, 'UC1', ?, 'comment', 'comment', 'link', "
        "'2026-10-01', 'hate', 0.4, '{}')",
        [run_id, name, platform, subject_id],
    )


def test_texts_that_nobody_has_read_go_after_the_platform_s_time_and_when_their_writer_is_forgotten(db, week):
    run_id = week("2026-10-05")
    for name, platform in (("f1", "youtube"), ("f2", "x")):
        _unread(db, run_id, name, platform, "c1")
    newest = week("2026-11-09")
    comment = {"platform": "x", "account_id": "100", "post_id": "p1", "comment_id": "c1", "parent_id": None}
    written = Comment(**comment, actor_id="777", kind="reply", text="Its words", posted_at=None)
    load(db, run_id=newest, source="x", records=[written])

    expire(db, today=date(2026, 11, 9))
    left = db.execute("select fingerprint from outcome.unread_texts").fetchall()
    _, prints = erase_account(db, platform="x", actor_id="777")

    assert left == [("f2",)]
    assert prints == {"f2"}
    assert db.execute("select count(*) from outcome.unread_texts").fetchall() == [(0,)]


TEXTS = {"quote": "Year 8 at Ousterly Vale", "excerpt": "Its words"}
SHOWN = {"account": "@one", "roll_id": "P1"}


def declare(db, run_id):
    """Declare the evidence of the check `c` as its kinds are."""
    kinds = {"account": "public_name", "roll_id": "roll_id", "quote": "strangers_text", "excerpt": "strangers_text"}
    for label, kind in kinds.items():
        db.execute(
            "insert into outcome.check_evidence (run_id, check_id, label, kind, identifies, changes, links) "
            "values (?, 'c', ?, ?, true, false, false)",
            [run_id, label, kind],
        )


def held_evidence(db):
    rows = db.execute("select run_id, subject_id, evidence from outcome.exceptions order by 1, 2").fetchall()
    return {(run_id, subject): json.loads(evidence) for run_id, subject, evidence in rows}


def test_the_words_of_others_go_after_their_time_from_what_later_runs_carried_over_too(db, week):
    told, carried = week("2026-10-05"), week("2026-11-02")
    declare(db, told)
    newest = week("2026-11-09")
    for run_id in (told, carried, newest):
        for platform, subject in (("youtube", "y1"), ("youtube", "held"), ("x", "x1")):
            put(
                db, run_id, f"f{subject}", platform=platform, subject_id=subject, described_in=told,
                evidence=json.dumps(SHOWN | TEXTS),
            )  # fmt: skip
    put(db, newest, "fresh", platform="youtube", subject_id="y2", evidence=json.dumps(SHOWN | TEXTS))

    expire(db, today=date(2026, 11, 9), held={("youtube", "held")})

    held = held_evidence(db)
    assert held[told, "y1"] == {}
    assert held[carried, "y1"] == held[newest, "y1"] == SHOWN
    assert all(held[run_id, name] == SHOWN | TEXTS for run_id in (told, carried, newest) for name in ("held", "x1"))
    assert held[newest, "y2"] == SHOWN | TEXTS
    assert expire(db, today=date(2026, 11, 9), held={("youtube", "held")}) == 0


def test_what_is_published_quotes_no_more_than_the_warehouse_does(db, week):
    told = week("2026-10-05")
    declare(db, told)
    put(db, told, "f", platform="youtube", subject_id="y1", evidence='{"quote": "WORDS"}')
    week("2026-11-09")

    published = []
    for today in (date(2026, 11, 2), date(2026, 11, 3)):
        expire(db, today=today)
        published += db.execute("select evidence from published.exceptions").fetchall()

    assert published == [('{"quote":"WORDS"}',), ("{}",)]


def test_a_quote_of_a_forgotten_subject_is_in_no_table(db, week):
    run_id = week("2026-11-02")
    declare(db, run_id)
    match = (
        "insert into raw.matches (run_id, platform, actor_id, person_id, role, band, probability, reasons, is_best, "
    )
    db.execute(f"{match}words) values (?, 'x', '777', 'P1', 'pupil', 'likely', 0.9, '[]', true, 'WORDS')", [run_id])
    load(db, run_id=run_id, source="x", records=[profile("777"), follow("777")])
    put(db, run_id, "a", subject_id="777", evidence='{"quote": "WORDS"}')
    put(db, run_id, "b", subject_id="1", subject_kind="post", evidence='{"account": "@h777", "quote": "WORDS"}')

    _, prints = erase_account(db, platform="x", actor_id="777")

    assert prints == {"a", "b"}
    tables = db.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('raw', 'outcome')"
    ).fetchall()
    assert not [table for (table,) in tables if "WORDS" in str(db.execute(f"from {table}").fetchall())]
