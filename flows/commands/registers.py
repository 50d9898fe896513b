"""`audit registers`: how each register stands beside its own history, and a person's word that a change is right."""

import json
from contextlib import closing
from typing import Annotated

import typer

from flows.commands.arguments import AsJson, School
from flows.context import Context, open_casebook, open_context
from flows.settings import ConfigurationError, from_environment
from policies.roles import ONLY_TOLD, ROLES, title_of
from warehouse.casebook.acceptances import Acceptance
from warehouse.registers.register_states import RegisterState

registers = typer.Typer(help="The school's registers beside their own history.", no_args_is_help=True)


@registers.command("list")
def list_registers(school: School, *, as_json: AsJson = False) -> None:
    """Show how a run would find each register as its file lies there now: whole, partial or unread."""
    found = [one for one, _ in _now(open_context(from_environment(), school, None))]
    if as_json:
        told = [{"register": one.register, "state": one.state, "rows": one.rows, "why": one.why} for one in found]
        typer.echo(json.dumps(told, indent=2))
        return
    for one in found:
        typer.echo(f"{one.register:12} {one.state:8} {one.rows:6,} rows  {_said(one)}".rstrip())


def _said(one: RegisterState) -> str:
    return f"Accepted by the {title_of(one.accepted_by)}: {one.why}" if one.accepted_by else one.why


@registers.command()
def accept(
    school: School,
    register: Annotated[str, typer.Argument(help="The register, such as pupils.")],
    *,
    by: Annotated[str, typer.Option(help="The role that says so, such as headteacher.")],
    note: Annotated[str, typer.Option(help="Why the change is right, such as a new school year; name no child.")],
) -> None:
    """Write down that a register which came short is right as it is now; the next run reads it as whole."""
    if by not in ROLES or by in ONLY_TOLD:
        raise ConfigurationError(f"--by is the role that accepts it: {', '.join(sorted(ROLES.keys() - ONLY_TOLD))}.")
    if not note.strip():
        raise ConfigurationError("Say with --note why the change is right; name no child.")
    context = open_context(from_environment(), school, None)
    one, sha256 = _short(context, school, register)
    said = Acceptance(register, sha256, one.rows, one.compared_with, by, note.strip(), context.now())
    with closing(open_casebook(context.settings, context.places)) as book:
        book.accept(said)
    typer.echo(
        f"Written down. {one.why} The {title_of(by)} accepts this change, and no later one. Run the audit again."
    )


def _short(context: Context, school: str, register: str) -> tuple[RegisterState, str]:
    found = {one.register: (one, sha256) for one, sha256 in _now(context)}
    if register not in found:
        known = ", ".join(found) or "none"
        raise ConfigurationError(f"The school has no register called {register!r}; it has: {known}.")
    one, sha256 = found[register]
    if one.accepted_by is not None:
        raise ConfigurationError(f"The {title_of(one.accepted_by)} has accepted this already. Run: audit run {school}")
    if one.state == "unread" and register in context.school.registers:
        raise ConfigurationError(f"The {register} register cannot be read; audit doctor {school} says why.")
    if not one.is_short:
        raise ConfigurationError(f"The {register} register is whole, so there is nothing to accept.")
    return one, sha256


def _now(context: Context) -> list[tuple[RegisterState, str]]:
    from flows.registers import stands_now  # noqa: PLC0415 - brings the connectors' libraries along

    return stands_now(context)
