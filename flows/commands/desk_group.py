"""The commands of `audit desk`, each a few lines that call one: who may use the desk."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.arguments import School

desk = typer.Typer(help="Who may use the desk, at which the week's exceptions are cleared.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The name by which the person signs in.", metavar="NAME")]
Role = Annotated[str, typer.Option(help="The person's role, such as enterprise_and_technology_lead.")]


@desk.command("invite")
def desk_invite(
    school: School,
    name: Name,
    *,
    role: Role,
    email: Annotated[str | None, typer.Option(help="Their address at the school's sign-in provider.")] = None,
    subject: Annotated[str | None, typer.Option(help="Their id there; at Microsoft Entra the object id.")] = None,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The desk's port on this machine.")] = 8377,
) -> None:
    """Print a link by which a person sets a password, once and within three days; also for a forgotten password."""
    from flows.commands import desk as desk_command

    desk_command.invite(school, name, desk_command.Invited(role, email, subject), port=port)


@desk.command("people")
def desk_people(school: School) -> None:
    """List who may use the desk, and who no longer may."""
    from flows.commands import desk as desk_command

    desk_command.people(school)


@desk.command("role")
def desk_role(school: School, name: Name, *, role: Role) -> None:
    """Give a person another role; they sign in again."""
    from flows.commands import desk as desk_command

    desk_command.role(school, name, role=role)


@desk.command("unlock")
def desk_unlock(school: School, name: Name) -> None:
    """Let a person try again at once, whom too many wrong tries have locked out."""
    from flows.commands import desk as desk_command

    desk_command.unlock(school, name)


@desk.command("reset-second-factor")
def desk_reset_second_factor(school: School, name: Name) -> None:
    """Forget a person's second factor, such as a lost telephone; they sign in again."""
    from flows.commands import desk as desk_command

    desk_command.reset_second_factor(school, name)


@desk.command("remove")
def desk_remove(school: School, name: Name) -> None:
    """Let a person in no more, from this moment on."""
    from flows.commands import desk as desk_command

    desk_command.remove(school, name)


def review(
    school: School,
    *,
    host: Annotated[str, typer.Option(help="An address of this machine.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(min=1, max=65_535, help="The port; 8377, or the certificate's.")] = None,
    certificate: Annotated[Path | None, typer.Option(help="A PEM file, to serve others by https.")] = None,
    certificate_key: Annotated[Path | None, typer.Option(help="The certificate's key, a PEM file.")] = None,
    demo: Annotated[bool, typer.Option(help="Let everybody in by one password: the demo's school alone.")] = False,
) -> int:
    """Serve the desk, at which the week's exceptions are cleared in a browser, until it is stopped."""
    from flows.commands import review as review_command

    files = (certificate, certificate_key)
    return review_command.review(school, host=host, port=port, certificate=files, is_demo=demo)
