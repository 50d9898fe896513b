"""What a run knows of posted pictures: which approved photograph each one is, and when it has to be looked at again.

It alone proves the way from a posted picture through the engine to its verdict, and what is remembered of it.
"""

import hashlib
import io
import weakref
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from checks.posts.approvals import changed_masters, uncovered
from connectors.records import Person
from engines.pictures.decoding import Opener
from engines.pictures.features.face_detection import let_detector_go
from engines.pictures.scans import row_of_scan, scan_of_row
from flows.pictures.masters import master_files
from flows.pictures.scan import Looker
from tests.engines.pictures.scenes import bannered, collage, letterboxed, resized, scene
from tests.flows.gallery import Gallery, jpeg
from warehouse.casebook.casebook import Acceptance
from warehouse.runs import run_memory

ONE, TWO, THREE = "2026-11-02", "2026-11-09", "2026-11-16"
FIRST, SECOND, THIRD, STRANGER = (scene(seed) for seed in (1, 2, 3, 4))


@pytest.fixture
def gallery(tmp_path: Path) -> Gallery:
    made = Gallery(tmp_path)
    made.approve("P-1", jpeg(FIRST, 92))
    made.approve("P-2", jpeg(SECOND, 92))
    return made


def cropped(pixels: np.ndarray) -> np.ndarray:
    return pixels[75:525, :]


def test_a_photograph_is_known_however_it_was_posted(gallery: Gallery) -> None:
    gallery.post("saved-again", jpeg(resized(FIRST, 680, 510), 70))
    gallery.post("cropped", jpeg(cropped(FIRST)))
    gallery.post("mirrored", jpeg(np.ascontiguousarray(SECOND[:, ::-1])))
    gallery.post("bannered", jpeg(bannered(SECOND)))
    gallery.post("thumbnail", jpeg(letterboxed(FIRST)), "youtube")
    gallery.post("stranger", jpeg(STRANGER))

    verdicts = gallery.week(ONE)

    assert verdicts.pop("stranger") == "unapproved"
    assert set(verdicts.values()) == {"approved"}
    assert gallery.parts("cropped") == [("approved", "P-1")]
    [(what,)] = gallery.db.sql("select transform from core.picture_parts where medium_id = 'cropped'").fetchall()
    assert "crop" in what


def test_a_collage_has_a_part_for_each_photograph_and_one_that_nobody_approved_decides(gallery: Gallery) -> None:
    gallery.post("collage", jpeg(collage([FIRST, SECOND, STRANGER, THIRD])))

    assert gallery.week(ONE) == {"collage": "unapproved"}
    assert {("approved", "P-1"), ("approved", "P-2")} < set(gallery.parts("collage"))
    assert ("unapproved", None) in gallery.parts("collage")


def test_more_than_the_approved_crop_is_altered_and_the_box_says_where(gallery: Gallery) -> None:
    gallery.approve("P-3", jpeg(cropped(THIRD), 92))
    gallery.post("whole", jpeg(THIRD))

    assert gallery.week(ONE) == {"whole": "altered"}
    [(area,)] = gallery.db.sql("select new_area from core.picture_parts where medium_id = 'whole'").fetchall()
    assert area


def test_a_consent_that_ends_needs_no_second_look(gallery: Gallery) -> None:
    body = jpeg(cropped(FIRST))
    gallery.post("cropped", body)
    assert gallery.week(ONE) == {"cropped": "approved"}

    assert gallery.settled(ONE) == {hashlib.sha256(body).hexdigest()}
    gallery.post("cropped", None)  # not fetched again
    gallery.approved = [replace(one, consent="withdrawn") for one in gallery.approved]

    assert gallery.week(TWO) == {"cropped": "unapproved"}
    assert gallery.parts("cropped") == [("unapproved", "P-1")]


