"""The archive of a backup: what is written is what is read, and whatever was done to the file meanwhile is found."""

import io
import tarfile
from datetime import UTC, date, datetime

import pytest
from pyrage import decrypt
from pyrage.x25519 import Identity

from warehouse.backup.archive import age_identity, read_archive, write_archive
from warehouse.backup.manifest import (
    CASEBOOK_ROWS,
    MANIFEST,
    BackupError,
    BackupManifest,
    files_of_school,
    manifest_json,
)
from warehouse.store.places import Places
from warehouse.store.sealing import Sealer

KEY = "k" * 43
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def manifest(files):
    return BackupManifest(
        school="hill-view", made_at=NOON, purpose="-", delete_after=date(2026, 11, 30), casebook_head="0001",
        casebook_rows={}, published={}, files=files,
    )  # fmt: skip


def test_files_are_given_back_below_the_folder_with_their_bytes_and_for_their_owner_alone(tmp_path):
    big = tmp_path / "big"
    big.write_bytes(b"0123456789" * 300_000)
    files = [(CASEBOOK_ROWS, b"{}"), ("registers/Año ten.csv", b"x\n"), ("warehouse.duckdb", big)]
    write_archive(tmp_path / "a", KEY, files, told=lambda packed: manifest_json(manifest(packed)))
    into = tmp_path / "into"
    into.mkdir()

    read, rows = read_archive(tmp_path / "a", KEY, into)

    assert (read.school, rows, read.bytes) == ("hill-view", b"{}", 3_000_004)
    assert [file.path for file in read.files] == [CASEBOOK_ROWS, "registers/Año ten.csv", "warehouse.duckdb"]
    assert (into / "registers/Año ten.csv").read_bytes() == b"x\n"
    assert (into / "warehouse.duckdb").read_bytes() == big.read_bytes()
    assert {path.stat().st_mode & 0o077 for path in [tmp_path / "a", *into.rglob("*")]} == {0}


def test_a_backup_opens_without_this_program_by_the_identity_that_age_is_given(tmp_path):
    write_archive(tmp_path / "a", KEY, [(CASEBOOK_ROWS, b"{}"), ("school.toml", b"x = 1")], told=lambda _: b"{}")

    body = decrypt((tmp_path / "a").read_bytes(), [Identity.from_str(age_identity(KEY))])

    with tarfile.open(fileobj=io.BytesIO(body)) as tar:
        assert tar.getnames() == [CASEBOOK_ROWS, "school/school.toml", MANIFEST]


def packed_by_hand(path, *members):
    body = io.BytesIO()
    with tarfile.open(fileobj=body, mode="w") as tar:
        for member, said in members:
            member.size = len(said)
            tar.addfile(member, io.BytesIO(said))
    path.write_bytes(Sealer(KEY, "backup").seal(body.getvalue()))


def link():
    member = tarfile.TarInfo("school/link")
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return member


OWN = ((tarfile.TarInfo(CASEBOOK_ROWS), b"{}"),)
LISTED = (*OWN, (tarfile.TarInfo(MANIFEST), manifest_json(manifest(()))))
ODD = {
    "a way out of the folder": ([(tarfile.TarInfo("school/../out"), b"x")], "something that no backup holds"),
    "a place of its own": ([(tarfile.TarInfo("/etc/out"), b"x")], "something that no backup holds"),
    "a link": ([(link(), b"")], "something that no backup holds"),
    "no manifest": (OWN, "something that no backup holds"),
    "a manifest of another kind": ([*OWN, (tarfile.TarInfo(MANIFEST), b"{}")], "made by another release"),
    "a file that is not listed": ([*LISTED, (tarfile.TarInfo("school/more"), b"x")], "does not hold the files"),
}


@pytest.mark.parametrize("what", ODD)
def test_an_archive_that_holds_something_else_is_refused_and_writes_nowhere_else(tmp_path, what):
    members, says = ODD[what]
    packed_by_hand(tmp_path / "a", *members)
    into = tmp_path / "into" / "school"
    into.mkdir(parents=True)

    with pytest.raises(BackupError, match=says):
        read_archive(tmp_path / "a", KEY, into)
    assert [path.name for path in into.parent.iterdir()] == ["school"]


def test_a_school_s_files_are_all_but_keys_locks_and_left_overs_and_links_are_followed_once(tmp_path):
    places = Places(tmp_path / "home", "hill-view")
    (places.folder / "registers").mkdir(parents=True)
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "m.jpg").write_bytes(b"x")
    for name in (
        "school.toml", "registers/pupils.csv", "warehouse.duckdb", "warehouse.duckdb.wal", "published.duckdb",
        "credentials.toml", "run.lock", "started.lock", "run.part", "published.new", "registers/.pupils.csv.1.new",
    ):  # fmt: skip
        (places.folder / name).touch()
    (places.folder / "photographs").symlink_to(tmp_path / "share")
    (tmp_path / "share" / "round").symlink_to(places.folder)
    (places.folder / "gone.csv").symlink_to(tmp_path / "nowhere")

    assert files_of_school(places) == [
        "photographs/m.jpg", "published.duckdb", "registers/pupils.csv", "school.toml", "warehouse.duckdb",
        "warehouse.duckdb.wal",
    ]  # fmt: skip
