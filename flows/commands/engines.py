"""The commands of the two engines, which work on files too: whose account it is, and whether a picture is approved."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.arguments import Day, School
from flows.settings import ConfigurationError

identity = typer.Typer(help="How well accounts are matched to people.", no_args_is_help=True)
pictures = typer.Typer(help="Whether pictures are approved: a folder against a folder, or files before they go up.")


def match(
    *,
    register: Annotated[list[str], typer.Option(help="People, as FILE.csv or pupils=FILE.csv; may be given again.")],
    accounts: Annotated[Path, typer.Option(help="A CSV file of accounts.")],
    out: Annotated[Path | None, typer.Option(help="Where the matches go, as CSV.")] = None,
    school: Annotated[Path | None, typer.Option(help="A school.toml, for the school's names and place.")] = None,
    as_of: Day = None,
    explain: Annotated[str | None, typer.Option(help="An account_id: show all evidence for it.")] = None,
) -> int:
    """Say whose accounts these may be: files in, a file out; no warehouse, no network."""
    from flows.commands.match import match_files

    day = as_of.date() if as_of else None
    return match_files(register, accounts, out, school=school, as_of=day, explain=explain)


@pictures.callback()
def pictures_folders(
    context: typer.Context,
    *,
    approved: Annotated[Path | None, typer.Option(help="The folder of approved pictures.")] = None,
    posted: Annotated[Path | None, typer.Option(help="The folder of posted pictures.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the matches go, as CSV.")] = None,
    people: Annotated[bool, typer.Option("--people/--no-people", help="Look whether people are shown.")] = True,
) -> None:
    """Hold a folder of posted pictures against a folder of approved ones; no warehouse, no network."""
    if context.invoked_subcommand is None:
        if approved is None or posted is None or out is None:
            raise ConfigurationError("Name --approved, --posted and --out; or: audit pictures check SCHOOL FILE.")
        from flows.commands.pictures import pictures as compare

        compare(approved, posted, out, people=people)


@pictures.command("check")
def pictures_check(
    school: School,
    files: Annotated[list[Path], typer.Argument(help="Pictures that are to be posted.")],
    *,
    channel: Annotated[str | None, typer.Option(help="x, youtube or website.")] = None,
) -> int:
    """Say before posting: may this go up, on which channel, and if not why."""
    from flows.commands.pictures import check_for

    return check_for(school, files, channel)


@identity.command("label")
def identity_label(
    school: School, *, pairs: Annotated[int, typer.Option(min=1, help="How many pairs to look at.")] = 60
) -> None:
    """Judge pairs of account and person, blind to the score, and see how well the matcher does at this school."""
    from flows.commands.identity_labels import label

    label(school, pairs)