@pytest.mark.parametrize("shown", [FIRST, STRANGER, collage([FIRST, SECOND, STRANGER, THIRD])])
def test_bytes_that_were_looked_at_are_not_looked_at_again_in_this_run_or_a_later_one(
    gallery: Gallery, shown: np.ndarray
) -> None:
    folder, read = gallery.home / "ousterly-vale" / "photographs", list[int]()
    rows = [{"photograph_id": one.photograph_id, "file_name": one.file_name} for one in gallery.approved]
    files = master_files(folder, rows, {})

    def body() -> bytes:
        read.append(1)
        return jpeg(shown)

    with Opener() as opener:
        looker = Looker(files, False, opener, {}, {})
        assert all(looker.ids_of(file.sha256 or "") for file in files)
        first = [looker.look("its hash", body) for _ in range(2)]
        kept = {"its hash": scan_of_row(row_of_scan("its hash", looker.new_looks["its hash"]))}
        later = Looker(files, False, opener, looker.features, kept)
        seen = later.look("its hash", body)

    assert first[0] == first[1] == seen
    assert len(read) == 1
    assert not later.new_looks


def test_a_pupils_own_refusal_and_a_pupil_who_left_end_an_approval(gallery: Gallery) -> None:
    gallery.approve("P-3", jpeg(THIRD, 92), pupil_ids="7;8")
    gallery.post("three", jpeg(THIRD))
    gallery.pupils = [Person(register="pupils", person_id="7"), Person(register="pupils", person_id="8")]
    assert gallery.week(ONE) == {"three": "approved"}

    gallery.pupils[1] = Person(register="pupils", person_id="8", picture_consent="Withdrawn")
    assert gallery.week(TWO) == {"three": "unapproved"}

    gallery.pupils[1] = Person(register="leavers", person_id="8")
    assert gallery.week(THREE) == {"three": "unapproved"}
    [(why,)] = gallery.db.sql("select why from core.picture_verdicts").fetchall()
    assert why == "A pupil in photograph P-3 has left, and its approval rests on consent."


def test_a_master_approved_after_posting_settles_the_picture_once_it_is_fetched_again(gallery: Gallery) -> None:
    body = jpeg(resized(STRANGER, 680, 510))
    gallery.post("late", body)
    assert gallery.week(ONE) == {"late": "unapproved"}
    assert gallery.settled(ONE) == {hashlib.sha256(body).hexdigest()}  # nothing new to hold it against

    gallery.approve("P-9", jpeg(STRANGER, 92))
    gallery.post("late", None)
    assert gallery.week(TWO) == {"late": "unapproved"}  # could not be fetched: what was seen before still stands
    assert gallery.settled(TWO) == frozenset()

    gallery.post("late", body)
    assert gallery.week(THREE) == {"late": "approved"}
    assert gallery.parts("late") == [("approved", "P-9")]


def test_a_master_whose_file_has_gone_approves_nothing_any_more(gallery: Gallery) -> None:
    gallery.post("first", jpeg(FIRST))
    assert gallery.week(ONE) == {"first": "approved"}

    gallery.approved.pop(0)
    assert gallery.settled(ONE) == frozenset(  # the register as it stood in the first run still has it
        {hashlib.sha256(jpeg(FIRST)).hexdigest()}
    )
    assert gallery.week(TWO) == {"first": "unapproved"}


def test_a_master_deleted_when_its_consent_ended_is_still_known_where_it_stands(gallery: Gallery) -> None:
    gallery.post("cropped", jpeg(cropped(FIRST)))
    assert gallery.week(ONE) == {"cropped": "approved"}

    (gallery.home / "ousterly-vale" / "photographs" / "P-1.jpg").unlink()
    gallery.approved[0] = replace(gallery.approved[0], consent="withdrawn")
    gallery.post("again", jpeg(FIRST))

    assert gallery.week(TWO) == {"cropped": "unapproved", "again": "unapproved"}
    assert gallery.parts("cropped") == [("unapproved", "P-1")]
    assert gallery.parts("again") == [("unapproved", "P-1")]  # known by its hash alone
    problems = gallery.db.sql("select photograph_id, problem from core.masters order by 1").fetchall()
    assert problems == [("P-1", "missing"), ("P-2", None)]
    assert gallery.week(THREE) == {"cropped": "unapproved", "again": "unapproved"}
    assert gallery.parts("cropped") == [("unapproved", "P-1")]


