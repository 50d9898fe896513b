"""How many pictures a run saw: those on posts and, on YouTube, those that others attached to comments."""

import pytest

from connectors.records import Comment, Medium, Proof, Unavailable
from tests.warehouse.rows import listing_end, post
from warehouse.runs import match_store
from warehouse.store.load import load

UC1 = {"platform": "youtube", "account_id": "UC1"}
VIDEO = post("v1", kind="video", visibility="public", **UC1)
THUMBNAIL = Medium(
    **UC1, post_id="v1", medium_id="v1/thumbnail", kind="thumbnail", url="https://i.ytimg.com/vi/v1/a.jpg"
)
POSTS = listing_end("posts", **UC1)
CLOSED = Unavailable(platform="youtube", kind="actor", subject_id="UC1", reason="commentsDisabled")


def comment(number: str, picture: str | None = None) -> Comment:
    return Comment(**UC1, comment_id=number, post_id="v1", parent_id=None, actor_id="UC9", kind="comment",
                   posted_at=None, text="Lovely", picture_url=picture)  # fmt: skip


def coverage(db):
    return db.sql(
        "select fetched, judged, is_whole, why from core.picture_coverage where account_id = 'UC1'"
    ).fetchall()


def test_a_picture_in_a_comment_is_fetched_and_counted_until_the_comment_is_hidden(db, week):
    pictured = comment("c1", "https://yt3.googleusercontent.com/p?expire=1")
    first = week("2026-11-02")
    load(db, run_id=first, source="youtube", records=[
        VIDEO, THUMBNAIL, pictured, comment("c2"), POSTS, listing_end("comments", **UC1),
    ])  # fmt: skip

    assert match_store.media_to_fetch(db, first, settled=[]) == [
        ("youtube", "c1/picture", "https://yt3.googleusercontent.com/p?expire=1"),
        ("youtube", "v1/thumbnail", "https://i.ytimg.com/vi/v1/a.jpg"),
    ]
    assert [(row["medium_id"], row["is_ours"]) for row in match_store.pictures(db, first)] == [
        ("c1/picture", False),
        ("v1/thumbnail", True),
    ]
    assert coverage(db) == [(2, 0, True, "end")]

    second = week("2026-11-09")
    hidden = Proof(**UC1, kind="comment", subject_id="c1", answer="gone")
    listed = [VIDEO, THUMBNAIL, comment("c2"), POSTS, listing_end("comments", **UC1)]
    load(db, run_id=second, source="youtube", records=[*listed, hidden])

    assert coverage(db) == [(1, 0, True, "end")]
    assert [medium for _, medium, _ in match_store.media_to_fetch(db, second, settled=[])] == ["v1/thumbnail"]


@pytest.mark.parametrize(
    ("more", "seen"),
    [
        ([listing_end("comments", **UC1)], (1, 0, True, "end")),
        ([listing_end("comments", whole=False, **UC1)], (1, 0, True, "end")),
        ([listing_end("comments", rows=2, count=9, whole=False, **UC1)], (1, 0, True, "end")),
        ([], (1, 0, False, "comments")),
        ([CLOSED], (1, 0, True, "end")),
    ],
    ids=["read", "read down to what was known", "known of nine", "never read", "nobody may comment"],
)
def test_where_comments_were_not_read_pictures_in_them_may_have_been_missed(db, week, more, seen):
    load(db, run_id=week("2026-11-02"), source="youtube", records=[VIDEO, THUMBNAIL, POSTS, *more])

    assert coverage(db) == [seen]


def test_a_list_of_comments_that_broke_off_may_hide_pictures(db, week):
    run_id = week("2026-11-02")
    load(db, run_id=run_id, source="youtube", records=[VIDEO, THUMBNAIL, POSTS, listing_end("comments", **UC1)])
    db.execute("update raw.listings set is_whole = false, stopped = 'throttled' where listing = 'comments'")

    assert coverage(db) == [(1, 0, False, "comments")]


@pytest.mark.parametrize("view", ["exposure_coverage", "position_coverage"])
@pytest.mark.parametrize(
    ("more", "is_whole"), [([listing_end("comments", **UC1)], True), ([], False), ([CLOSED], True)]
)
def test_where_comments_were_not_read_pictures_in_the_channel_s_own_may_be_missed(db, week, view, more, is_whole):
    load(db, run_id=week("2026-11-02"), source="youtube", records=[VIDEO, THUMBNAIL, POSTS, *more])

    found = db.sql(f"select fetched, is_whole from core.{view} where account_id = 'UC1'").fetchall()
    assert found == [(1, is_whole)]
