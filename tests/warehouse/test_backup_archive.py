"""The archive of a backup: what is written is what is read, and whatever was done to the file meanwhile is found."""

import io
import tarfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.backup.archive import read_archive, write_archive
from warehouse.backup.contents import files_of_school
from warehouse.backup.manifest import CASEBOOK_ROWS, MANIFEST, BackupManifest, manifest_json
from warehouse.backup.sealed_stream import BackupError, SealedReader, SealedWriter
from warehouse.places import Places

KEY, SALT = "k" * 43, bytes(range(32))
PIECE = (1 << 20) + 16
HEAD = 22 + 32 + 16
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def sealed(*parts, key=KEY):
    file = io.BytesIO()
    writer = SealedWriter(file, key, SALT)
    for part in parts:
        writer.write(part)
    writer.close()
    return file.getvalue()


def opened(body, *, key=KEY, size=-1):
    reader = SealedReader(io.BytesIO(body), key, "a.backup")
    parts = []
    while part := reader.read(size):
        parts.append(part)
    return b"".join(parts)


@settings(max_examples=30)
@given(st.lists(st.integers(0, 1 << 20), max_size=4), st.sampled_from([-1, 1 << 19, 512_000]))
def test_what_was_written_in_any_parts_is_read_in_any_parts(lengths, size):
    parts = [bytes([number]) * length for number, length in enumerate(lengths)]

    assert opened(sealed(*parts), size=size) == b"".join(parts)


CHANGED = {
    "the last piece taken off": lambda body: body[: HEAD + 2 * PIECE],
    "all pieces taken off": lambda body: body[:HEAD],
    "a piece taken out": lambda body: body[:HEAD] + body[HEAD + PIECE :],
    "two pieces changed places": lambda body: (
        body[:HEAD] + body[HEAD + PIECE : HEAD + 2 * PIECE] + body[HEAD : HEAD + PIECE] + body[HEAD + 2 * PIECE :]
    ),
    "something put behind": lambda body: body + b"x",
    "a bit turned": lambda body: body[:-40] + bytes([body[-40] ^ 1]) + body[-39:],
    "the end of another file of this key": lambda body: body[: HEAD + 2 * PIECE] + sealed(b"x" * 40)[HEAD:],
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_file_that_was_cut_or_changed_is_not_read_to_its_end(what):
    body = sealed(b"a" * (5 << 19), b"b" * 99)

    with pytest.raises(BackupError, match=r"^a\.backup was cut or changed since it was made"):
        opened(CHANGED[what](body))


def test_another_key_and_another_file_are_told_apart():
    with pytest.raises(BackupError, match=r"The key does not open a\.backup"):
        opened(sealed(b"a"), key="o" * 43)
    for body in (b"", b"PK\x03\x04", sealed(b"a")[:50]):
        with pytest.raises(BackupError, match="is no backup that this program made"):
            opened(body)


def test_two_files_of_the_same_words_have_nothing_in_common_but_their_beginning():
    other = io.BytesIO()
    writer = SealedWriter(other, KEY, SALT[::-1])
    writer.write(b"a" * 99)
    writer.close()

    assert sealed(b"a" * 99)[22:] != other.getvalue()[22:]
    assert b"aaaa" not in other.getvalue()


def manifest(files):
    return BackupManifest(
        school="hill-view", made_at=NOON, purpose="-", delete_after=date(2026, 11, 30), casebook_head="0001",
        casebook_rows={}, published={}, files=files,
    )  # fmt: skip


def test_files_are_given_back_below_the_folder_with_their_bytes_and_for_their_owner_alone(tmp_path):
    big = tmp_path / "big"
    big.write_bytes(b"0123456789" * 300_000)
    files = [(CASEBOOK_ROWS, b"{}"), ("registers/Año ten.csv", b"x\n"), ("warehouse.duckdb", big)]
    write_archive(tmp_path / "a", KEY, SALT, files, told=lambda packed: manifest_json(manifest(packed)))
    into = tmp_path / "into"
    into.mkdir()

    read, rows = read_archive(tmp_path / "a", KEY, into)

    assert (read.school, rows, read.bytes) == ("hill-view", b"{}", 3_000_004)
    assert [file.path for file in read.files] == [CASEBOOK_ROWS, "registers/Año ten.csv", "warehouse.duckdb"]
    assert (into / "registers/Año ten.csv").read_bytes() == b"x\n"
    assert (into / "warehouse.duckdb").read_bytes() == big.read_bytes()
    assert {path.stat().st_mode & 0o077 for path in [tmp_path / "a", *into.rglob("*")]} == {0}


def packed_by_hand(path, *members):
    with path.open("wb") as file:
        writer = SealedWriter(file, KEY, SALT)
        body = io.BytesIO()
        with tarfile.open(fileobj=body, mode="w") as tar:
            for member, said in members:
                member.size = len(said)
                tar.addfile(member, io.BytesIO(said))
        writer.write(body.getvalue())
        writer.close()


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