@pytest.mark.parametrize("way", [lambda p: p, lambda p: resized(p, 400, 300), lambda p: p[8:-8, 8:-8]])
def test_a_consent_taken_back_holds_for_the_same_photograph_in_another_file(gallery: Gallery, way: Any) -> None:
    gallery.post("first", jpeg(FIRST))
    assert gallery.week(ONE) == {"first": "approved"}

    gallery.approve("P-9", jpeg(way(FIRST), 85), consent="withdrawn")
    gallery.post("again", jpeg(resized(FIRST, 680, 510), 70))

    assert gallery.week(TWO) == {"first": "unapproved", "again": "unapproved"}
    assert gallery.parts("first") == [("unapproved", "P-9")]


def test_a_picture_of_a_master_that_was_misnamed_since_is_not_judged_but_named_with_the_file_like_it(
    gallery: Gallery,
) -> None:
    gallery.post("shown", jpeg(FIRST))
    gallery.post("other", jpeg(SECOND))
    gallery.week(ONE)
    gallery.approved[0] = replace(gallery.approved[0], file_name="P-1.jpeg", consent="withdrawn")
    gallery.week(TWO)

    unjudged = "select subject_id from core.unjudged_subjects where coverage = 'core.picture_coverage'"
    lost = "select photograph_id, problem, nearest from published.lost_masters where run_id = ?"
    assert gallery.db.sql(unjudged).fetchall() == [("shown",)]
    assert gallery.db.execute(lost, [TWO]).fetchall() == [("P-1", "missing", "P-1.jpg")]


def test_a_collage_keeps_what_it_shows_of_a_master_that_was_deleted(gallery: Gallery) -> None:
    gallery.post("collage", jpeg(collage([FIRST, SECOND, STRANGER, THIRD])))
    gallery.week(ONE)
    (gallery.home / "ousterly-vale" / "photographs" / "P-1.jpg").unlink()
    gallery.approved[0] = replace(gallery.approved[0], consent="withdrawn")
    gallery.approve("P-3", jpeg(THIRD, 92))

    assert gallery.week(TWO) == {"collage": "unapproved"}
    assert {("unapproved", "P-1"), ("approved", "P-2"), ("approved", "P-3")} <= set(gallery.parts("collage"))


def test_a_photograph_id_that_is_used_again_does_not_approve_the_old_picture(gallery: Gallery) -> None:
    gallery.post("first", jpeg(FIRST))
    assert gallery.week(ONE) == {"first": "approved"}

    gallery.approved[0] = replace(gallery.approved[0], file_name="another.jpg")

    assert gallery.week(TWO) == {"first": "unapproved"}


def overwrite(gallery: Gallery, body: bytes, name: str = "P-1.jpg") -> None:
    (gallery.home / "ousterly-vale" / "photographs" / name).write_bytes(body)


def say_meant(gallery: Gallery, day: str, photograph_id: str, body: bytes) -> None:
    """Say that the picture which lies there now is meant, as the desk and the command do."""
    before = run_memory.last_masters(gallery.db)[photograph_id, f"{photograph_id}.jpg"]
    at, sha256 = datetime(2026, 11, 10, tzinfo=UTC), hashlib.sha256(body).hexdigest()
    with gallery.context(day).casebook() as book:
        book.accept(Acceptance("photographs", sha256, 0, before, "headteacher", "The right one.", at))


def unjudged(gallery: Gallery) -> list[str]:
    sql = "select subject_id from core.unjudged_subjects where coverage = 'core.picture_coverage' order by 1"
    return [subject for (subject,) in gallery.db.sql(sql).fetchall()]


def found(gallery: Gallery, day: str) -> list[tuple[str, str | None]]:
    """Return what both checks of pictures would find: which picture, and what ended its approval."""
    rows = uncovered(gallery.db, date.fromisoformat(day)).sort("subject_id")
    return [(row["subject_id"], row["ended"]) for row in rows.iter_rows(named=True) if row["what"] != "video"]


