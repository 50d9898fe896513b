"""The commands of the Data Protection Officer that erase and hold, each a few lines that call one."""

from datetime import datetime
from typing import Annotated

import typer

from flows.commands.arguments import School

Person = Annotated[str | None, typer.Option(help="A person, by the id that a register gives them.")]
Actor = Annotated[str | None, typer.Option(help="An account: x:123, x:@handle, youtube:UC...")]
Photo = Annotated[str | None, typer.Option(help="A photograph, by its id in the register.")]
By = Annotated[str, typer.Option(help="The role that answers for it.")]


def erase(  # noqa: PLR0913 - one option each
    school: School,
    *,
    person: Person = None,
    actor: Actor = None,
    photograph: Photo = None,
    reason: Annotated[str, typer.Option(help="Why, in words that name nobody; it is kept.")] = "",
    by: By = "dpo",
    preview: Annotated[bool, typer.Option("--preview", help="Say in counts what would go, and stop.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Finish an erasure that was stopped.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the certificates of what was erased.")] = False,
) -> None:
    """Take a person, an account or a photograph out of everything that is kept; refused while a hold stands."""
    from flows.commands import erase as erase_command

    if list_:
        erase_command.list_erasures(school)
    elif resume:
        erase_command.finish(school)
    else:
        wanted = erase_command.wanted_of(person, actor, photograph)
        erase_command.erase_subject(school, wanted, by=by, reason=reason, is_preview=preview, is_sure=yes)


hold = typer.Typer(help="What is kept past its time, and past an erasure, for a reason.", no_args_is_help=True)


@hold.command("add")
def hold_add(
    school: School,
    *,
    person: Person = None,
    actor: Actor = None,
    photograph: Photo = None,
    reason: Annotated[str, typer.Option(help="Why, in words that name nobody.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day on which it stands.")],
    by: By = "dpo",
) -> None:
    """Keep what is held of a person, an account or a photograph until a day; it gets a number."""
    from flows.commands import erase as erase_command

    wanted = erase_command.wanted_of(person, actor, photograph)
    erase_command.add_hold(school, wanted, by=by, reason=reason, until=until.date())


@hold.command("list")
def hold_list(school: School) -> None:
    """List every hold, with those that have ended."""
    from flows.commands import erase as erase_command

    erase_command.list_holds(school)


@hold.command("end")
def hold_end(school: School, number: Annotated[int, typer.Argument(help="Its number, as the list shows it.")]) -> None:
    """End a hold before its day."""
    from flows.commands import erase as erase_command

    erase_command.end_hold(school, number)


def add_to(app: typer.Typer) -> None:
    """Make `erase` and `hold` commands of the program."""
    app.command()(erase)
    app.add_typer(hold, name="hold")
