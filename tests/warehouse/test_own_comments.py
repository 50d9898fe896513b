"""A picture in the channel's own comment on a video stands as long as the comment, whatever becomes of the video."""

import pytest

from connectors.records import Medium, Proof
from tests.warehouse.rows import listing_end, post
from warehouse.store.load import load

CHANNEL = {"platform": "youtube", "account_id": "UC1"}
PICTURE = Medium(post_id="v1", medium_id="c9/picture", kind="photo", url="https://yt3.ggpht.com/a", **CHANNEL)
LISTS = (post("v1", kind="video", **CHANNEL), listing_end("posts", **CHANNEL), listing_end("comments", **CHANNEL))


def answer(word):
    return Proof(kind="comment", subject_id="c9", answer=word, **CHANNEL)


@pytest.mark.parametrize(
    ("then", "stands"),
    [
        ([*LISTS, PICTURE], (True, False, None)),
        ([*LISTS, answer("gone")], (False, True, "asked")),
        ([*LISTS, answer("stands")], (True, False, None)),
        ([*LISTS, answer("hidden")], (False, False, None)),
        (LISTS, (False, False, None)),
    ],
)
def test_a_picture_in_the_channel_s_own_comment_is_gone_when_the_comment_is(db, week, then, stands):
    for day, brought in (("2026-11-02", [*LISTS, PICTURE]), ("2026-11-09", then)):
        load(db, run_id=week(day), source="youtube", records=brought)

    places = "core.subjects where coverage = 'core.picture_coverage'"
    sql = f"select is_met, is_ended, ended_by from {places} and subject_id = ?"
    assert db.execute(sql, ["c9/picture"]).fetchall() == [stands]


@pytest.mark.parametrize(("is_whole", "stopped", "unjudged"), [(True, "end", []), (False, "budget", [("v1",)])])
def test_a_video_is_judged_by_what_the_channel_says_only_where_its_comments_were_read(
    db, week, is_whole, stopped, unjudged
):
    run_id = week("2026-11-02")
    comments = listing_end("comments", whole=is_whole, stopped=stopped, **CHANNEL)
    load(db, run_id=run_id, source="youtube", records=[*LISTS[:2], comments])

    sql = "select subject_id from core.unjudged_subjects where coverage = 'core.said_coverage'"
    assert db.execute(sql).fetchall() == unjudged
