"""A post has one day, that at the school: in summer half past midnight there is the day before by the world's clock."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import checks
import dashboards
from connectors.records import Comment
from tests.warehouse.rows import listing_end, post
from warehouse.store.load import load

CHANNEL = {"platform": "youtube", "account_id": "UC1"}
DATED_ALONE = re.compile(
    r"posted_at::date|posted_at as date|strftime\([\w.(]*posted_at|posted_at at time zone [^)]*\)::date"
)
SQL = [file for root in (checks, dashboards) for file in sorted(Path(root.__path__[0]).rglob("*.sql"))]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 10, 23, 23, 30, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),  # the clock goes back two hours later
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), date(2026, 10, 24)),
    ],
)
def test_every_view_tells_the_day_on_which_something_was_posted_at_the_school(db, week, moment, day):
    words = Comment(
        post_id="v1",
        comment_id="c1",
        parent_id=None,
        actor_id="UC9",
        kind="comment",
        posted_at=moment,
        text="Well run",
        **CHANNEL,
    )
    lists = (listing_end("posts", **CHANNEL), listing_end("comments", **CHANNEL))
    brought = [post("v1", kind="video", posted_at=moment, **CHANNEL), words, *lists]
    load(db, run_id=week("2026-11-02"), source="youtube", records=brought)

    views = ("core.posts", "core.comments", "published.posts", "published.comments")
    told = {view: db.sql(f"select posted_on from {view}").fetchall() for view in views}
    subjects = db.sql("select distinct posted_on from core.subjects where posted_on is not null").fetchall()
    assert (told, subjects) == ({view: [(day,)] for view in views}, [(day,)])


@pytest.mark.parametrize("file", SQL, ids=lambda file: file.stem)
def test_no_check_and_no_page_works_out_by_itself_on_which_day_something_was_posted(file):
    assert DATED_ALONE.findall(file.read_text(encoding="utf-8")) == []
