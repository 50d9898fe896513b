"""What is proof that a place shows a photograph no more: nothing stands there, or another picture was put there."""

import duckdb
import pytest

from connectors.records import Photograph, Post
from tests.warehouse.rows import post
from tests.warehouse.taken import DAYS, Week, master, show, states, write
from warehouse.load import load

P, Q = ("approved", "ph-1"), ("approved", "ph-2")
OFF, STRANGER = ("unapproved", "ph-1"), ("unapproved", None)


@pytest.mark.parametrize(
    ("platform", "sha256", "parts", "state"),
    [
        ("x", "s", [P], "approved_again"),  # the consent was given again
        ("x", "s", [P, STRANGER], "approved_again"),
        ("x", "s", [STRANGER], "unknown"),  # its row was taken off the register, and the post was not taken down
        ("x", "s", [OFF], "unknown"),  # it may be shown elsewhere only
        ("x", "s", [("altered", "ph-1")], "unknown"),
        ("x", "s", [], "unknown"),  # it stands, and nothing was said of it
        ("x", "s", [Q], "approved_again"),  # the same bytes are approved by another name
        ("x", "t", [("unapproved", "ph-2")], "unknown"),  # X serves a picture unchanged for ever
        ("youtube", "s", [("unapproved", "ph-2")], "unknown"),  # the same bytes show the same photograph
        ("youtube", "s", [Q], "approved_again"),
        ("youtube", "t", [P], "approved_again"),
        ("youtube", "t", [Q], "gone"),  # another thumbnail was chosen
        ("youtube", "t", [("unapproved", "ph-2"), Q], "gone"),
        ("youtube", "t", [Q, STRANGER], "unknown"),
        ("youtube", "t", [("altered", "ph-2")], "unknown"),
        ("youtube", "t", [("unreadable", None)], "unknown"),
        ("youtube", "t", [("approved", "ph-1b")], "approved_again"),  # the same file by another name
        ("youtube", "t", [("unapproved", "ph-1b")], "unknown"),
    ],
)
def test_what_still_stands_is_proved_gone_only_where_another_picture_took_its_place(
    db: duckdb.DuckDBPyConnection,
    week: Week,
    platform: str,
    sha256: str,
    parts: list[tuple[str, str | None]],
    state: str,
) -> None:
    before, now = (week(day) for day in DAYS[:2])
    write(db, before, ("a", platform, "new", True))
    show(db, before, "a", platform, "s", OFF)
    for photograph, file in (("ph-1", "m"), ("ph-1b", "m"), ("ph-2", "n")):
        master(db, before, photograph, file)
    write(db, now, ("a", platform, "gone", False))
    show(db, now, "a", platform, sha256, *parts)

    assert states(db) == [(before, "ph-1", "standing"), (now, "ph-1", state)]


@pytest.mark.parametrize("register", ["photographs", "pupils", "leavers"])
def test_on_the_strength_of_a_register_that_came_short_nothing_is_approved_again(
    db: duckdb.DuckDBPyConnection, week: Week, register: str
) -> None:
    before, now = (week(day) for day in DAYS[:2])
    write(db, before, ("a", "x", "new", True))
    show(db, before, "a", "x", "s", OFF)
    write(db, now, ("a", "x", "open", False))
    show(db, now, "a", "x", "s", P)
    db.execute("update outcome.exceptions set status = 'gone' where run_id = ?", [now])
    told = "insert into raw.register_states (run_id, register, state, why, rows) values (?, ?, 'partial', 'w', 9)"
    db.execute(told, [now, register])

    assert states(db)[-1] == (now, "ph-1", "unknown")
    db.execute("update raw.register_states set accepted_by = 'headteacher'")
    assert states(db)[-1] == (now, "ph-1", "approved_again")


def video(**more: str) -> Post:
    values = {"platform": "youtube", "account_id": "UC1", "kind": "video", "visibility": "public"}
    return post("a", **{**values, **more})


def approval(channels: str) -> Photograph:
    return Photograph(photograph_id="ph-1", file_name=None, video_id="a", channels=channels, basis="consent")


@pytest.mark.parametrize(
    ("records", "is_whole", "state"),
    [
        ([], True, "gone"),
        ([], False, "unknown"),
        ([video(visibility="private")], False, "gone"),
        ([video()], True, "unknown"),
        ([video(visibility="unlisted"), approval("x; youtube")], True, "approved_again"),
        ([video(), approval("x")], True, "unknown"),
    ],
)
def test_a_video_is_gone_when_it_is_not_listed_or_private(
    db: duckdb.DuckDBPyConnection, week: Week, records: list[object], is_whole: bool, state: str
) -> None:
    write(db, week(DAYS[0]), ("a", "youtube", "new", True), what="video")
    write(db, week(DAYS[1]), ("a", "youtube", "gone", False), what="video")
    db.execute("update raw.walks set is_whole = ? where run_id = ?", [is_whole, DAYS[1]])
    load(db, run_id=DAYS[1], source="records", records=records)

    assert states(db) == [(DAYS[0], "ph-1", "standing"), (DAYS[1], "ph-1", state)]
