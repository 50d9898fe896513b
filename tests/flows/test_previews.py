"""The desk's small pictures: made when a run publishes, cleared of all but pixels, and gone when their time is.

They go from the posted bytes through the child process into the encrypted copy, as in a run.
"""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dashboards.ask.process import AnsweringProcess, AskedQuestion
from dashboards.desk.casework.previews import Preview, laid_over, previews_of, problems_of, with_boxes
from flows.pictures.previews import NEAREST, NO_MASTER, make_previews
from tests.engines.pictures.scenes import resized, scene
from tests.flows.gallery import SCHOOL, Gallery, jpeg
from tests.warehouse.cases import put
from tests.warehouse.expiring import expire
from warehouse.privacy.erase import erase_rows
from warehouse.privacy.subjects import of_account
from warehouse.runs.publish import publish
from warehouse.store.open import opened
from warehouse.store.places import Places

ONE, TWO, LAST_DAY, LATE = "2026-11-02", "2026-11-09", "2026-11-30", "2026-12-01"
KEY = "k" * 43
FIRST, THIRD, STRANGER = scene(1), scene(3), scene(4)
MIRRORED = np.ascontiguousarray(FIRST[60:560, 40:760][:, ::-1])  # and cropped
PLACE = "51.5007N, beside the school gate"
# Cases about a post and not about a picture on it.
BESIDE = {name: {"subject_kind": "post", "check_id": name} for name in ("pupil_named", "posting_hours")}


@dataclass(slots=True)
class Desk:
    """A gallery whose cases are published into a real, encrypted copy; `cases` are platform and subject."""

    gallery: Gallery
    cases: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def places(self) -> Places:
        return Places(self.gallery.home, SCHOOL)

    def week(self, day: str) -> None:
        """Look at the pictures, raise the cases, and publish, all on one day."""
        self.gallery.week(day)
        for fingerprint, (platform, subject) in self.cases.items():
            about = BESIDE.get(fingerprint, {"subject_kind": "medium", "check_id": "unapproved_picture"})
            put(self.gallery.db, day, fingerprint, platform=platform, subject_id=subject, **about)
        at = datetime.combine(date.fromisoformat(day), time(9), UTC)
        context = self.gallery.context(day)
        expire(self.gallery.db, today=at.date())
        make_previews(replace(context, settings=replace(context.settings, clock=lambda: at)), self.gallery.db)
        publish(self.gallery.db, self.places.published, KEY)

    def shown(self, fingerprint: str, on: str = ONE) -> tuple[Preview, ...]:
        with opened(self.places.published, KEY, read_only=True) as copy:
            return previews_of(copy, fingerprint, on=date.fromisoformat(on))

    def problems(self, fingerprint: str, on: str = ONE) -> tuple[str, ...]:
        with opened(self.places.published, KEY, read_only=True) as copy:
            return problems_of(copy, fingerprint, on=date.fromisoformat(on))

    def bodies(self) -> set[bytes]:
        """Return every small picture in the warehouse and in the published copy."""
        with opened(self.places.published, KEY, read_only=True) as copy:
            rows = copy.execute("select body from desk.pictures").fetchall()
        return {body for (body,) in [*rows, *self.gallery.db.execute("select body from desk.pictures").fetchall()]}


@contextmanager
def opened_desk(home: Path) -> Iterator[Desk]:
    places = Places(home, SCHOOL)
    places.folder.mkdir(parents=True)
    with opened(places.warehouse, KEY) as db:
        yield Desk(Gallery(home, db=db))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(tmp_path / "home") as made:
        yield made


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A week with a case of every sort."""
    with opened_desk(tmp_path_factory.mktemp("desk") / "home") as made:
        made.gallery.approve("P-3", jpeg(THIRD[75:525, :], 92))
        made.gallery.post("whole", jpeg(THIRD))
        made.gallery.approve("P-1", jpeg(FIRST, 92), consent="withdrawn")
        made.gallery.post("mirrored", jpeg(MIRRORED))
        made.gallery.post("large", with_place(STRANGER))
        made.gallery.post("broken", b"no picture at all")
        made.gallery.post("lost", None)
        made.gallery.post("thumbnail", jpeg(scene(9)), "youtube")
        made.gallery.attach("c1", jpeg(scene(11)))
        made.cases = {name: ("x", name) for name in ("whole", "mirrored", "large", "broken", "lost")}
        made.cases |= {"video": ("youtube", "p-thumbnail"), "comment": ("youtube", "c1/picture")}
        made.cases |= dict.fromkeys(BESIDE, ("x", "p-large"))
        made.week(ONE)
        yield made


def with_place(pixels: np.ndarray) -> bytes:
    """Return a large JPEG whose file tells where it was taken."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = PLACE  # the description of the picture
    Image.fromarray(resized(pixels, 1600, 1200)).save(made, "JPEG", exif=exif, comment=PLACE)
    return made.getvalue()


