"""`audit registers`: how each register stands beside its own history, and the acceptance of a change by a person."""

import json
from contextlib import closing

import typer

from flows.context import Context, open_casebook, open_context
from flows.settings import ConfigurationError, from_environment
from policies.roles import ONLY_TOLD, ROLES, title_of
from warehouse.casebook.acceptances import Acceptance
from warehouse.registers.register_states import RegisterState


def list_registers(school: str, *, as_json: bool) -> None:
    """Show how a run would find each register as its file lies there now: whole, partial or unread."""
    states = [state for state, _ in _now(open_context(from_environment(), school, None))]
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
    if by not in ROLES or by in ONLY_TOLD:
        raise ConfigurationError(f"--by is the role that accepts it: {', '.join(sorted(ROLES.keys() - ONLY_TOLD))}.")
    if not note.strip():
        raise ConfigurationError("Say with --note why the change is right; name no child.")
    context = open_context(from_environment(), school, None)
    state, sha256 = _short(context, school, register)
    acceptance = Acceptance(register, sha256, state.rows, state.compared_with, by, note.strip(), context.now())
    with closing(open_casebook(context.settings, context.places)) as book:
        book.accept(acceptance)
    typer.echo(
        f"Written down. {state.why} The {title_of(by)} accepts this change, and no later one. Run the audit again."
    )


def _short(context: Context, school: str, register: str) -> tuple[RegisterState, str]:
    states = {state.register: (state, sha256) for state, sha256 in _now(context)}
    if register not in states:
        registers = ", ".join(states) or "none"
        raise ConfigurationError(f"The school has no register called {register!r}; it has: {registers}.")
    state, sha256 = states[register]
    if state.accepted_by is not None:
        raise ConfigurationError(
            f"The {title_of(state.accepted_by)} has accepted this already. Run: audit run {school}"
        )
    if state.state == "unread" and register in context.school.registers:
        raise ConfigurationError(f"The {register} register cannot be read; audit doctor {school} says why.")
    if not state.is_short:
        raise ConfigurationError(f"The {register} register is whole, so there is nothing to accept.")
    return state, sha256


def _now(context: Context) -> list[tuple[RegisterState, str]]:
    from flows.registers import stands_now

    return stands_now(context)
