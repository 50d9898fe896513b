"""The commands for the rights of whom the audit holds something about, each a few lines that call one."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.arguments import AsJson, School

challenge = typer.Typer(help="Somebody says that a case about them is wrong: open, list, answer.", no_args_is_help=True)
Reference = Annotated[str, typer.Argument(help="The case's ref, as the report shows it.")]
Role = Annotated[str, typer.Option(help="Your role: dpo, or enterprise_and_technology_lead.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.add_typer(challenge, name="challenge")
    app.command()(subject)


def subject(
    school: School,
    *,
    out: Annotated[Path, typer.Option(help="The zip to write; never overwritten.")],
    purpose: Annotated[str, typer.Option(help="Why you ask, such as the request's number; it is kept.")],
    person: Annotated[str | None, typer.Option(help="A roll id, as a register has it.")] = None,
    actor: Annotated[str | None, typer.Option(help="An account: x:ID, youtube:ID or a handle with its @.")] = None,
    photograph: Annotated[str | None, typer.Option(help="A photograph's id, as its register has it.")] = None,
    password_file: Annotated[Path | None, typer.Option(help="A file with the password; asked for without it.")] = None,
) -> None:
    """Write everything that is held about one person, account or photograph into one encrypted zip."""
    from flows.commands import subject as subject_command
    from flows.subject_pack.asked import Asked

    asked = Asked(person=person, actor=actor, photograph=photograph)
    subject_command.subject(school, asked, out=out, password_file=password_file, purpose=purpose)


@challenge.callback()
def _of_school(context: typer.Context, school: School) -> None:
    context.obj = school


@challenge.command("open")
def challenge_open(
    context: typer.Context,
    reference: Reference,
    *,
    received: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day on which the school was told.")],
    by: Annotated[str, typer.Option(help="Who challenges it: pupil, parent, staff or other.")],
    ground: Annotated[str, typer.Option(help="What they say is wrong; name no child.")],
    role: Role = "dpo",
) -> None:
    """Write down that somebody challenges a case; it is to be answered within thirty days."""
    from flows.commands import challenge as challenge_command

    challenge_command.open_challenge(
        context.obj, reference, received_on=received.date(), raised_by=by, ground=ground, role=role
    )


@challenge.command("list")
def challenge_list(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Show what was challenged: what waits, by when, and how the rest was answered."""
    from flows.commands import challenge as challenge_command

    challenge_command.list_challenges(context.obj, as_json=as_json)


@challenge.command("answer")
def challenge_answer(
    context: typer.Context,
    reference: Reference,
    *,
    upheld: Annotated[bool, typer.Option("--upheld/--not-upheld", help="Whether they are right.", show_default=False)],
    reason: Annotated[str, typer.Option(help="What the answer rests on; name no child.")],
    role: Role = "dpo",
) -> None:
    """Answer a challenge; one that is upheld corrects the casebook, and every report that has the case."""
    from flows.commands import challenge as challenge_command

    challenge_command.answer(context.obj, reference, is_upheld=upheld, reason=reason, role=role)
