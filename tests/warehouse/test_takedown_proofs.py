"""What proves that a place shows a photograph no more: the platform's word on it, or another picture in it."""

from pathlib import Path

import duckdb
import pytest

from connectors.records import Photograph, Post, Proof, Record
from tests.warehouse.rows import photo, post
from tests.warehouse.taken import DAYS, Week, master, show, states, write
from tests.warehouse.test_files import KEY
from warehouse.exceptions.taken_down import note_taken_down
from warehouse.runs.publish import publish_settled
from warehouse.store.build import build
from warehouse.store.load import load
from warehouse.store.migrate import migrate
from warehouse.store.open import opened

P, Q = ("approved", "ph-1"), ("approved", "ph-2")
RIGHT = {"gone": "put_right"}
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
    write(db, now, ("a", platform, "gone", False), proofs=RIGHT)
    show(db, now, "a", platform, sha256, *parts)

    assert states(db) == [(before, "ph-1", "standing"), (now, "ph-1", state)]


def test_what_proved_a_place_gone_may_be_deleted_and_it_stays_gone(db: duckdb.DuckDBPyConnection, week: Week) -> None:
    write(db, week(DAYS[0]), ("a", "youtube", "new", True), ("b", "youtube", "new", True))
    for case in ("a", "b"):
        show(db, DAYS[0], case, "youtube", "s", OFF)
    write(db, week(DAYS[1]), ("a", "youtube", "gone", False), ("b", "youtube", "gone", False), proofs=RIGHT)
    show(db, DAYS[1], "a", "youtube", "t", Q)  # another thumbnail was chosen
    show(db, DAYS[1], "b", "youtube", "t", STRANGER)  # which may be the same photograph
    note_taken_down(db, DAYS[1])
    before = halves(db)
    for table in ("raw.picture_verdicts", "raw.picture_parts"):
        db.execute(f"delete from {table} where run_id = ?", [DAYS[0]])
    week(DAYS[2])
    note_taken_down(db, DAYS[2])

    assert before == [(DAYS[0], 0), (DAYS[1], 1)]
    assert halves(db) == [*before, (DAYS[2], 1)]
    noted = db.sql("select distinct fingerprint, down_on::text from outcome.exceptions where down_on is not null")
    assert noted.fetchall() == [("a", DAYS[1])]


def test_what_another_try_of_the_day_does_not_find_gone_is_not_noted_as_gone(
    db: duckdb.DuckDBPyConnection, week: Week
) -> None:
    write(db, week(DAYS[0]), ("a", "youtube", "new", True))
    show(db, DAYS[0], "a", "youtube", "s", OFF)
    write(db, week(DAYS[1]), ("a", "youtube", "gone", False), proofs=RIGHT)
    show(db, DAYS[1], "a", "youtube", "t", STRANGER)  # which may be the same photograph
    note_taken_down(db, DAYS[1])
    week(DAYS[2])
    tries = []
    for shown in (Q, STRANGER, Q):  # the register had a wrong row in the first try
        for table in ("raw.picture_verdicts", "raw.picture_parts"):
            db.execute(f"delete from {table} where run_id = ?", [DAYS[2]])
        show(db, DAYS[2], "a", "youtube", "t", shown)
        note_taken_down(db, DAYS[2])
        noted = db.sql("select down_on::text from outcome.exceptions where down_on is not null").fetchall()
        tries.append((noted, states(db)[-1]))

    is_gone, is_unknown = (DAYS[2], "ph-1", "gone"), (DAYS[2], "ph-1", "unknown")
    assert tries == [([(DAYS[2],)], is_gone), ([], is_unknown), ([(DAYS[2],)], is_gone)]


def test_what_closed_while_it_was_set_aside_is_noted_as_gone(db: duckdb.DuckDBPyConnection, week: Week) -> None:
    write(db, week(DAYS[0]), ("a", "youtube", "new", True))
    show(db, DAYS[0], "a", "youtube", "s", OFF)
    write(db, week(DAYS[1]), ("a", "youtube", "gone", False), proofs=RIGHT)
    show(db, DAYS[1], "a", "youtube", "t", Q)
    db.execute(
        "update outcome.exceptions set decision = 'allowed', decided_until = '2027-11-16' where run_id = ?", [DAYS[1]]
    )
    note_taken_down(db, DAYS[1])

    assert db.sql("select run_id, down_on::text from outcome.exceptions order by 1").fetchall() == [
        (DAYS[0], None),
        (DAYS[1], DAYS[1]),
    ]


