"""A folder of posted pictures compared with one of approved pictures, and a picture asked about before it is posted."""

import csv
import hashlib
import io
import struct
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from engines.pictures.album import open_album
from engines.pictures.decoding import Opener
from engines.pictures.verdicts.approvals import Approval
from engines.pictures.verdicts.channel_verdicts import Day
from flows.home.key_files import write_key
from flows.home.settings import ConfigurationError
from flows.trial.pictures import COLUMNS, approvals_by_file, check, compare
from tests.engines.pictures.scenes import collage, scene
from tests.flows import village
from tests.flows.calling import audit

MONDAY = date(2026, 11, 2)


APPROVAL = Approval(photograph_id="P-001", channels="x;website", consent="given")


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    for name in ("approved", "posted"):
        (tmp_path / name).mkdir()
    for seed in (1, 2):
        Image.fromarray(scene(seed)).save(tmp_path / "approved" / f"master{seed}.png")
    Image.fromarray(scene(1)[60:540, 80:720]).save(tmp_path / "posted" / "cropped.jpg", quality=70)
    Image.fromarray(scene(9)).save(tmp_path / "posted" / "stranger.jpg", quality=70)
    Image.fromarray(collage([scene(1), scene(2), scene(1), scene(2)])).save(tmp_path / "posted" / "collage.jpg")
    (tmp_path / "posted" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    return tmp_path


def test_every_posted_file_has_a_row_for_each_match(folders: Path) -> None:
    out = folders / "matches.csv"

    assert compare(folders / "approved", folders / "posted", out, people=False) == 4

    with out.open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    assert tuple(rows[0]) == COLUMNS
    said = {(row["posted_file"], row["approved_file"], row["verdict"]) for row in rows}
    assert ("cropped.jpg", "master1.png", "approved") in said
    assert ("stranger.jpg", "", "unapproved") in said
    assert ("broken.jpg", "", "unreadable") in said
    assert {name for file, name, _ in said if file == "collage.jpg"} >= {"master1.png", "master2.png"}
    assert {row["people"] for row in rows} == {"unknown"}


def broken_files() -> dict[str, bytes]:
    """Return twenty files that somebody may take for pictures, by name."""
    drawn = Image.fromarray(scene(3, 400, 300))
    whole = {form: saved(drawn, form) for form in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "PDF")}
    bomb = struct.pack(">I", 13) + b"IHDR" + struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    return {
        "empty.jpg": b"",
        "one-byte.png": b"\x89",
        "zeros.jpg": bytes(5000),
        "half.jpg": whole["JPEG"][: len(whole["JPEG"]) // 2],
        "head.jpg": whole["JPEG"][:200],
        "half.png": whole["PNG"][: len(whole["PNG"]) // 2],
        "half.gif": whole["GIF"][:900],
        "half.webp": whole["WEBP"][:900],
        "words.jpg": b"This is no picture.",
        "page.jpg": b"<!doctype html><html><body>404</body></html>",
        "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "scan.pdf": whole["PDF"],
        "scan.tif": whole["TIFF"],
        "paint.bmp": whole["BMP"],
        "letter.docx": b"PK\x03\x04" + bytes(200),
        "bomb.png": b"\x89PNG\r\n\x1a\n" + bomb + struct.pack(">I", zlib.crc32(bomb[4:])),
        "film.mp4": b"\0\0\0\x18ftypmp42" + bytes(500),
        "changed.jpg": whole["JPEG"][:300] + bytes(range(256)) * 20,
        "too-large.jpg": whole["JPEG"] + bytes(41_000_000),
        "nameless": b"\xff\xd8\xff",
    }


def saved(drawn: Image.Image, form: str) -> bytes:
    body = io.BytesIO()
    drawn.save(body, form)
    return body.getvalue()


def test_twenty_broken_files_are_told_in_one_sentence_each_and_approve_nothing(tmp_path: Path) -> None:
    files = broken_files()
    for folder in ("approved", "posted"):
        (tmp_path / folder).mkdir()
        for name, body in files.items():
            (tmp_path / folder / name).write_bytes(body)
    Image.fromarray(scene(1)).save(tmp_path / "approved" / "sound.png")
    out = tmp_path / "matches.csv"

    given = ("--approved", str(tmp_path / "approved"), "--posted", str(tmp_path / "posted"), "--out", str(out))
    said = audit("pictures", *given, "--no-people")

    assert len(files) == 20
    assert said.code == 0, said.err
    words = " ".join(said.out.split())
    for name in files:
        for sentence in (f"The approved file {name} approves nothing. ", f"The posted file {name} cannot be judged. "):
            before, _, after = words.partition(sentence)
            assert after.startswith(
                ("The file is no picture", "The picture's file is broken", "The picture is too large")
            ), name
            assert sentence not in before + after, name
    with out.open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    assert sorted(row["posted_file"] for row in rows) == sorted(files)
    assert {row["verdict"] for row in rows} == {"unreadable"}
    assert "Traceback" not in said.out + said.err


@pytest.mark.parametrize(
    ("approved", "posted", "out", "words"),
    [
        ("none", "some", "o.csv", "There is no folder"),
        ("some", "none", "o.csv", "There is no folder"),
        ("empty", "some", "o.csv", "There is no picture in"),
        ("some", "empty", "o.csv", "There is no picture in"),
        ("some", "some", ".", "The rows cannot be written to"),
        ("some", "some", "none/o.csv", "The rows cannot be written to"),
    ],
)
def test_folders_with_nothing_to_compare_are_wrong_use(
    tmp_path: Path, approved: str, posted: str, out: str, words: str
) -> None:
    (tmp_path / "some").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "some" / "a.jpg").write_bytes(b"no picture")
    places = {"--approved": approved, "--posted": posted, "--out": out}

    said = audit("pictures", *(word for option, name in places.items() for word in (option, str(tmp_path / name))))

    assert said.code == 2
    assert words in " ".join(said.err.split())


def test_what_a_run_kept_of_a_master_is_not_made_anew(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = (folders / "approved" / "master1.png").read_bytes()
    with Opener() as opener:
        made = open_album(["a"], lambda _: body, opener, people=False).register.masters[0].features
    kept = {hashlib.sha256(body).hexdigest(): made.to_bytes()}
    monkeypatch.setattr("engines.pictures.album.master_features", lambda *_, **__: pytest.fail("made anew"))
    cropped = folders / "posted" / "cropped.jpg"
    rows = approvals_by_file([("master1.png", APPROVAL)])

    answers = check([cropped], folders / "approved", rows, Day(MONDAY), people=False, kept=kept)

    assert answers[cropped].channels == ("x", "website")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="There is no folder"):
        compare(tmp_path / "none", tmp_path, tmp_path / "out.csv")


def test_a_picture_may_go_up_where_its_approval_stands(folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = approvals_by_file([("master1.png", APPROVAL), (None, APPROVAL)])
    cropped, stranger = folders / "posted" / "cropped.jpg", folders / "posted" / "stranger.jpg"

    answers = check([cropped, stranger], folders / "approved", rows, Day(MONDAY), people=True)

    assert answers[cropped].channels == ("x", "website")
    assert answers[cropped].refused["youtube"] == "Approved for X and the website only."
    assert answers[stranger].channels == ()
    assert "No approved photograph is found in it." in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (replace(APPROVAL, consent="withdrawn"), "The consent for photograph P-001 has been refused or withdrawn."),
        (replace(APPROVAL, expires_on=date(2026, 9, 1)), "The approval of photograph P-001 ran out on 2026-09-01."),
    ],
)
def test_an_approval_that_fell_away_keeps_a_picture_down(folders: Path, row: Approval, why: str) -> None:
    cropped = folders / "posted" / "cropped.jpg"

    answers = check([cropped], folders / "approved", {"master1.png": [row]}, Day(MONDAY), people=True)

    assert answers[cropped].channels == ()
    assert {answers[cropped].refused[channel] for channel in ("x", "website")} == {why}


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="There is no file"):
        check([tmp_path / "none.jpg"], tmp_path, {}, Day(MONDAY), people=True)


