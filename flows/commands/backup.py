"""`audit backup` and `audit restore`: a school in one encrypted file, and out of it again."""

import re
from pathlib import Path

import typer

from dashboards.ask.purpose import in_words
from flows.backup.asked import backup_question
from flows.backup.restore import Restored, RestoreWish
from flows.backup.restore import restore as put_back
from flows.backup.stage import staged
from flows.backup.take import already_there, take_backup
from flows.context import open_context
from flows.keys import find_key
from flows.os_user import os_user
from flows.reasons import reason_of
from flows.settings import ConfigurationError, Settings, from_environment
from policies.dates import long_date
from policies.errors import UserError
from policies.school import SCHOOL_ID
from warehouse.backup.manifest import BackupManifest
from warehouse.places import Places

_SECONDS = 60.0
_SCHEDULED = "The scheduled backup"


def backup(school_id: str, *, out: Path, purpose: str | None, wait: float, replaces: bool) -> None:
    """Log who makes a backup, write it, and say until when it may be kept."""
    settings = from_environment()
    _must_be_elsewhere(settings, out, replaces=replaces)
    context = open_context(settings, school_id, None)
    said = in_words(purpose or _SCHEDULED)
    reason_of(context, said, option="purpose", what="what it is for")
    with context.casebook() as book:
        asked = backup_question(school_id)
        number = book.log_query(by_user=os_user(), purpose=said, sql=asked, at=context.now())
        try:
            taken = take_backup(context, out, purpose=said, patience=wait * _SECONDS, replaces=replaces)
        except UserError as error:
            book.close_query(number, rows=None, problem=f"No backup was made ({type(error).__name__}).")
            raise
        book.close_query(number, rows=taken.casebook_rows, problem=None)
    typer.echo(f"{out}: {taken.files:,} files and {taken.casebook_rows:,} rows of the casebook, {taken.bytes:,} bytes.")
    typer.echo(f"Delete it, and every copy of it, by {long_date(taken.delete_after)}.")
    typer.echo(
        f"It opens with the school's key alone, which is not in it, and neither are the keys of credentials.toml: keep "
        f"{context.places.key} and those apart from it, where they outlast this machine."
    )


def restore(school_id: str, *, archive: Path, purpose: str | None, is_dry: bool, replaces: bool, wait: float) -> None:
    """Put a backup in the school's place, or prove that it can be; say what came of it and what it cannot know."""
    if not re.fullmatch(SCHOOL_ID, school_id):
        raise ConfigurationError("A school's id is 2 to 41 small letters, digits and hyphens, such as hill-view.")
    settings = from_environment()
    places = Places(settings.home, school_id)
    if not archive.is_file():
        raise ConfigurationError(f"There is no backup {archive}. Look for it where it was written.")
    if is_dry:
        with staged(settings, places, find_key(settings, places), archive) as read:
            _say_proved(archive, read.manifest)
        return
    said = in_words(purpose or "A backup put back")
    wanted = RestoreWish(archive, os_user(), said, replaces=replaces, patience=wait * _SECONDS)
    _say_restored(places, put_back(settings, places, wanted))


def _must_be_elsewhere(settings: Settings, out: Path, *, replaces: bool) -> None:
    if not out.parent.is_dir():
        raise ConfigurationError(f"There is no folder {out.parent}. Make it first, or mount its disk.")
    if out.resolve().is_relative_to(settings.home.resolve()):
        raise ConfigurationError(f"Write it outside {settings.home}: a backup beside the data is lost with them.")
    if out.exists() and not replaces:
        raise ConfigurationError(already_there(out))


def _say_proved(archive: Path, manifest: BackupManifest) -> None:
    published = sum(table.rows for table in manifest.published.values())
    typer.echo(
        f"{archive} restores: {len(manifest.files) - 1:,} files, {sum(manifest.casebook_rows.values()):,} rows of the "
        f"casebook, and {published:,} published rows that are what they were. Nothing was changed."
    )
    typer.echo(f"It is of {_moment(manifest)}; delete it, and every copy of it, by {long_date(manifest.delete_after)}.")


def _moment(manifest: BackupManifest | Restored) -> str:
    return f"{long_date(manifest.made_at.date())}, {manifest.made_at:%H:%M} UTC"


def _say_restored(places: Places, done: Restored) -> None:
    school = places.school
    typer.echo(
        f"{school} is as it was on {_moment(done)}: {done.files:,} files, and {done.published_rows:,} published rows "
        "that are what they were."
    )
    if done.is_casebook_kept:
        erased = f"{done.erased_again} erased since were erased from it again" if done.erased_again else "nobody was"
        typer.echo(f"The casebook here is whole and knows of everything since, so it stands. Of those {erased}.")
    else:
        typer.echo(
            f"The casebook's {done.casebook_rows:,} rows are those of the backup too. It knows nothing of what came "
            f"after: decide again what was decided, erase again whoever was erased (audit erase {school}), record the "
            f"holds again, and look who may use the desk (audit desk people {school})."
        )
    typer.echo(f"What is over its clock goes with the next run, or now: audit forget {school}")
    if not done.has_credentials:
        typer.echo(f"The platforms' keys are in no backup: put them back into {places.credentials}.")
