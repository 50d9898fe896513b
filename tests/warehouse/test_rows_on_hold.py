"""A hold on a person and one on a photograph keep what is held of them in every table; of an unheld twin nothing stays.

Everything is there twice: P1 with the account 7701 and the photograph PH-1 are held, P2 with 8802 and PH-2 are not.
"""

import zlib
from datetime import date

import pytest

from connectors.records import Comment, Photograph, Unavailable
from tests.warehouse.cases import put
from tests.warehouse.rows import file, follow, photo, post, profile
from tests.warehouse.test_expire import declare, keep_page
from tests.warehouse.test_retention import day, person
from warehouse.privacy.reach import NOTHING
from warehouse.privacy.retention.over_clock import delete_over_clock
from warehouse.privacy.retention.rows_on_hold import kept_cases, subject_on_hold
from warehouse.privacy.subjects import resolve
from warehouse.store.load import load
from warehouse.store.preview_store import replace_previews

TOLD, NEWEST, FAR = "2026-11-02", "2026-11-09", "2030-01-01"
HELD = frozenset({("person", "P1"), ("photograph", "PH-1")})
PEOPLE = {"P1": "7701", "P2": "8802"}
PICTURES = {"PH-1": ("70001", "30001"), "PH-2": ("70002", "30002")}  # the post and the medium that show it


def comment(number, actor, post_id):
    return Comment(
        platform="x", account_id="100", comment_id=number, post_id=post_id, parent_id=None, actor_id=actor,
        kind="reply", posted_at=None, text="Its words",
    )  # fmt: skip


def add_person(db, ident, actor):
    told = [profile(actor), follow(actor), comment(f"5{actor}", actor, "9"), file(f"5{actor}/picture")]
    load(db, run_id=TOLD, source="x", records=told, adds=True)
    load(db, run_id=TOLD, source="registers", records=[person(ident)], adds=True)
    db.execute(
        "insert into raw.matches (run_id, platform, actor_id, person_id, role, band, probability, reasons, is_best) "
        "values (?, 'x', ?, ?, 'pupil', 'declared', 1, '[]', true)",
        [TOLD, actor, ident],
    )
    keep_page(db, TOLD, f'{{"data": [{{"id": "{actor}"}}, {{"id": "1"}}]}}'.encode(), number=int(actor))
    for run_id, status in ((TOLD, "new"), (NEWEST, "gone")):
        put(db, run_id, f"case of {ident}", subject_id=actor, status=status, evidence='{"quote": "WORDS"}')
    keep_preview(db, f"case of {ident}", f"picture of {ident}")


def add_photograph(db, ident, post_id, medium):
    load(db, run_id=TOLD, source="x", records=[post(post_id), photo(post_id, medium), file(medium)], adds=True)
    record = Photograph(photograph_id=ident, file_name=f"{ident}.jpg", video_id=None, channels="x")
    load(db, run_id=TOLD, source="registers", records=[record], adds=True)
    db.execute(
        "insert into raw.masters (run_id, photograph_id, file_name, sha256) values (?, ?, ?, ?)",
        [TOLD, ident, f"{ident}.jpg", f"hash of {ident}"],
    )
    db.execute(
        "insert into raw.picture_verdicts (run_id, platform, account_id, post_id, medium_id, sha256, verdict, "
        "photograph_id, why) values (?, 'x', '100', ?, ?, ?, 'approved', ?, '')",
        [TOLD, post_id, medium, f"posted {ident}", ident],
    )
    db.execute(
        "insert into raw.looks (sha256, register, parts, people) values (?, 'r', '[]', 'no')", [f"posted {ident}"]
    )
    keep_page(db, TOLD, f'{{"data": [{{"id": "{post_id}", "media_keys": ["{medium}"]}}]}}'.encode(), number=int(medium))
    for run_id, status in ((TOLD, "new"), (NEWEST, "gone")):
        put(db, run_id, f"case of {ident}", subject_id=medium, subject_kind="medium", status=status)
    keep_preview(db, f"case of {ident}", f"picture of {ident}")


def keep_preview(db, fingerprint, picture):
    db.execute("insert into desk.pictures values (?, 'p'::blob, 'image/webp', 1, 1)", [picture])
    db.execute(
        "insert into desk.previews (fingerprint, side, medium_id, part, picture, expires_on) "
        "values (?, 'posted', 'm', 0, ?, '2026-12-01')",
        [fingerprint, picture],
    )


@pytest.fixture
def twins(db, week):
    """Both people and both photographs, told in one run and no more in the next."""
    week(TOLD)
    declare(db, TOLD)
    week(NEWEST)
    for ident, actor in PEOPLE.items():
        add_person(db, ident, actor)
    for ident, (post_id, medium) in PICTURES.items():
        add_photograph(db, ident, post_id, medium)
    return db