def image(body: bytes) -> Image.Image:
    made = Image.open(io.BytesIO(body))
    made.load()
    return made


def unlike(body: bytes, pixels: np.ndarray) -> float:
    """Return by how many grey levels a picture differs from these pixels at its own size."""
    seen = np.asarray(image(body).convert("RGB"), np.int16)
    return float(np.abs(seen - resized(pixels, seen.shape[1], seen.shape[0])).mean())


def test_what_was_posted_is_shown_small_and_without_anything_but_its_pixels(week: Desk) -> None:
    assert PLACE.encode() in with_place(STRANGER)

    shown, *_ = week.shown("large")

    small = image(shown.body)
    assert (shown.side, shown.part, shown.photograph_id, shown.box) == ("posted", 0, None, None)
    assert (small.format, small.size, shown.media_type) == ("WEBP", (640, 480), "image/webp")
    assert (dict(small.getexif()), set(small.info) & {"exif", "xmp", "comment", "icc_profile"}) == ({}, set())
    assert PLACE.encode() not in shown.body
    assert unlike(shown.body, STRANGER) < 8


def test_beside_it_stands_the_approved_photograph_and_the_boxes_say_where_there_is_more(week: Desk) -> None:
    posted, approved = week.shown("whole")

    assert (posted.side, approved.side, approved.photograph_id, approved.part) == ("posted", "approved", "P-3", 0)
    assert unlike(posted.body, THIRD) < 8
    assert unlike(approved.body, THIRD[75:525, :]) < 8
    bands = [(top, bottom) for _, top, _, bottom in posted.boxes]
    assert min(top for top, _ in bands) == 0.0  # 75 of 600 rows above the approved crop, and 75 below
    assert max(bottom for _, bottom in bands) == 1.0
    assert all(bottom <= 0.2 or top >= 0.8 for top, bottom in bands)
    assert posted.box is not None
    assert (posted.box[1], posted.box[3]) == (0.0, 1.0)


def test_a_video_has_its_thumbnail_and_a_comment_the_picture_that_was_attached(week: Desk) -> None:
    (thumbnail, *_), [attached] = week.shown("video"), week.shown("comment")

    assert unlike(thumbnail.body, scene(9)) < 8
    assert unlike(attached.body, scene(11)) < 8
    assert attached.shows_people is None  # nobody looks for people in a picture that the school did not post


def test_a_name_beside_a_picture_is_shown_with_it_and_what_concerns_no_picture_without(week: Desk) -> None:
    assert [shown.medium_id for shown in week.shown("pupil_named")] == ["large"]
    assert week.shown("posting_hours") == ()


def test_a_picture_that_cannot_be_shown_says_why(week: Desk) -> None:
    assert (week.shown("broken"), week.shown("lost")) == ((), ())
    assert week.problems("broken") == ("The file is no picture that can be read.",)
    assert week.problems("lost") == ("The picture could not be fetched in this run.",)
    assert week.problems("whole") == ()


def test_what_a_platform_lends_for_a_time_is_not_shown_on_the_day_after(week: Desk) -> None:
    assert week.shown("video", LAST_DAY)[0].side == "posted"
    assert week.problems("video", LAST_DAY) == ()

    assert week.shown("video", LATE) == ()
    assert week.problems("video", LATE) == ("The time for which the picture may be kept is over.",)
    assert week.shown("large", LATE)[0].side == "posted"  # X sets no such time


