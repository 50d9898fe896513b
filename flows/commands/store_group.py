"""The commands of `audit store`: a school's folder brought to an object store, and fetched from there to be edited."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.arguments import School

store = typer.Typer(
    help="A school in an object store (AUDIT_HOME=s3://BUCKET/PREFIX): bring its folder there, fetch it to edit.",
    no_args_is_help=True,
)


@store.command()
def push(
    school: School, *, from_: Annotated[Path, typer.Option("--from", help="The home, a folder, that has the school.")]
) -> None:
    """Put a school's folder into the object store as its next generation, if nobody has put a newer one there."""
    from flows.commands import store as store_command

    store_command.push(school, from_.expanduser())


@store.command()
def pull(
    school: School, *, to: Annotated[Path, typer.Option(help="The home, a folder, that gets the school.")]
) -> None:
    """Fetch a school's folder from the object store, to look at it or edit it and push it back."""
    from flows.commands import store as store_command

    store_command.pull(school, to.expanduser())
