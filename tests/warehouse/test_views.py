"""What we believe of followers, posts and pictures, from what we were told week by week."""

from datetime import UTC, date, datetime

import pytest

from connectors.records import Comment, Proof
from tests.warehouse.rows import follow, listing_end, photo, post, profile
from warehouse.runs.runs import note_pull
from warehouse.store.load import load
from warehouse.store.materialise import materialise, rolled_back

WEEKS = ("2026-11-02", "2026-11-09", "2026-11-16")


def fetch(db, run_id, records):
    """Load what a pull brought that was begun and ended at six in the morning of the run's day."""
    at = datetime.fromisoformat(f"{run_id} 06:00+00:00")
    note_pull(db, run_id, "x", times=(at, at), state="complete", error=None, estimate=None)
    load(db, run_id=run_id, source="x", records=records)


def followers(db):
    return db.execute(
        "select actor_id, first_seen, last_seen, ended_on, is_current from core.followers order by actor_id"
    ).fetchall()


def test_a_follower_who_left_ended_once_the_whole_lists_of_four_weeks_lack_them(db, week):
    first, last = date(2026, 11, 2), date(2026, 12, 7)
    for day, actors in ((str(first), ["7", "8"]), *((day, ["8"]) for day in (*WEEKS[1:], str(last)))):
        fetch(db, week(day), [*map(follow, actors), listing_end(rows=len(actors))])
        if day == WEEKS[-1]:
            assert [row[-1] for row in followers(db)] == [True, True]

    assert followers(db) == [("7", first, first, last, False), ("8", first, last, None, True)]


def test_a_follower_missing_from_a_partial_listing_is_still_current(db, week):
    load(db, run_id=week(WEEKS[0]), source="x", records=[follow("7"), listing_end()])
    load(db, run_id=week(WEEKS[1]), source="x", records=[follow("8"), listing_end(whole=False)])

    assert [row[-1] for row in followers(db)] == [True, True]


def test_a_follower_who_came_back_is_current_again_and_was_first_seen_at_first(db, week):
    for day, actors in zip(WEEKS, (["7"], [], ["7"]), strict=True):
        load(db, run_id=week(day), source="x", records=[*map(follow, actors), listing_end(rows=len(actors))])

    assert followers(db) == [("7", date(2026, 11, 2), date(2026, 11, 16), None, True)]


def test_the_newest_profile_is_shown_and_a_bare_id_has_none(db, week):
    load(
        db,
        run_id=week(WEEKS[0]),
        source="x",
        records=[profile("7", "Old name"), follow("7"), follow("8"), listing_end()],
    )
    load(
        db,
        run_id=week(WEEKS[1]),
        source="x",
        records=[profile("7", "New name"), follow("7"), follow("8"), listing_end()],
    )

    rows = db.execute("select actor_id, display_name from core.followers order by 1").fetchall()

    assert rows == [("7", "New name"), ("8", None)]


def test_follower_coverage_counts_this_run_alone_and_only_profiles_that_can_be_judged(db, week):
    load(db, run_id=week(WEEKS[0]), source="x", records=[follow("1"), follow("2"), follow("3"), listing_end(rows=3)])
    records = [profile("1"), follow("1"), follow("2"), listing_end(rows=2, count=5, whole=False)]
    load(db, run_id=week(WEEKS[1]), source="x", records=records)

    coverage = db.execute("select * from core.follower_coverage").fetchall()

    assert coverage == [("x", "100", 5, 2, 1, False, "known")]


def test_there_is_no_coverage_of_a_list_that_was_not_listing_end_today(db, week):
    load(db, run_id=week(WEEKS[0]), source="x", records=[follow("1"), listing_end()])
    week(WEEKS[1])

    assert db.execute("select * from core.follower_coverage").fetchall() == []
    assert db.execute("select * from core.picture_coverage").fetchall() == []


def test_a_follower_who_left_ended_on_the_day_on_which_the_platform_said_so(db, week):
    load(db, run_id=week(WEEKS[0]), source="x", records=[follow("7"), listing_end()])
    answer = Proof(platform="x", account_id="100", kind="follower", subject_id="7", answer="gone")
    load(db, run_id=week(WEEKS[1]), source="x", records=[answer, listing_end(rows=0, count=1, whole=False)])

    assert [row[-2:] for row in followers(db)] == [(date(2026, 11, 9), False)]


