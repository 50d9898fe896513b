"""`audit snapshot`: an encrypted copy of what is published, to hand over, with its purpose and its last day, logged."""

import secrets
from pathlib import Path

import typer

from dashboards.ask.purpose import in_words
from flows.context import open_context
from flows.new_file import write_new_file
from flows.os_user import os_user
from flows.own_casebook import own_casebook
from flows.reasons import reason_of
from flows.settings import ConfigurationError, from_environment
from policies.dates import long_date
from policies.errors import UserError
from warehouse.snapshot import take


def snapshot(school_id: str, *, out: Path, purpose: str, key_file: Path | None) -> None:
    """Log who takes a snapshot and why, write it, and show its key once or put it into a new file."""
    said = in_words(purpose)
    if out.suffix != ".duckdb":
        raise ConfigurationError(f"Give it a name that ends in .duckdb, such as {out.with_suffix('.duckdb')}.")
    if not out.parent.is_dir():
        raise ConfigurationError(f"There is no folder {out.parent}. Make it first.")
    if key_file is not None and key_file.exists():
        raise ConfigurationError(f"{key_file} is there already, and is never overwritten. Choose another name.")
    context = open_context(from_environment(), school_id, None)
    reason_of(context, said, option="purpose", what="what it is for")
    key = secrets.token_urlsafe(48)
    with own_casebook(context) as book:
        asked = f"audit snapshot {school_id}"
        number = book.log_query(by_user=os_user(), purpose=said, sql=asked, at=context.now())
        try:
            taken = take(context.places.published, context.key, out, key, today=context.today(), purpose=said)
            if key_file is not None:
                write_snapshot_key(key_file, key, out)
        except UserError as error:
            book.close_query(number, rows=None, problem=f"No snapshot was made ({type(error).__name__}).")
            raise
        book.close_query(number, rows=taken.rows, problem=None)
    typer.echo(f"{out}: {taken.rows:,} rows. Delete it, and every copy of it, by {long_date(taken.delete_after)}.")
    typer.echo(f"Its key is in {key_file}." if key_file else f"Its key, which is not shown again: {key}")


def write_snapshot_key(path: Path, key: str, snapshot: Path) -> None:
    """Write the key last, so that whatever is left before it is a file that nobody can open.

    Where it cannot be written, neither it nor the snapshot is left, and ConfigurationError says so.
    """
    try:
        write_new_file(path, f"{key}\n".encode("ascii"))
    except OSError as error:
        snapshot.unlink(missing_ok=True)
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}. No snapshot was made.") from error