REACHING = (
    "select body from desk.pictures",
    'from "DESK"."pictures"',
    "from kept.desk.pictures",
    "summarize desk.pictures",
    "describe desk.previews",
    "with seen as (from desk.pictures) select count(*) from seen",
    "select (select max(body) from desk.pictures)",
    "from (unpivot desk.pictures on media_type)",
    "select fingerprint from published.previews union all select picture from desk.pictures",
)


REFUSALS = ("Only the schemas", "Ask one", "Name a table by its schema")


def test_no_question_reaches_a_picture_and_every_other_column_is_told(week: Desk) -> None:
    process = AnsweringProcess(week.places.published, KEY, {}, lambda _names: {})
    told = process.answer(
        AskedQuestion("select * from published.previews where fingerprint = 'video' and side = 'posted'", "json")
    )
    refused = [process.answer(AskedQuestion(question)).problem or "answered" for question in REACHING]

    [row] = json.loads(told.body)
    assert "body" not in row
    assert (row["side"], row["expires_on"], row["media_type"]) == ("posted", "2026-11-30", "image/webp")
    assert row["bytes"] > 1000
    assert [problem for problem in refused if not problem.startswith(REFUSALS)] == []


def test_the_approved_photograph_is_laid_where_it_lies_in_the_posted_picture(week: Desk) -> None:
    for name, pixels in (("whole", THIRD), ("mirrored", MIRRORED)):
        posted, approved = week.shown(name)

        laid = np.asarray(image(laid_over(posted, approved, share=1.0)).convert("RGB"), np.int16)
        drawn = resized(pixels, laid.shape[1], laid.shape[0]).astype(np.int16)

        assert np.abs(laid - drawn)[80:400, 20:-20].mean() < 12, name  # the approved crop has rows 60 to 420
        assert name != "whole" or laid[:50].mean() < 5  # and shows nothing above


def test_boxes_are_drawn_and_a_picture_that_lies_nowhere_fills_the_other(week: Desk) -> None:
    posted, approved = week.shown("whole")
    half = replace(posted, boxes=((0.25, 0.25, 0.75, 0.75),))

    drawn = np.asarray(image(with_boxes(half)).convert("RGB"), np.int16)
    plain = np.asarray(image(posted.body).convert("RGB"), np.int16)
    changed = np.abs(drawn - plain).max(axis=2) > 60

    assert changed[118:124, 200:440].mean() > 0.5  # the upper edge of the box
    assert changed[180:300, 200:440].mean() < 0.05  # nothing within it
    lost = replace(approved, registration=None)
    assert unlike(laid_over(posted, lost, share=0.0), THIRD) < 9
    assert unlike(laid_over(posted, lost, share=1.0), THIRD[75:525, :]) < 12
    with pytest.raises(ValueError, match="from 0 to 1"):
        laid_over(posted, approved, share=2)


def test_beside_a_picture_that_is_no_approved_one_stand_the_nearest_three_whose_approval_stands(desk: Desk) -> None:
    for number in (1, 3, 5, 6):
        desk.gallery.approve(f"P-{number}", jpeg(resized(scene(number), 400, 300), 92))
    near = np.clip(resized(STRANGER, 400, 300).astype(int) + 30, 0, 255).astype(np.uint8)[:200]
    desk.gallery.approve("P-4", jpeg(near, 92), consent="withdrawn")
    desk.gallery.post("stranger", jpeg(resized(scene(7), 400, 300)))
    desk.cases = {"stranger": ("x", "stranger")}

    desk.week(ONE)

    pictures = desk.shown("stranger")
    assert [picture.side for picture in pictures] == ["posted", *["approved"] * NEAREST]
    named = [str(picture.photograph_id) for picture in pictures[1:]]
    assert len(set(named)) == NEAREST
    assert "P-4" not in named
    assert [picture.registration for picture in pictures[1:]] == [None] * NEAREST
    kept = dict(desk.gallery.db.execute("select photograph_id, pdq from core.masters").fetchall())
    [(pdq,)] = desk.gallery.db.execute("select pdq from core.picture_verdicts").fetchall()
    apart = {name: (int(bits, 16) ^ int(pdq, 16)).bit_count() for name, bits in kept.items() if name != "P-4"}
    assert set(named) == set(sorted(apart, key=lambda name: apart[name])[:NEAREST])


