"""`audit registers`: how each register stands beside its own history, and the acceptance of a change by a person."""

import json
from typing import Annotated

import typer

from flows.home.arguments import AsJson, School
from flows.home.context import open_context
from flows.home.process import os_user
from flows.home.settings import from_environment
from flows.registers.acceptances import accept_now
from flows.registers.reasons import reason_of
from flows.registers.registers import stands_now
from policies.roles import DoneBy, title_of
from warehouse.registers.register_states import RegisterState


def list_registers(school: School, *, as_json: AsJson = False) -> None:
    """Show how a run would read each register now: whole, partial or unread."""
    states = [state for state, _ in stands_now(open_context(from_environment(), school, None))]
    if as_json:
        rows = [
            {"register": state.register, "state": state.state, "rows": state.rows, "why": state.why} for state in states
        ]
        typer.echo(json.dumps(rows, indent=2))
        return
    for state in states:
        typer.echo(f"{state.register:12} {state.state:8} {state.rows:6,} rows  {_why(state)}".rstrip())


def _why(state: RegisterState) -> str:
    return f"Accepted by the {title_of(state.accepted_by)}: {state.why}" if state.accepted_by else state.why


def accept(
    school: School,
    register: Annotated[str, typer.Argument(help="The register, such as pupils.")],
    *,
    by: Annotated[str, typer.Option(help="The role that says so, such as headteacher.")],
    note: Annotated[str, typer.Option(help="Why the change is right, such as a new school year; name no child.")],
) -> None:
    """Accept a register that lost many rows as right; the next run reads it as whole."""
    context = open_context(from_environment(), school, None)
    said = reason_of(context, note, option="note", what="why the change is right")
    state = accept_now(context, register, by=DoneBy(by, user=os_user()), note=said)
    typer.echo(
        f"Written down. {state.why} The {title_of(by)} accepts this change, and no later one. Run the audit again."
    )
