"""A scan is kept and read back as it was, and is made anew only when another could tell more."""

from dataclasses import replace

import pytest

from engines.pictures import scans
from engines.pictures.album import ScannedPicture
from engines.pictures.features.face_detection import FaceSummary
from engines.pictures.model import PicturePart
from engines.pictures.scans import (
    MasterSet,
    PictureScan,
    edition,
    own_files,
    row_of_scan,
    scan_key,
    scan_of_row,
    what_it_does,
    with_lost_masters,
)

APPROVED = PicturePart(
    "approved", master_id="a#0001", new_area=((1, 2, 3, 4),), where=(5, 6, 7, 8), transform=("crop",)
)
UNKNOWN_PART = PicturePart("unapproved", why="No approved photograph is found in it.")
OTHERS = MasterSet.of(["a", "b"], ["b"], people=True)


def scan(*parts: PicturePart, register: str = "") -> PictureScan:
    return PictureScan(register or f"{edition()}:earlier", ScannedPicture(parts, FaceSummary("no"), "00ff"), True)


def test_a_scan_is_read_back_as_it_was_kept() -> None:
    kept = scan(APPROVED, UNKNOWN_PART)

    assert scan_of_row(row_of_scan("a", kept)) == kept


def test_the_mark_follows_the_files_that_are_there_and_whether_people_are_looked_for() -> None:
    marks = {
        MasterSet.of(["a", "b"], workspace, people=people).mark for workspace in (["a"], ["b"]) for people in (0, 1)
    }

    assert len(marks) == 4
    assert OTHERS.mark == MasterSet.of(["b"], ["b"], people=True).mark


@pytest.mark.parametrize(
    ("kept", "tells_all"),
    [
        (scan(UNKNOWN_PART, register=OTHERS.mark), True),  # beside these very masters
        (scan(APPROVED), True),  # all of it was approved, by a master that is known
        (scan(APPROVED, UNKNOWN_PART), False),
        (scan(replace(APPROVED, master_id="c")), False),
        (scan(APPROVED, register="another edition:earlier"), False),
        (replace(scan(APPROVED), picture=ScannedPicture((APPROVED,))), False),  # nobody looked for people
        (replace(scan(UNKNOWN_PART, register=OTHERS.mark), picture=ScannedPicture((), is_final=False)), False),
    ],
)
def test_a_picture_is_scanned_again_only_where_that_could_tell_more(kept: PictureScan, tells_all: bool) -> None:
    assert kept.tells_all(OTHERS, people=True) is tells_all


def test_a_part_whose_master_is_lost_is_kept_and_takes_the_place_of_an_unknown_one() -> None:
    assert with_lost_masters((APPROVED,), (UNKNOWN_PART,), OTHERS) == (APPROVED,)
    assert with_lost_masters((APPROVED, UNKNOWN_PART), (UNKNOWN_PART,), OTHERS) == (APPROVED, UNKNOWN_PART)
    assert with_lost_masters((), (UNKNOWN_PART,), OTHERS) == (UNKNOWN_PART,)


def test_what_others_posted_is_kept_apart() -> None:
    assert scan_key("a", is_ours=True) != scan_key("a", is_ours=False)
    assert scan_key(None, is_ours=False) is None


def test_the_edition_covers_the_files_of_every_folder() -> None:
    names = {name for name, _ in own_files()}

    assert {"recognition.py", "comparison/regions.py", "comparison/change_classifier.toml"} <= names


def test_an_edition_that_judges_alike_is_carried_over_by_an_upgrade(monkeypatch: pytest.MonkeyPatch) -> None:
    beside_these = OTHERS.mark.partition(":")[2]
    by_the_one_before = [scan(APPROVED, register="0123:earlier"), scan(UNKNOWN_PART, register=f"0123:{beside_these}")]
    assert [kept.tells_all(OTHERS, people=True) for kept in by_the_one_before] == [False, False]

    monkeypatch.setattr(scans, "ALIKE", frozenset({"0123"}))

    assert [kept.tells_all(OTHERS, people=True) for kept in by_the_one_before] == [True, True]


def test_words_about_the_code_make_no_other_edition_and_a_bound_does() -> None:
    code = '"""Words."""\nBOUND = 2  # pixels\n\ndef look():\n    """More words."""\n    return BOUND\n'

    said_otherwise = code.replace("Words", "Other words").replace("# pixels", "# of the side")
    assert what_it_does(said_otherwise, "look.py") == what_it_does(code, "look.py")
    assert what_it_does(code.replace("2", "3"), "look.py") != what_it_does(code, "look.py")
    assert "verdicts/approvals.py" not in {name for name, _ in own_files()}