def test_another_picture_under_a_masters_name_is_neither_approved_nor_accused_until_it_is_said_to_be_meant(
    gallery: Gallery,
) -> None:
    gallery.post("old", jpeg(FIRST))
    gallery.post("other", jpeg(SECOND))
    gallery.week(ONE)
    overwrite(gallery, jpeg(STRANGER, 92))
    gallery.post("new", jpeg(STRANGER))
    gallery.post("old-again", jpeg(resized(FIRST, 680, 510), 70))

    unclear = {"old": "unreadable", "new": "unreadable", "old-again": "unreadable", "other": "approved"}
    assert gallery.week(TWO) == unclear
    assert (unjudged(gallery), found(gallery, TWO)) == (["new", "old", "old-again"], [])
    lost = "select photograph_id, problem from published.lost_masters where run_id = ?"
    assert gallery.db.execute(lost, [TWO]).fetchall() == [("P-1", "changed")]
    assert "(photographs: P-1)" in str(changed_masters(gallery.db))

    say_meant(gallery, TWO, "P-1", jpeg(STRANGER, 92))
    assert gallery.week(THREE) == {
        "old": "unapproved",
        "new": "approved",
        "old-again": "unapproved",
        "other": "approved",
    }
    assert changed_masters(gallery.db) is None


def test_an_approved_file_that_is_put_back_or_saved_without_its_place_is_approved_as_before(gallery: Gallery) -> None:
    gallery.post("old", jpeg(FIRST))
    gallery.week(ONE)
    overwrite(gallery, jpeg(STRANGER, 92))
    gallery.week(TWO)
    body = jpeg(FIRST, 92)
    overwrite(gallery, body[:2] + b"\xff\xfe\x00\x0cCamera etc" + body[2:])  # other bytes, the same pixels

    assert gallery.week(THREE) == {"old": "approved"}
    assert gallery.db.sql("select photograph_id, problem from core.masters order by 1").fetchall() == [
        ("P-1", None),
        ("P-2", None),
    ]


def _deleted(gallery: Gallery) -> None:
    gallery.approved.pop(0)


def _deleted_with_its_file(gallery: Gallery) -> None:
    gallery.approved.pop(0)
    (gallery.home / "ousterly-vale" / "photographs" / "P-1.jpg").unlink()


def _overwritten(gallery: Gallery) -> None:
    overwrite(gallery, jpeg(STRANGER, 92))


def _overwritten_and_meant(gallery: Gallery) -> None:
    overwrite(gallery, jpeg(STRANGER, 92))
    say_meant(gallery, TWO, "P-1", jpeg(STRANGER, 92))
    gallery.approved[0] = replace(gallery.approved[0], consent="given")


def _named_for_another_file(gallery: Gallery) -> None:
    overwrite(gallery, jpeg(STRANGER, 92), "another.jpg")
    gallery.approved[0] = replace(gallery.approved[0], file_name="another.jpg", consent="given")


def _under_another_id(gallery: Gallery) -> None:
    gallery.approved[0] = replace(gallery.approved[0], photograph_id="P-7", consent="given")


@pytest.mark.parametrize(
    "becomes",
    [
        _deleted,
        _deleted_with_its_file,
        _overwritten,
        _overwritten_and_meant,
        _named_for_another_file,
        _under_another_id,
    ],
)
def test_a_withdrawn_picture_is_known_whatever_becomes_of_its_row_and_file(gallery: Gallery, becomes: Any) -> None:
    gallery.post("shown", jpeg(cropped(FIRST)))
    gallery.approved[0] = replace(gallery.approved[0], consent="withdrawn")
    gallery.week(ONE)
    becomes(gallery)
    gallery.post("again", jpeg(resized(FIRST, 680, 510), 70))

    for day in (TWO, THREE) if becomes is _deleted else (TWO,):
        assert gallery.week(day) == {"shown": "unapproved", "again": "unapproved"}
        assert found(gallery, day) == [("again", "consent withdrawn"), ("shown", "consent withdrawn")]


def test_a_withdrawn_picture_that_is_approved_anew_on_a_later_day_is_approved(gallery: Gallery) -> None:
    gallery.post("shown", jpeg(cropped(FIRST)))
    gallery.approved[0] = replace(gallery.approved[0], consent="withdrawn")
    gallery.week(ONE)
    later = date.fromisoformat(TWO)
    gallery.approved[0] = replace(gallery.approved[0], photograph_id="P-7", consent="given", approved_on=later)

    assert gallery.week(TWO) == {"shown": "approved"}


