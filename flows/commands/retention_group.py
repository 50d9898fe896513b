"""The commands on what is kept, each a few lines that call one: what is over its clock, and the papers about it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.arguments import AsJson, School
from flows.settings import ConfigurationError


def forget(
    school: School,
    *,
    preview: Annotated[bool, typer.Option("--preview", help="Say what would go, and delete nothing.")] = False,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; confirms today's.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the certificates of what was deleted.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="The clock is right, however long ago the last run was.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete what is over its clock, everywhere, and print the certificate: counts by table and clock."""
    from flows.commands import forget as forget_command

    day = on.date() if on else None
    if list_ and preview:
        raise ConfigurationError("Choose --list or --preview, not both.")
    if list_:
        forget_command.list_certificates(school, as_json=as_json)
    elif preview:
        forget_command.preview(school, on=day, as_json=as_json)
    else:
        forget_command.forget(school, on=day, is_confirmed=yes, as_json=as_json)


def papers(
    school: School, *, out: Annotated[Path, typer.Option(help="The folder that they go into; it is made.")]
) -> None:
    """Write the record of processing, a DPIA to complete, and notices for parents, pupils and staff."""
    from flows.commands import papers as papers_command

    papers_command.papers(school, out=out)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to the program."""
    app.command()(forget)
    app.command()(papers)
