"""`audit words`: what texts seem to say, family by family. A CSV file in, one out; no warehouse or network needed."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from engines.words import TextFamily, read_texts
from flows.home.arguments import Day
from flows.home.settings import ConfigurationError, from_environment
from flows.trial.words_files import GivenText, ensure_other_file, known_kind, read_given_texts, write_families

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