@pytest.mark.parametrize(("approved_on", "verdict"), [(TWO, "approved"), (ONE, "unapproved")])
def test_a_photograph_that_is_approved_anew_in_another_file_is_approved_in_that_one_alone(
    gallery: Gallery, approved_on: str, verdict: str
) -> None:
    gallery.post("old", jpeg(FIRST, 92))
    gallery.approve("P-3", jpeg(FIRST, 92), consent="withdrawn")
    gallery.approved = [gallery.approved[-1]]
    assert gallery.week(ONE) == {"old": "unapproved"}

    anew = jpeg(FIRST[8:-8, 8:-8])
    overwrite(gallery, anew, "anew.jpg")
    later = date.fromisoformat(approved_on)
    gallery.approved[0] = replace(gallery.approved[0], file_name="anew.jpg", consent="given", approved_on=later)
    gallery.post("new", anew)

    assert gallery.week(TWO) == {"old": "unapproved", "new": verdict}


def test_a_refusal_for_one_channel_holds_there_alone_and_one_for_the_newspaper_nowhere_here(gallery: Gallery) -> None:
    gallery.approve("P-3", jpeg(THIRD, 92), pupil_ids="7")
    gallery.post("on-x", jpeg(THIRD))
    gallery.post("on-youtube", jpeg(THIRD), "youtube")

    gallery.pupils = [Person(register="pupils", person_id="7", picture_consent="given;press=withdrawn")]
    assert gallery.week(ONE) == {"on-x": "approved", "on-youtube": "approved"}
    gallery.pupils = [Person(register="pupils", person_id="7", picture_consent="given;x=withdrawn")]
    assert gallery.week(TWO) == {"on-x": "unapproved", "on-youtube": "approved"}
    assert found(gallery, TWO) == [("on-x", "consent withdrawn")]
    gallery.approved.pop()
    assert gallery.week(THREE) == {"on-x": "unapproved", "on-youtube": "unapproved"}
    assert found(gallery, THREE) == [("on-x", "consent withdrawn"), ("on-youtube", None)]


def test_what_was_seen_beside_other_masters_is_listed_but_not_counted_as_judged(gallery: Gallery) -> None:
    gallery.post("late", jpeg(STRANGER))
    gallery.week(ONE)
    gallery.approve("P-9", jpeg(STRANGER, 92), consent="withdrawn")
    gallery.post("late", None)

    assert gallery.week(TWO) == {"late": "unapproved"}
    coverage = "select fetched, judged from core.picture_coverage where platform = 'x'"
    assert gallery.db.sql(coverage).fetchall() == [(1, 0)]
    unjudged = "select subject_id from core.unjudged_subjects where coverage = 'core.picture_coverage'"
    assert gallery.db.sql(unjudged).fetchall() == [("late",)]


def test_a_file_with_an_impossible_name_or_outside_the_folder_approves_nothing(gallery: Gallery) -> None:
    outside = gallery.home / "outside.jpg"
    outside.write_bytes(jpeg(STRANGER))
    (gallery.home / "ousterly-vale" / "photographs" / "link.jpg").symlink_to(outside)
    gallery.approved += [
        replace(gallery.approved[0], photograph_id="P-8", file_name="a" * 300 + ".jpg"),
        replace(gallery.approved[0], photograph_id="P-9", file_name="link.jpg"),
    ]
    gallery.post("stranger", jpeg(STRANGER))

    assert gallery.week(ONE) == {"stranger": "unapproved"}
    problems = gallery.db.sql("select photograph_id from core.masters where problem = 'missing' order by 1").fetchall()
    assert problems == [("P-8",), ("P-9",)]


def test_a_picture_that_never_came_and_bytes_that_are_none_are_unreadable(gallery: Gallery) -> None:
    gallery.post("never", None)
    gallery.post("broken", jpeg(FIRST)[:400])
    gallery.approve("P-3", b"no picture at all")

    assert gallery.week(ONE) == {"never": "unreadable", "broken": "unreadable"}
    problems = gallery.db.sql("select photograph_id, problem from core.masters order by 1").fetchall()
    assert problems == [("P-1", None), ("P-2", None), ("P-3", "unreadable")]


