"""`audit words`: what texts seem to say, family by family. A CSV file in, one out; no warehouse or network needed."""

import csv
import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, TextIO, cast

import typer
from rich.progress import track

from engines.words import FAMILIES, TextFamily, TextKind, read_texts
from flows.home.arguments import Day
from flows.home.csv_files import CsvRow, Warn, read_csv
from flows.home.settings import ConfigurationError, from_environment

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
    """Write a row for each family of each text, whole or not at all, and return how many; ConfigurationError if not."""
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


BATCH_TEXTS = 2_000
BATCH_LETTERS = 2_000_000


def words(
    _context: typer.Context,
    *,
    texts: Annotated[Path | None, typer.Option(help="A CSV file of texts: id, text and, if you like, kind.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where what was found goes, as CSV.")] = None,
    kind: Annotated[str, typer.Option(help="What the texts are: post, comment or bio; a row's own goes first.")] = (
        "comment"
    ),
    as_of: Day = None,
    listed_only: Annotated[bool, typer.Option("--listed-only", help="Leave out what only may be so.")] = False,
) -> None:
    """Say which families of words each text of a file seems to hold: a file in, a file out; no network."""
    if texts is None or out is None:
        raise ConfigurationError("Name --texts and --out.")
    _read_file(texts, out, kind=kind, as_of=(as_of or from_environment().clock()).date(), listed_only=listed_only)


def _read_file(texts: Path, out: Path, *, kind: str, as_of: date, listed_only: bool) -> None:
    """Read the texts of a file, in batches, and write a row for each family found."""
    default = known_kind(kind, where=f"--kind {kind}")
    ensure_other_file(texts, out)
    counts: list[int] = []

    def readings() -> Iterator[tuple[GivenText, tuple[TextFamily, ...]]]:
        given = batches(read_given_texts(texts, default, lambda sentence: typer.echo(sentence, err=True)))
        for batch in track(given, "Reading", disable=not sys.stderr.isatty(), transient=True):
            counts.append(len(batch))
            yield from zip(batch, _families(batch, as_of), strict=True)

    rows = write_families(out, readings(), listed_only=listed_only)
    typer.echo(f"{sum(counts):,} texts read: {rows:,} rows in {out}.", err=out.is_relative_to("/dev"))


def batches(given: Iterator[GivenText]) -> Iterator[Sequence[GivenText]]:
    """Yield the texts in order, so many at once that reading them is quick and keeping them takes little memory."""
    batch: list[GivenText] = []
    letters = 0
    for text in given:
        batch.append(text)
        letters += len(text.text)
        if len(batch) == BATCH_TEXTS or letters >= BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def _families(batch: Sequence[GivenText], as_of: date) -> list[tuple[TextFamily, ...]]:
    """Return the families of each text in order; those of one kind are read at once."""
    families: list[tuple[TextFamily, ...]] = [()] * len(batch)
    for kind in dict.fromkeys(given.kind for given in batch):
        places = [place for place, given in enumerate(batch) if given.kind == kind]
        read = read_texts([batch[place].text for place in places], kind, as_of=as_of)
        for place, of_text in zip(places, read, strict=True):
            families[place] = of_text
    return families