def test_a_school_asks_before_it_posts_and_learns_where_and_why_not(tmp_path: Path) -> None:
    village.write_home(tmp_path)
    write_key(tmp_path / "keys" / f"{village.SCHOOL}.key")
    register = tmp_path / village.SCHOOL / "registers" / "photographs.csv"
    register.write_text("photograph_id,file_name,channels\nM1,m1.jpg,x\n")
    for name, seed in (("again.jpg", 1), ("other.jpg", 7)):
        (tmp_path / name).write_bytes(village.drawn(seed))
    home = {"AUDIT_HOME": str(tmp_path)}
    again, other = str(tmp_path / "again.jpg"), str(tmp_path / "other.jpg")

    both = audit("pictures", "check", village.SCHOOL, again, other, **home)
    there = audit("pictures", "check", village.SCHOOL, again, "--channel", "x", **home)
    elsewhere = audit("pictures", "check", village.SCHOOL, again, "--channel", "youtube", **home)
    nowhere = audit("pictures", "check", village.SCHOOL, again, "--channel", "radio", **home)
    lost = audit("pictures", "check", village.SCHOOL, str(tmp_path / "lost.jpg"), **home)

    assert (both.code, there.code, elsewhere.code, nowhere.code, lost.code) == (1, 0, 1, 2, 2)
    assert "again.jpg: may go up on X." in both.out
    assert "again.jpg: not on YouTube or the website. Approved for X only." in both.out
    assert "other.jpg: not on X" in both.out
    assert "Choose one of: x, youtube, website." in nowhere.err


def test_a_school_without_a_register_of_photographs_approves_nothing(tmp_path: Path) -> None:
    settings = village.write_home(tmp_path) / "school.toml"
    settings.write_text(settings.read_text().replace('photographs = "photographs.csv"\n', ""))

    said = audit("pictures", "check", village.SCHOOL, "a.jpg", AUDIT_HOME=str(tmp_path))

    assert said.code == 2
    assert "names no photographs register" in said.err