def test_a_post_that_the_whole_lists_of_four_weeks_lack_is_removed_and_its_pictures_no_longer_stand(db, week):
    fetch(db, week(WEEKS[0]), [post("1"), photo("1", "3_1"), listing_end("posts")])
    for day in WEEKS[1:]:
        fetch(db, week(day), [listing_end("posts", rows=0)])

    assert db.execute("select removed_at, is_current from core.posts").fetchall() == [(None, True)]

    fetch(db, week("2026-12-07"), [listing_end("posts", rows=0)])

    assert db.execute("select removed_at, is_current from core.posts").fetchall() == [(date(2026, 12, 7), False)]
    assert db.execute("select is_current from core.media").fetchall() == [(False,)]


@pytest.mark.parametrize(("answer", "removed"), [("gone", date(2026, 11, 9)), ("stands", None), ("hidden", None)])
def test_a_post_is_removed_when_the_platform_says_so_of_it(db, week, answer, removed):
    load(db, run_id=week(WEEKS[0]), source="x", records=[post("1"), listing_end("posts")])
    proof = Proof(platform="x", account_id="100", kind="post", subject_id="1", answer=answer)
    load(db, run_id=week(WEEKS[1]), source="x", records=[proof, listing_end("posts", rows=0, count=1, whole=False)])

    assert db.execute("select removed_at, is_current, last_seen from core.posts").fetchall() == [
        (removed, removed is None, date(2026, 11, 9 if answer == "stands" else 2))
    ]


def test_an_edited_post_is_one_post_with_its_newest_text_and_every_version_is_kept(db, week):
    load(db, run_id=week(WEEKS[0]), source="x", records=[post("1", "Sprots day"), listing_end("posts")])
    load(db, run_id=week(WEEKS[1]), source="x", records=[post("2", first_version_id="1"), listing_end("posts")])

    assert db.execute("select post_id, text, first_seen from core.posts").fetchall() == [
        ("2", "Sports day", date(2026, 11, 2))
    ]
    assert db.execute("select count(*) from core.post_versions").fetchall() == [(2,)]


def test_a_deleted_post_of_an_archive_and_a_private_video_do_not_stand(db, week):
    gone = datetime(2026, 10, 3, tzinfo=UTC)
    hidden = post("v", platform="youtube", account_id="UC1", kind="video", visibility="private")
    load(db, run_id=week(WEEKS[0]), source="x", records=[post("1", deleted_at=gone), hidden, listing_end("posts")])

    rows = db.execute("select post_id, removed_at, is_current from core.posts order by 1").fetchall()

    assert rows == [("1", date(2026, 10, 3), False), ("v", None, False)]


def test_every_view_can_be_read_on_an_empty_warehouse(db):
    names = db.execute(
        "select schema_name || '.' || view_name from duckdb_views() "
        "where schema_name in ('core', 'published') and view_name != 'populations'"  # those are declared, not read
    ).fetchall()

    assert len(names) > 30
    with rolled_back(db):
        materialise(db)  # each core view once, and not again in each that reads it
        assert all(db.execute(f"select * from {name}").fetchall() == [] for (name,) in names)


def test_a_subject_that_rests_on_two_comments_has_ended_when_both_have(db, week):
    place = {"platform": "youtube", "account_id": "UC1"}
    about = {"post_id": "v", "parent_id": None, "actor_id": "UC9", "kind": "comment", "posted_at": None, "text": "Hi"}
    comments = [Comment(**place, comment_id=ident, **about) for ident in ("a", "b")]
    load(db, run_id=week("2026-11-02"), source="youtube", records=comments)
    states = []
    for day, ident in (("2026-11-09", "a"), ("2026-11-16", "b")):
        gone = Proof(**place, kind="comment", subject_id=ident, answer="gone")
        load(db, run_id=week(day), source="youtube", records=[gone])
        sql = "select distinct is_ended from core.subjects where subject_id = 'UC9'"
        states.append(db.sql(sql).fetchall())

    assert states == [[(False,)], [(True,)]]