KEPT = {
    "raw.people": "person_id", "raw.photographs": "photograph_id", "raw.masters": "photograph_id",
    "raw.profiles": "account_id", "raw.follows": "actor_id", "raw.comments": "actor_id", "raw.matches": "person_id",
    "raw.posts": "post_id", "raw.media": "medium_id", "raw.medium_files": "medium_id",
    "raw.picture_verdicts": "photograph_id", "raw.looks": "sha256", "desk.previews": "fingerprint",
    "desk.pictures": "picture", "outcome.exceptions": "fingerprint",
}  # fmt: skip


def left(db):
    found = {
        table: sorted({value for (value,) in db.execute(f"select {column} from {table}").fetchall()})
        for table, column in KEPT.items()
    }
    bodies = db.execute("select body from raw.pages where body is not null and request = '{}'").fetchall()
    return found | {"raw.pages": sorted(zlib.decompress(body).decode().split('"')[5] for (body,) in bodies)}


def test_every_store_has_what_is_held_however_old_it_is_and_nothing_of_the_twin(twins):
    delete_over_clock(twins, day(FAR, held=HELD), None)

    cases = ["case of P1", "case of PH-1"]
    assert left(twins) == {
        "raw.people": ["P1"], "raw.photographs": ["PH-1"], "raw.masters": ["PH-1"], "raw.profiles": ["7701"],
        "raw.follows": ["7701"], "raw.comments": ["7701"], "raw.matches": ["P1"], "raw.posts": ["70001"],
        "raw.media": ["30001"], "raw.medium_files": ["30001", "57701/picture"], "raw.picture_verdicts": ["PH-1"],
        "raw.looks": ["posted PH-1"], "desk.previews": cases, "outcome.exceptions": cases,
        "desk.pictures": ["picture of P1", "picture of PH-1"], "raw.pages": ["70001", "7701"],
    }  # fmt: skip
    assert twins.execute("select distinct evidence from outcome.exceptions").fetchall() == [
        ('{"quote": "WORDS"}',), ("{}",),
    ]  # fmt: skip
    assert delete_over_clock(twins, day(FAR, held=HELD), None) == {}


def test_what_was_held_goes_once_the_hold_has_ended(twins):
    delete_over_clock(twins, day(FAR, held=HELD), None)

    delete_over_clock(twins, day(FAR), None)

    assert {table for table, values in left(twins).items() if values} == set()


def test_what_x_shows_no_more_stays_where_it_is_held(twins):
    gone = [Unavailable(platform="x", kind="actor", subject_id=ident, reason="suspended") for ident in PEOPLE.values()]
    load(twins, run_id=NEWEST, source="x", records=gone)

    delete_over_clock(twins, day("2026-11-10", held=HELD), None)

    assert dict(twins.execute("select account_id, display_name from raw.profiles").fetchall()) == {
        "7701": "Someone", "8802": None,
    }  # fmt: skip
    assert dict(twins.execute("select actor_id, text from raw.comments").fetchall()) == {
        "7701": "Its words",
        "8802": "",
    }
    assert "7701" in left(twins)["raw.pages"]
    assert "8802" not in left(twins)["raw.pages"]


def test_a_hold_on_somebody_of_whom_no_register_is_kept_any_more_keeps_what_names_them_by_their_id(twins):
    twins.execute("delete from raw.people")

    delete_over_clock(twins, day(FAR, held=HELD), None)

    assert left(twins)["raw.matches"] == ["P1"]


def test_the_next_run_keeps_the_small_pictures_of_held_cases_that_stand_no_longer_or_whose_day_is_over(twins):
    kept = kept_cases(twins, HELD, ["case of P2"])
    again = {
        "fingerprint": "case of P1", "side": "posted", "medium_id": "m", "part": 0, "picture": None,
        "photograph_id": None, "box": None, "boxes": None, "registration": None, "shows_people": None,
        "problem": "Over.", "expires_on": date(2026, 12, 1),
    }  # fmt: skip

    replace_previews(twins, [again], [], today=date(2026, 12, 2), kept=kept)

    assert left(twins)["desk.pictures"] == ["picture of P1", "picture of P2", "picture of PH-1"]


def test_a_closed_case_that_is_challenged_stays_with_what_it_quotes_until_it_is_answered(twins):
    challenged = frozenset({"case of P2"})

    went = delete_over_clock(twins, day(FAR, challenged=challenged), None)
    quoted = twins.execute("select fingerprint, evidence from outcome.exceptions").fetchall()
    kept = left(twins)
    delete_over_clock(twins, day(FAR), None)

    assert went["outcome.exceptions", "cases"] == 6
    assert quoted == [("case of P2", '{"quote": "WORDS"}')] * 2
    assert kept["desk.previews"] == ["case of P2"]
    assert left(twins)["outcome.exceptions"] == []


def test_an_account_that_may_be_the_held_person_s_or_somebody_else_s_is_held_and_not_erased_with_them(db, week):
    week(TOLD)
    add_person(db, "P1", "7701")
    put(db, TOLD, "twins", subject_id="9903", evidence='{"roll_id": "P1, P2"}', decision="confirmed")

    assert ("x", "9903") not in resolve(db, NOTHING, person="P1").actors
    assert subject_on_hold(db, HELD).actors >= {("x", "7701"), ("x", "9903")}