def test_nothing_is_remembered_of_pictures_that_are_gone(gallery: Gallery) -> None:
    gallery.post("first", jpeg(FIRST))
    gallery.week(ONE)
    gallery.take_down("first")
    gallery.approved.pop(0)
    gallery.week(TWO)

    assert gallery.db.sql("select count(*) from raw.looks").fetchall() == [(0,)]
    assert gallery.db.sql("select count(*) from raw.features").fetchall() == [(1,)]


def test_what_another_edition_of_the_engine_saw_or_kept_is_made_anew(gallery: Gallery) -> None:
    gallery.post("cropped", jpeg(cropped(FIRST)))
    gallery.week(ONE)
    assert gallery.settled(ONE)

    gallery.db.execute("update raw.looks set register = 'another:' || split_part(register, ':', 2)")
    gallery.db.execute("update raw.looks set parts = replace(parts, 'approved', 'altered')")
    gallery.db.execute("update raw.features set body = ?", [b"\x00 of another form"])

    assert gallery.settled(ONE) == frozenset()
    assert gallery.week(TWO) == {"cropped": "approved"}
    assert gallery.week(THREE) == {"cropped": "approved"}


def film(frames: list[np.ndarray]) -> bytes:
    """Return a film of these frames, each shown for two seconds."""
    made = io.BytesIO()
    with av.open(made, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 640, 480, "yuv420p", 6_000_000
        for pixels in frames:
            for _ in range(20):
                small = np.ascontiguousarray(resized(pixels, 640, 480))
                container.mux(stream.encode(av.VideoFrame.from_ndarray(small, format="rgb24")))
        container.mux(stream.encode())
    return made.getvalue()


def test_the_frames_of_a_registered_film_stand_for_its_thumbnails(gallery: Gallery) -> None:
    gallery.approve("V-1", film([THIRD, STRANGER]), ".mp4", video_id="p-still", channels="youtube")
    gallery.post("still", jpeg(letterboxed(resized(STRANGER, 640, 480))), "youtube")
    gallery.post("other", jpeg(letterboxed(scene(9))), "youtube")

    assert gallery.week(ONE) == {"still": "approved", "other": "unapproved"}
    assert gallery.parts("still") == [("approved", "V-1")]
    assert gallery.week(TWO) == {"still": "approved", "other": "unapproved"}


def test_the_detector_of_faces_stays_in_memory_no_longer_than_pictures_are_looked_at(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    models: list[weakref.ref[object]] = []

    class Net:
        """Stands in for the model, and can be asked whether it is still there."""

        def setInput(self, _blob: object) -> None:  # noqa: N802 - OpenCV's own name
            models.append(weakref.ref(self))

        def forward(self, names: tuple[str, ...]) -> list[np.ndarray]:
            return [np.zeros((1, 10, 8, 8), np.float32) for _ in names]

    let_detector_go()
    monkeypatch.setattr(cv2.dnn, "readNetFromONNX", lambda _model: Net())
    gallery.post("stranger", jpeg(STRANGER))

    gallery.week(ONE)

    assert models
    assert [model for model in models if model() is not None] == []


def test_a_picture_in_a_comment_is_held_against_the_masters_and_never_searched_for_people(gallery: Gallery) -> None:
    gallery.post("ours", jpeg(STRANGER), "youtube")
    gallery.attach("same", jpeg(STRANGER))
    gallery.attach("known", jpeg(cropped(FIRST)))

    for day in (ONE, TWO):
        assert gallery.week(day) == {"ours": "unapproved", "same/picture": "unapproved", "known/picture": "approved"}
        seen = gallery.db.sql("select medium_id, people from core.picture_verdicts order by 1").fetchall()
        assert [(medium, people is None) for medium, people in seen] == [
            ("known/picture", True),
            ("ours", False),
            ("same/picture", True),
        ]
    kept = gallery.db.sql("select sha256, people from raw.looks where sha256 like 'theirs:%'").fetchall()
    assert [people for _, people in kept] == ["unknown", "unknown"]
