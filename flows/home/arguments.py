"""The arguments and options that several commands share."""

from datetime import datetime
from typing import Annotated

import typer


def _school_id(given: str | None) -> str | None:
    from warehouse.store.places import school_id  # noqa: PLC0415 - help and completion import nothing of a command

    return None if given is None else school_id(given.rstrip("/"))  # a shell that completes a folder's name adds one


School = Annotated[str, typer.Argument(help="The school's id: its folder's name in AUDIT_HOME.", callback=_school_id)]

SomeSchool = Annotated[
    str | None,
    typer.Argument(
        help="The school's id; the one that there is, or a new one, where none is given.", callback=_school_id
    ),
]


def keep_school(context: typer.Context, school: School) -> None:
    """Keep which school the command that follows is about."""
    context.obj = school


AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a script.")]
Day = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of the run.")]
LastDay = Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day on which it stands.")]
LookUpFollowers = Annotated[
    bool, typer.Option("--look-up-followers", help="Ask X who is behind the ids in archives; the price is said first.")
]
Person = Annotated[str | None, typer.Option(help="A person, by the id that a register gives them.")]
Actor = Annotated[str | None, typer.Option(help="An account: x:123, x:@handle, youtube:UC...")]
Photo = Annotated[str | None, typer.Option(help="A photograph, by its id in the register.")]
Also = Annotated[
    list[str] | None,
    typer.Option(help="What may be theirs and is to be taken as theirs: an account, x:123, or each of a kind, likely."),
]
Leave = Annotated[
    list[str] | None, typer.Option(help="What may be theirs and is left, and why: 'x:123 is of another school'.")
]
By = Annotated[str, typer.Option(help="The role that answers for it.")]
Schools = Annotated[str, typer.Option("--schools", help="Which schools, such as 'north-*'; all unless given.")]
Online = Annotated[
    bool, typer.Option("--online", help="Ask each platform whose account it is too; the price is said first.")
]
