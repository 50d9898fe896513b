"""`audit snapshot`: an encrypted copy of what is published, to hand over, with its purpose and its last day, logged."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from dashboards.ask.reasons import checked_purpose
from flows.home.arguments import School
from flows.home.context import open_context
from flows.home.settings import ConfigurationError, from_environment
from flows.privacy.own_casebook import logged, own_casebook
from flows.registers.reasons import reason_of
from policies.dates import long_date
from warehouse.runs.snapshot import take
from warehouse.store.private_files import write_new_file


def snapshot(
    school_id: School,
    *,
    out: Annotated[Path, typer.Option(help="A new file whose name ends in .duckdb.")],
    purpose: Annotated[str, typer.Option(help="What it is for; it is logged, and stands in the snapshot.")],
    key_file: Annotated[Path | None, typer.Option(help="A new file for its key; without it, shown once.")] = None,
) -> None:
    """Write an encrypted copy of what is published, without pictures, with the day by which it must be deleted."""
    said = checked_purpose(purpose)
    if out.suffix != ".duckdb":
        raise ConfigurationError(f"Give it a name that ends in .duckdb, such as {out.with_suffix('.duckdb')}.")
    if not out.parent.is_dir():
        raise ConfigurationError(f"There is no folder {out.parent}. Make it first.")
    if key_file is not None and key_file.exists():
        raise ConfigurationError(f"{key_file} is there already, and is never overwritten. Choose another name.")
    context = open_context(from_environment(), school_id, None)
    reason_of(context, said, option="purpose", what="what it is for")
    key = secrets.token_urlsafe(48)
    asked = f"audit snapshot {school_id}"
    with (
        own_casebook(context) as book,
        logged(book, context, asked, purpose=said, otherwise="No snapshot was made") as answer,
    ):
        taken = take(context.places.published, context.key, out, key, today=context.today(), purpose=said)
        if key_file is not None:
            write_snapshot_key(key_file, key, out)
        answer.rows = taken.rows
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
