"""The Data Protection Officer's own commands, each a few lines that call one: questions, and whether logs are whole."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.arguments import School

OPEN_ENDED = {"allow_extra_args": True, "ignore_unknown_options": True}  # a named question has options of its own


def ask(
    ctx: typer.Context,
    school: School,
    sql: Annotated[str | None, typer.Argument(help="One SELECT over the schemas `published` and `casebook`.")] = None,
    *,
    purpose: Annotated[str, typer.Option(help="Why you ask, in words; it is logged.")] = "",
    named: Annotated[str | None, typer.Option(help="A question that is kept ready; its own options follow.")] = None,
    lists: Annotated[bool, typer.Option("--list", help="Show the questions that are kept ready.")] = False,
    form: Annotated[
        str | None, typer.Option("--format", help="table, csv, json, parquet or xlsx; of a file its ending.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="A new file, for your eyes only; without it, to the screen.")] = None,
) -> None:
    """Ask the published copy one question, read only; who asked, why and what is logged."""
    from flows.commands import ask as ask_command

    if lists:
        ask_command.list_questions(school)
        return
    ask_command.ask(school, sql, named=named, values=ctx.args, purpose=purpose, form=form, out=out)


def verify(school: School) -> int:
    """Say whether the casebook is as it was written: every row's seal, who asked what, and who looked at what."""
    from flows.commands import verify as verify_command

    return verify_command.verify(school)
