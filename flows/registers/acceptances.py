"""The acceptance of a register that came short, by the command and at the desk: what can be accepted, and by whom."""

import json
from typing import Annotated

import typer

from flows.home.arguments import AsJson, School
from flows.home.context import Context, open_context
from flows.home.settings import ConfigurationError, from_environment
from flows.registers.reasons import acting, ensure_role, reason_of
from flows.registers.registers import changed_masters, registers_now
from policies.roles import DoneBy, title_by, title_of
from warehouse.casebook.casebook import Acceptance
from warehouse.registers.register_states import RegisterState


def accept_now(context: Context, register: str, *, by: DoneBy, note: str) -> RegisterState:
    """Write down that this register is right as its file lies there now; ConfigurationError where it cannot be."""
    state, sha256 = _short(context, register)
    with context.casebook() as book:
        book.accept(acceptance_of(context, state, sha256, by=by, note=note))
    return state


def acceptance_of(context: Context, state: RegisterState, sha256: str, *, by: DoneBy, note: str) -> Acceptance:
    """Return the acceptance of this state of a file; ConfigurationError without a role that may."""
    ensure_role(by.role, "accepts it")
    return Acceptance(
        state.register, sha256, state.rows, state.compared_with, by.role, note, context.now(), by.person, by.user
    )


def _short(context: Context, register: str) -> tuple[RegisterState, str]:
    now = registers_now(context)
    states = {state.register: state for state in now.states}
    if register not in states:
        registers = ", ".join(states) or "none"
        raise ConfigurationError(f"The school has no register called {register!r}; it has: {registers}.")
    state = states[register]
    if state.accepted_by is not None:
        who, command = title_of(state.accepted_by), f"audit run {context.school.id}"
        raise ConfigurationError(f"The {who} has accepted this already. Run: {command}")
    if state.state == "unread" and register in context.school.registers:
        doctor = f"audit doctor {context.school.id}"
        raise ConfigurationError(f"The {register} register cannot be read; {doctor} says why.")
    if not state.is_short:
        raise ConfigurationError(f"The {register} register is whole, so there is nothing to accept.")
    return state, now.sha256_of(register)


def accept_picture_now(context: Context, photograph_id: str, *, by: DoneBy, note: str) -> None:
    """Write down that the other picture which lies in a photograph's file is meant; ConfigurationError if none does."""
    ensure_role(by.role, "says which picture is meant")
    changed = [file for file in changed_masters(context) if file.photograph_id == photograph_id]
    if not changed:
        problem = f"The file of photograph {photograph_id} is the one that the newest run read"
        raise ConfigurationError(f"{problem}, or is not there, so there is nothing to say of it.")
    with context.casebook() as book:
        for file in changed:
            said = (by.role, note, context.now(), by.person, by.user)
            book.accept(Acceptance("photographs", file.found or "", 0, file.sha256, *said))


def list_registers(school: School, *, as_json: AsJson = False) -> None:
    """Show how a run would read each register now: whole, empty, partial or unread."""
    states = registers_now(open_context(from_environment(), school, None)).states
    if as_json:
        rows = [
            {"register": state.register, "state": state.word, "rows": state.rows, "why": state.why} for state in states
        ]
        typer.echo(json.dumps(rows, indent=2))
        return
    for state in states:
        typer.echo(f"{state.register:12} {state.word:8} {state.rows:6,} rows  {_why(state)}".rstrip())


def _why(state: RegisterState) -> str:
    return f"Accepted by the {title_of(state.accepted_by)}: {state.why}" if state.accepted_by else state.why


def accept_picture(
    school: School,
    photograph: Annotated[str, typer.Argument(help="The photograph's id on the register.")],
    *,
    by: Annotated[str, typer.Option(help="The role that says so, such as enterprise_and_technology_lead.")],
    note: Annotated[str, typer.Option(help="Why this picture is the approved one; name no child.")],
) -> None:
    """Say that the picture which lies under a photograph's file name now is the one that is approved."""
    context = open_context(from_environment(), school, None)
    said = reason_of(context, note, option="note", what="why this picture is the approved one")
    accept_picture_now(context, photograph, by=acting(context, by, "accept"), note=said)
    typer.echo(f"Written down: photograph {photograph} is the picture in its file as it lies there now. Run again.")


def accept(
    school: School,
    register: Annotated[str, typer.Argument(help="The register, such as pupils.")],
    *,
    by: Annotated[str, typer.Option(help="The role that says so, such as headteacher.")],
    note: Annotated[str, typer.Option(help="Why the change is right, such as a new school year; name no child.")],
) -> None:
    """Accept a register that lost rows, or holds other people, as right; the next run reads it as whole."""
    context = open_context(from_environment(), school, None)
    said = reason_of(context, note, option="note", what="why the change is right")
    who = acting(context, by, "accept")
    state = accept_now(context, register, by=who, note=said)
    said_by = title_by(by, who.person)
    typer.echo(f"Written down. {state.why} The {said_by} accepts this change, and no later one. Run the audit again.")
