"""The acceptance of a register that came short, by the command and at the desk: what can be accepted, and by whom."""

from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.registers.reasons import ensure_role
from flows.registers.registers import stands_now
from policies.roles import DoneBy, title_of
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
    states = {state.register: (state, sha256) for state, sha256 in stands_now(context)}
    if register not in states:
        registers = ", ".join(states) or "none"
        raise ConfigurationError(f"The school has no register called {register!r}; it has: {registers}.")
    state, sha256 = states[register]
    if state.accepted_by is not None:
        who, command = title_of(state.accepted_by), f"audit run {context.school.id}"
        raise ConfigurationError(f"The {who} has accepted this already. Run: {command}")
    if state.state == "unread" and register in context.school.registers:
        doctor = f"audit doctor {context.school.id}"
        raise ConfigurationError(f"The {register} register cannot be read; {doctor} says why.")
    if not state.is_short:
        raise ConfigurationError(f"The {register} register is whole, so there is nothing to accept.")
    return state, sha256
