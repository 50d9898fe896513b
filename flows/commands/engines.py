"""The commands of the two engines, which work on files too: whose account it is, and whether a picture is approved."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.arguments import AsJson, Day, School
from flows.settings import ConfigurationError, from_environment

identity = typer.Typer(help="How well accounts are matched to people.", no_args_is_help=True)
words = typer.Typer(help="What texts seem to say: those of a file, or those of a school that nobody has read yet.")
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


@words.callback()
def words_file(
    context: typer.Context,
    *,
    texts: Annotated[Path | None, typer.Option(help="A CSV file of texts: id, text and, if you like, kind.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where what was found goes, as CSV.")] = None,
    kind: Annotated[str, typer.Option(help="What the texts are: post, comment or bio; a row's own goes first.")] = (
        "comment"
    ),
    as_of: Day = None,
    listed_only: Annotated[bool, typer.Option("--listed-only", help="Leave out what only may be so.")] = False,
) -> int | None:
    """Say of each text which families of words it seems to hold: a file in, a file out; no warehouse, no network."""
    if context.invoked_subcommand is not None:
        return None
    if texts is None or out is None:
        raise ConfigurationError("Name --texts and --out.")
    from flows.commands.words import words as read_words

    day = (as_of or from_environment().clock()).date()
    return read_words(texts, out, kind=kind, as_of=day, listed_only=listed_only)


@words.command("unread")
def words_unread(school: School, *, as_json: AsJson = False) -> None:
    """List the texts of a school that are not sure enough to be listed, and that a person should read."""
    from flows.commands.words_unread import unread

    unread(school, as_json=as_json)


@words.command("harmless")
def words_harmless(
    school: School,
    refs: Annotated[list[str] | None, typer.Argument(help="The refs of the texts, as the report shows them.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Every text that waits; read each first.")] = False,
    by: Annotated[str, typer.Option(help="The role that read them, such as dsl.")],
    note: Annotated[str, typer.Option(help="What it rests on; name no child.")],
) -> None:
    """Write down that a person has read these texts and that they are harmless; they wait no longer."""
    from flows.commands.words_unread import harmless

    harmless(school, refs or [], is_all=every, by=by, note=note)


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