def test_what_is_published_anew_before_any_run_has_noted_it_is_gone_in_cases_as_in_the_list(tmp_path: Path) -> None:
    with opened(tmp_path / "warehouse.duckdb", KEY) as made:
        migrate(made)
        build(made)
        for day in DAYS[:2]:
            made.execute(
                "insert into raw.runs values (?, ?, 's', 'S', 'p', now(), null, false, ?::date, null)", [day, day, day]
            )
        write(made, DAYS[0], ("a", "youtube", "new", True))
        show(made, DAYS[0], "a", "youtube", "s", OFF)
        write(made, DAYS[1], ("a", "youtube", "gone", False), proofs=RIGHT)
        show(made, DAYS[1], "a", "youtube", "t", Q)
        publish_settled(made, tmp_path / "published.duckdb", KEY)
        kept = made.execute("select distinct down_on from outcome.exceptions").fetchall()
    with opened(tmp_path / "published.duckdb", KEY, read_only=True) as copy:
        told = copy.execute("select run_id, down_on::text from published.exceptions order by 1").fetchall()
        listed = states(copy)

    assert listed == [(DAYS[0], "ph-1", "standing"), (DAYS[1], "ph-1", "gone")]
    assert (told, kept) == ([(DAYS[0], None), (DAYS[1], DAYS[1])], [(None,)])


def halves(db: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    return db.sql("select run_id, gone from published.takedowns order by 1").fetchall()


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


def test_nothing_is_approved_again_by_a_register_of_which_a_row_could_not_be_read(
    db: duckdb.DuckDBPyConnection, week: Week
) -> None:
    before, now = (week(day) for day in DAYS[:2])
    write(db, before, ("a", "x", "new", True))
    show(db, before, "a", "x", "s", OFF)
    write(db, now, ("a", "x", "open", False))
    show(db, now, "a", "x", "s", P)
    db.execute("update outcome.exceptions set status = 'gone' where run_id = ?", [now])
    told = "insert into raw.register_problems values (?, 'registers', 'photographs', 'p.csv', 2, 'Expires', 'w', ?)"
    db.execute(told, [now, None])
    assert states(db)[-1] == (now, "ph-1", "approved_again")

    db.execute(told, [now, "expires_on"])

    assert states(db)[-1] == (now, "ph-1", "unknown")


def video(**more: str) -> Post:
    values = {"platform": "youtube", "account_id": "UC1", "kind": "video", "visibility": "public"}
    return post("a", **{**values, **more})


def approval(channels: str) -> Photograph:
    return Photograph(
        photograph_id="ph-1", file_name=None, video_id="a", channels=channels, basis="consent", consent="given"
    )


@pytest.mark.parametrize(
    ("records", "proof", "state"),
    [
        ([], "asked", "gone"),
        ([], "absent_twice", "gone"),
        ([], "put_right", "unknown"),
        ([video(visibility="private")], "put_right", "gone"),
        ([video()], "put_right", "unknown"),
        ([video(visibility="unlisted"), approval("x; youtube")], "put_right", "approved_again"),
        ([video(), approval("x")], "put_right", "unknown"),
    ],
)
def test_a_video_is_gone_when_youtube_says_so_of_it_or_it_is_private(
    db: duckdb.DuckDBPyConnection, week: Week, records: list[Record], proof: str, state: str
) -> None:
    write(db, week(DAYS[0]), ("a", "youtube", "new", True), what="video")
    write(db, week(DAYS[1]), ("a", "youtube", "gone", False), what="video", proofs={"gone": proof})
    load(db, run_id=DAYS[1], source="records", records=records)

    assert states(db) == [(DAYS[0], "ph-1", "standing"), (DAYS[1], "ph-1", state)]


@pytest.mark.parametrize(("answer", "state"), [("gone", "gone"), ("hidden", "unknown"), ("stands", "unknown")])
def test_a_place_that_was_not_proved_is_proved_when_its_post_is_asked_for(
    db: duckdb.DuckDBPyConnection, week: Week, answer: str, state: str
) -> None:
    write(db, week(DAYS[0]), ("3_1", "x", "new", True))
    load(db, run_id=DAYS[0], source="records", records=[post("1"), photo("1", "3_1")])
    write(db, week(DAYS[1]), ("3_1", "x", "gone", False), proofs=RIGHT)
    write(db, week(DAYS[2]))
    proof = Proof(platform="x", account_id="100", kind="post", subject_id="1", answer=answer)
    load(db, run_id=DAYS[2], source="records", records=[proof])

    assert states(db)[1:] == [(DAYS[1], "ph-1", "unknown"), (DAYS[2], "ph-1", state)]