def test_a_picture_made_in_an_earlier_week_is_used_again_and_goes_with_its_case(desk: Desk) -> None:
    for name, pixels in (("stays", STRANGER), ("ends", scene(9))):
        desk.gallery.post(name, jpeg(pixels))
        desk.cases[name] = ("x", name)
    desk.week(ONE)
    [before], [ended] = desk.shown("stays"), desk.shown("ends")

    del desk.cases["ends"]
    desk.gallery.db.execute("update raw.medium_files set body = null")  # it could not be made anew
    for name in ("stays", "ends"):
        desk.gallery.post(name, None)
    desk.week(TWO)

    assert desk.shown("stays") == (before,)
    assert desk.shown("ends") == ()
    assert desk.bodies() == {before.body} != {ended.body}


def test_after_29_days_no_byte_of_it_is_anywhere(desk: Desk) -> None:
    body = jpeg(scene(9))
    desk.gallery.post("thumbnail", body, "youtube")
    desk.cases = {"video": ("youtube", "thumbnail")}
    desk.week(ONE)
    [shown] = desk.shown("video")
    assert desk.bodies() == {shown.body}

    gone = "select (select count(*) from desk.previews), (select count(*) from desk.pictures)"
    expire(desk.gallery.db, today=date.fromisoformat(LAST_DAY))
    assert desk.gallery.db.execute(gone).fetchall() == [(1, 1)]
    expire(desk.gallery.db, today=date.fromisoformat(LATE))
    assert desk.gallery.db.execute(gone).fetchall() == [(0, 0)]

    desk.gallery.post("thumbnail", None, "youtube")  # the case stands, and nothing is fetched any more
    desk.week(LATE)

    assert desk.shown("video", LATE) == ()
    for path in (path for path in desk.gallery.home.rglob("*") if path.is_file()):
        for piece in (shown.body[100:150], body[1000:1050]):
            assert piece not in path.read_bytes()
    with opened(desk.places.published, KEY, read_only=True) as copy:
        for db in (copy, desk.gallery.db):
            blobs = db.execute(
                "select schema_name || '.' || table_name, column_name from duckdb_columns() where data_type = 'BLOB' "
                "and database_name = current_database() and table_name in (select table_name from duckdb_tables())"
            ).fetchall()
            assert ("desk.pictures", "body") in blobs
            for table, column in blobs:
                kept = db.execute(f"select {column} from {table} where {column} is not null").fetchall()
                assert {shown.body, body} & {blob for (blob,) in kept} == set()


def test_a_master_that_the_school_deleted_is_not_shown_any_more(desk: Desk) -> None:
    desk.gallery.approve("P-1", jpeg(FIRST, 92), consent="withdrawn")
    desk.gallery.post("first", jpeg(FIRST))
    desk.cases = {"case": ("x", "first")}
    desk.week(ONE)
    posted, approved = desk.shown("case")
    assert approved.photograph_id == "P-1"

    (desk.places.photographs / "P-1.jpg").unlink()
    desk.week(TWO)

    assert desk.shown("case") == (posted,)
    assert desk.problems("case") == (NO_MASTER,)
    assert approved.body not in desk.bodies()


def test_what_a_forgotten_subject_attached_is_forgotten_too(desk: Desk) -> None:
    desk.gallery.attach("c1", jpeg(scene(11)))
    desk.gallery.post("stays", jpeg(STRANGER))
    desk.cases = {"comment": ("youtube", "c1/picture"), "stays": ("x", "stays")}
    desk.week(ONE)
    [kept] = desk.shown("stays")

    erase_rows(desk.gallery.db, of_account(desk.gallery.db, "youtube", "UC9"))
    publish(desk.gallery.db, desk.places.published, KEY)

    assert (desk.shown("comment"), desk.problems("comment")) == ((), ())
    assert desk.bodies() == {kept.body}
