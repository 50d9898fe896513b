"""The files of `audit words`: texts in, a row for each family of words out, as CSV; neither is held in memory whole."""

import csv
import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO, cast

from engines.words import FAMILIES, TextFamily, TextKind
from flows.home.csv_files import CsvRow, Warn, read_csv
from flows.home.settings import ConfigurationError

COLUMNS = ("id", "text", "kind")
NEEDED = ("id", "text")
OUT = ("id", "family", "score", "start", "end", "why")
_SPOKE = {"rule": "A rule", "score": "The learned score alone", "both": "A rule and the learned score"}
_MAY_BE = "May be; a person should read it. "


@dataclass(frozen=True, slots=True)
class GivenText:
    """One text of the file."""

    text_id: str
    text: str
    kind: TextKind


def known_kind(kind: str, *, where: str) -> TextKind:
    """Return a kind of text by its name; ConfigurationError with the kinds there are for any other."""
    if kind not in FAMILIES:
        raise ConfigurationError(f"{where} is none of the kinds of text: {', '.join(FAMILIES)}.")
    return kind


def read_given_texts(path: Path, kind: TextKind, warn: Warn) -> Iterator[GivenText]:
    """Yield the texts of a file, a row's own kind before `kind`; ids must be there, and no id twice."""
    ids: set[str] = set()
    for row in read_csv(path, COLUMNS, NEEDED, warn):
        given = _text(path, row, kind)
        if given.text_id in ids:
            raise ConfigurationError(f"{path.name}, line {row.line}: this id stands further up too; give each its own.")
        ids.add(given.text_id)
        yield given
    if not ids:
        raise ConfigurationError(f"{path.name} has no text below its first line, so nothing was read.")


def _text(path: Path, row: CsvRow, kind: TextKind) -> GivenText:
    text_id, own = row.cells["id"].strip(), row.cells.get("kind", "").strip().casefold()
    if not text_id:
        raise ConfigurationError(f"{path.name}, line {row.line} has no id; give each text its own.")
    of_row = known_kind(own, where=f"{path.name}, line {row.line}: {own[:20]!r}") if own else kind
    return GivenText(text_id, row.cells["text"], of_row)


def ensure_other_file(texts: Path, out: Path) -> None:
    """Raise ConfigurationError where the answer would be written over the texts, or there is no folder for it."""
    if out.exists() and texts.exists() and out.samefile(texts):
        raise ConfigurationError("--out is the file of the texts itself; name another, so that no text is lost.")
    if out.is_dir():
        raise ConfigurationError(f"{out} is a folder; name a file for --out.")
    if not out.parent.is_dir():
        raise ConfigurationError(f"There is no folder {out.parent}; make it, or name another for --out.")


def write_families(path: Path, readings: Iterable[tuple[GivenText, Sequence[TextFamily]]], *, listed_only: bool) -> int:
    """Write a row for each family of each text and return how many; a file that was there stays until all is written.

    Raises ConfigurationError where the file cannot be written.
    """
    try:
        with _in_place_of(path) as file:
            writer, rows = csv.writer(file, lineterminator="\n"), 0
            writer.writerow(OUT)
            for given, families in readings:
                listed = [_row(given, family) for family in families if family.is_listed or not listed_only]
                writer.writerows(listed)
                rows += len(listed)
            return rows
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}.") from error


@contextmanager
def _in_place_of(path: Path) -> Iterator[TextIO]:
    """Give a file to write that takes the place of `path` once it is whole."""
    if path.is_relative_to("/dev") or (path.exists() and not path.is_file()):  # nothing can be put in its place
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.resolve().parent, prefix=".", delete=False
    ) as file:
        try:
            yield cast("TextIO", file)
            file.close()
            Path(file.name).replace(path.resolve())
        except BaseException:
            file.close()
            Path(file.name).unlink()
            raise


def _row(given: GivenText, family: TextFamily) -> tuple[str | int, ...]:
    start, end = family.span
    why = f"{'' if family.is_listed else _MAY_BE}{_SPOKE[family.basis]}: {family.why}"
    return given.text_id, family.family, f"{family.score:.4f}", start, end, why
