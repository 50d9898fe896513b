"""`audit backup`, `audit restore` and `audit accept-loss`: a school in one file, out of it again, or what was lost."""

from pathlib import Path
from typing import Annotated

import typer

from dashboards.ask.reasons import checked_purpose
from flows.backup.restore import Restored, RestoreWish
from flows.backup.restore import restore as put_back
from flows.backup.stage import staged
from flows.backup.take import already_there, take_backup
from flows.home.arguments import School
from flows.home.context import open_context
from flows.home.integrity import accept
from flows.home.keys import find_key
from flows.home.process import os_user
from flows.home.settings import ConfigurationError, Settings, from_environment
from flows.home.workspace import workspace
from flows.privacy.own_casebook import logged
from flows.registers.reasons import acting, ensure_role, reason_of
from policies.dates import long_date
from policies.roles import title_by
from warehouse.backup.archive import age_identity
from warehouse.backup.manifest import BackupManifest
from warehouse.casebook.questions import backup_question
from warehouse.store.places import Places

Purpose = Annotated[str | None, typer.Option(help="Why, in a few words; it is kept. Name no child.")]
Wait = Annotated[float, typer.Option(help="Minutes to wait for the end of a run that is under way.", min=0)]
_SECONDS = 60.0
_SCHEDULED = "The scheduled backup"
_IN_FOLDER = (
    "A backup is proved there by `audit group drill`. To put one back, do this with AUDIT_HOME=FOLDER and the school's "
    "key in FOLDER/keys, delete what is left of the school in the bucket, then `audit store push SCHOOL --from FOLDER`."
)


def backup(
    school_id: School,
    *,
    out: Annotated[Path | None, typer.Option(help="The file to write, on another disk than the data.")] = None,
    verify: Annotated[Path | None, typer.Option(help="Prove instead that this backup restores; keeps nothing.")] = None,
    purpose: Purpose = None,
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of an earlier file, once whole.")] = False,
    identity: Annotated[
        bool, typer.Option("--identity", help="Print instead the secret with which `age` opens this school's backups.")
    ] = False,
    wait: Wait = 30.0,
) -> None:
    """Write everything of a school into one encrypted file, without its keys, or prove that such a file restores."""
    if identity:
        say_identity(school_id)
        return
    if (out is None) == (verify is None):
        raise ConfigurationError("Say where it is written with --out, or which file to prove with --verify.")
    if verify is not None:
        restore(school_id, from_=verify, dry_run=True)
    elif out is not None:
        _back_up(school_id, out, purpose or _SCHEDULED, wait=wait, replaces=replace)


def _back_up(school_id: str, out: Path, purpose: str, *, wait: float, replaces: bool) -> None:
    """Log who makes a backup, write it, and say until when it may be kept."""
    settings = from_environment(may_be_stored=True)
    _ensure_elsewhere(settings, out, replaces=replaces)
    with workspace(settings, school_id, waits=wait * _SECONDS) as here:
        context = open_context(here.settings, school_id, None)
        said = checked_purpose(purpose)
        reason_of(context, said, option="purpose", what="what it is for")
        with (
            context.casebook() as book,
            logged(book, context, backup_question(school_id), purpose=said, otherwise="No backup was made") as answer,
        ):
            taken = take_backup(context, out, purpose=said, patience=wait * _SECONDS, replaces=replaces)
            answer.rows = taken.casebook_rows
    typer.echo(f"{out}: {taken.files:,} files and {taken.casebook_rows:,} rows of the casebook, {taken.bytes:,} bytes.")
    typer.echo(f"Delete it, and every copy of it, by {long_date(taken.delete_after)}.")
    key = "the school's key" if settings.store else context.places.key
    typer.echo(
        f"It opens with the school's key alone, which is not in it, and neither are the keys of credentials.toml: keep "
        f"{key} and those apart from it, where they outlast this machine."
    )


def restore(
    school_id: School,
    *,
    from_: Annotated[Path, typer.Option("--from", help="The backup.")],
    purpose: Purpose = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Prove that it restores, and change nothing.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of what is there, once proved.")] = False,
    wait: Wait = 30.0,
) -> None:
    """Restore a school from a backup, all or nothing; whoever was erased since stays erased."""
    settings = from_environment(instead=_IN_FOLDER)
    places = Places(settings.home, school_id)
    if not from_.is_file():
        raise ConfigurationError(f"There is no backup {from_}. Look for it where it was written.")
    if dry_run:
        with staged(settings, places, find_key(settings, places), from_) as read:
            _say_proved(from_, read.manifest)
        return
    said = checked_purpose(purpose or "A backup put back")
    wanted = RestoreWish(from_, os_user(), said, replaces=replace, patience=wait * _SECONDS)
    _say_restored(places, put_back(settings, places, wanted))


def say_identity(school_id: str) -> None:
    """Print what the program age opens the school's backups with, where this program is not there."""
    context = open_context(from_environment(), school_id, None)
    typer.echo(f"# Opens every backup of {school_id}: age --decrypt --identity THIS_FILE BACKUP | tar --extract")
    typer.echo(age_identity(context.key))


def _ensure_elsewhere(settings: Settings, out: Path, *, replaces: bool) -> None:
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
        erased = f"Of those {done.erased_again} erased since were erased from it again"
        said = erased if done.erased_again else "Nobody was erased since"
        typer.echo(f"The casebook here is whole and knows of everything since, so it stands. {said}.")
    else:
        typer.echo(
            f"The casebook's {done.casebook_rows:,} rows are those of the backup too. It knows nothing of what came "
            f"after: decide again what was decided, erase again whoever was erased (audit erase {school}), record the "
            f"holds again, and look who may use the desk (audit desk people {school})."
        )
    typer.echo(f"What is over its clock goes with the next run, or now: audit expire {school}")
    if not done.has_credentials:
        typer.echo(f"The platforms' keys are in no backup: put them back into {places.credentials}.")


def accept_loss(
    school: School,
    *,
    by: Annotated[str, typer.Option(help="The role that accepts it, such as dpo.")],
    note: Annotated[str, typer.Option(help="What was lost or put back, and why it cannot be had; name no child.")],
) -> None:
    """Accept that a casebook or warehouse lost data, or was restored from a backup, and go on; it is logged."""
    ensure_role(by, "accepts it")
    with workspace(from_environment(may_be_stored=True), school) as here:
        context = open_context(here.settings, school, None)
        said = reason_of(context, note, option="note", what="what was lost or put back, and why")
        who = acting(context, by, "accept")
        missing = accept(context)
        with context.casebook() as book:
            asked = f"audit accept-loss {school} --by {by}"
            number = book.log_query(
                by_user=os_user(), purpose=said, sql=asked, at=context.now(), person=who.person, role=by
            )
            book.close_query(number, rows=len(missing), problem=" ".join(missing) or None)
    for sentence in missing or ["Nothing was missing."]:
        typer.echo(sentence)
    typer.echo(f"Accepted by the {title_by(by, who.person)}, and written down. The next run goes on from what is here.")
