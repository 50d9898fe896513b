"""`audit registers`: how each register stands beside its own history, and the acceptance of a change by a person."""

import json

import typer

from flows.context import open_context
from flows.os_user import os_user
from flows.reasons import reason_of
from flows.settings import from_environment
from policies.roles import DoneBy, title_of
from warehouse.registers.register_states import RegisterState


def list_registers(school: str, *, as_json: bool) -> None:
    """Show how a run would find each register as its file lies there now: whole, partial or unread."""
    from flows.registers import stands_now

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


def accept(school: str, register: str, *, by: str, note: str) -> None:
    """Write the acceptance into the casebook, or refuse in a sentence."""
    from flows.acceptances import accept_now

    context = open_context(from_environment(), school, None)
    said = reason_of(context, note, option="note", what="why the change is right")
    state = accept_now(context, register, by=DoneBy(by, user=os_user()), note=said)
    typer.echo(
        f"Written down. {state.why} The {title_of(by)} accepts this change, and no later one. Run the audit again."
    )
