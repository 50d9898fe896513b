"""The commands of a school's backup, and of what was lost, each a few lines that call one."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.arguments import School
from flows.settings import ConfigurationError

Purpose = Annotated[str | None, typer.Option(help="Why, in a few words; it is kept. Name no child.")]
Wait = Annotated[float, typer.Option(help="Minutes to wait for the end of a run that is under way.", min=0)]


def backup(
    school: School,
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
    from flows.commands import backup as backup_command

    if identity:
        backup_command.say_identity(school)
    elif (out is None) == (verify is None):
        raise ConfigurationError("Say where it is written with --out, or which file to prove with --verify.")
    elif verify is not None:
        backup_command.restore(school, archive=verify, purpose=None, is_dry=True, replaces=False, wait=wait)
    elif out is not None:
        backup_command.backup(school, out=out, purpose=purpose, wait=wait, replaces=replace)


def restore(
    school: School,
    *,
    from_: Annotated[Path, typer.Option("--from", help="The backup.")],
    purpose: Purpose = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Prove that it restores, and change nothing.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of what is there, once proved.")] = False,
    wait: Wait = 30.0,
) -> None:
    """Put a backup in a school's place: proved first, then swapped whole; whoever was erased since stays erased."""
    from flows.commands import backup as backup_command

    backup_command.restore(school, archive=from_, purpose=purpose, is_dry=dry_run, replaces=replace, wait=wait)


def restored(
    school: School,
    *,
    by: Annotated[str, typer.Option(help="The role that accepts it, such as dpo.")],
    note: Annotated[str, typer.Option(help="What was lost or put back, and why it cannot be had; name no child.")],
) -> None:
    """Go on with a casebook or a warehouse that was put back from a backup, or is lost; it is logged."""
    from flows.commands import restored as restored_command

    restored_command.restored(school, by=by, note=note)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(backup)
    app.command()(restore)
    app.command()(restored)
