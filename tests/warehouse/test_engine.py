"""What writes the encrypted files: DuckDB's own extension, whose signature is verified once in a process."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.house.test_house import sources
from warehouse.store.open import attach, engine, extension_file

KEY = "a-key-of-the-right-length-0123456789"


@pytest.fixture
def extension(tmp_path: Path) -> Path:
    return Path(shutil.copy(extension_file(), tmp_path / "httpfs.duckdb_extension"))


def tampered(extension: Path) -> bytes:
    body = bytearray(extension.read_bytes())
    body[len(body) // 2] ^= 1
    return bytes(body)


def mapped(extension: Path) -> set[str]:
    """Return the files from which this process has code of the extension, as the kernel names them."""
    lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    return {line.split(maxsplit=5)[5] for line in lines if str(extension) in line}


def test_an_extension_that_is_not_as_its_makers_signed_it_is_never_run(extension):
    extension.write_bytes(tampered(extension))

    with engine(str(extension)):  # made with the package's own instead
        assert mapped(extension) == set()


def test_no_engine_loads_what_nobody_signed_nor_can_be_told_to(extension):
    unsigned = extension.with_name("unsigned.duckdb_extension")
    unsigned.write_bytes(tampered(extension))
    first, later = engine(), engine()

    for db in (first, later):
        with pytest.raises(duckdb.Error, match="signature"):
            db.execute(f"load '{unsigned}'")
        with pytest.raises(duckdb.Error, match="allow_unsigned_extensions"):
            db.execute("set allow_unsigned_extensions = true")


def test_a_file_put_in_the_place_of_the_verified_one_is_never_run(extension, tmp_path):
    engine(str(extension))
    other = tmp_path / "other"
    other.write_bytes(tampered(extension))
    other.replace(extension)

    with engine(str(extension)) as db:
        attach(db, tmp_path / "kept.duckdb", KEY, name="kept")

    assert mapped(extension) == {f"{extension} (deleted)"}


def test_an_engine_whose_file_has_gone_since_is_made_like_the_first(extension, tmp_path):
    engine(str(extension))
    extension.unlink()

    with engine(str(extension)) as db:
        attach(db, tmp_path / "kept.duckdb", KEY, name="kept")


def test_a_folder_with_an_apostrophe_in_its_name_holds_the_extension_too(extension):
    folder = extension.with_name("the head's")
    folder.mkdir()
    there = extension.rename(folder / extension.name)

    for _ in range(2):
        with engine(str(there)):
            assert mapped(there) == {str(there)}


def test_a_home_that_cannot_hold_the_extension_is_told_in_a_sentence(tmp_path):
    (tmp_path / ".duckdb").write_text("where DuckDB would make a folder")
    said = subprocess.run(
        [sys.executable, "-c", "from warehouse.store.open import engine; engine()"],
        env=os.environ | {"HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert said.returncode == 1
    assert said.stderr.splitlines()[-1].startswith(
        "warehouse.store.open.WarehouseError: The database's extension cannot be"
    )


def test_a_picture_is_read_without_unpacking_those_before_it(tmp_path: Path) -> None:
    with engine() as db:
        attach(db, tmp_path / "kept.duckdb", KEY, name="kept")
        db.execute(
            "create table kept.pictures as select repeat('picture ' || i, 5000)::blob as body from range(99) t(i)"
        )
        db.execute("checkpoint kept")
        kinds = db.execute("select distinct compression from pragma_storage_info('kept.pictures') where segment_id = 0")

        assert "ZSTD" not in {kind for (kind,) in kinds.fetchall()}


_BINDS = """
import sys
from warehouse.store.open import engine
db = engine()
print(db.execute("select ?, len(?), ?", ["one", [1, 2], None]).pl().rows(), "pandas" in sys.modules)
{more}
"""


def test_binding_a_value_imports_no_pandas() -> None:
    assert _said(_BINDS.format(more="")) == ["[('one', 2, None)] False"]


@pytest.mark.parametrize(
    ("more", "answer"),
    [
        ("from warehouse.quality.expectations import great_expectations; print(great_expectations().__name__)",
         "great_expectations"),
        ("print(db.sql('select 1 as one').df().to_dict('list'))", "{'one': [1]}"),
        ("print(db.sql('from (values (1, current_date), (null, null))').df().isna().sum().to_list())", "[1, 1]"),
        ("import pandas; print(db.execute('select ?, ?', [pandas.NaT, pandas.NA]).fetchall())", "[(None, None)]"),
        ("import pandas; frame = pandas.DataFrame({'one': [1]}); print(db.sql('from frame').fetchall())", "[(1,)]"),
        ("import pyarrow; print(pyarrow.array(['one']).to_pandas().to_list())", "['one']"),
        ("import polars; print(polars.Series(['one']).to_pandas().to_list())", "['one']"),
    ],
)  # fmt: skip
def test_pandas_is_there_for_all_that_asks_for_it(more: str, answer: str) -> None:
    assert _said(_BINDS.format(more=more))[1:] == [answer]


_FRAMES = """
import sys
from warehouse.runs.match_store import _rows
from warehouse.store.open import engine
db = engine()
print(_rows(db, "select $a as a, date '2026-11-02' as d, [{'k': 1.5}] as l, 'x'::blob as b", a="one"))
print(_rows(db, "select timestamptz '2026-11-02 06:00:00+00' as t")[0]["t"].isoformat())
print("pyarrow" in sys.modules)
"""


def test_rows_come_as_frames_without_pyarrow_and_with_the_types_that_it_gives() -> None:
    first, second, has_pyarrow = _said(_FRAMES)

    assert first == "[{'a': 'one', 'd': datetime.date(2026, 11, 2), 'l': [{'k': Decimal('1.5')}], 'b': b'x'}]"
    assert second == "2026-11-02T06:00:00+00:00"
    assert has_pyarrow == "False"


def test_no_frame_is_asked_for_by_way_of_pyarrow() -> None:
    asks = re.compile(r"\.(pl|arrow|fetch_arrow\w*|to_arrow\w*)\(\)")
    assert [path.name for path in sources() if asks.search(path.read_text(encoding="utf-8"))] == []


def _said(script: str) -> list[str]:
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert not made.returncode, made.stderr
    return made.stdout.splitlines()
