"""Which registers a check goes by, and which of them this run did not see whole: an absence there means nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from engines.people import REGISTER_OF

OF_THE_ROLES = "of the roles"  # instead of a register's name: those of the parameter `roles`
_READ = "select register, sum(rows) from core.registers group by register"
_STATES = "select register, state, why, accepted_by is not null from core.register_states"


def unsure(
    db: duckdb.DuckDBPyConnection,
    needs: Sequence[str],
    parameters: Mapping[str, Any],
    *,
    heeds: Sequence[str] = (),
) -> list[str]:
    """Return a sentence for each register that the check goes by and that this run did not see whole, in order.

    What a check `needs` must be there, and hold somebody; what it `heeds` must be whole where the school keeps it.
    """
    read = dict(db.execute(_READ).fetchall())
    states = {register: (state, why, accepted) for register, state, why, accepted in db.execute(_STATES).fetchall()}
    needed = [name for need in needs for name in _named(need, parameters)]
    sentences = []
    for name in dict.fromkeys((*needed, *heeds)):
        state, why, is_accepted = states.get(name, ("whole", "", False))
        if name in needed and name not in read:
            sentences.append(_not("was not read in this run", name))
        elif name in needed and not read[name] and not is_accepted:
            sentences.append(_not("is empty", name))
        elif state != "whole" and not is_accepted:
            sentences.append(f"{why} Nothing that rests on it counts as kept or gone.")
    return sentences


def _not(how: str, register: str) -> str:
    """Return what the coverage says of a register that was not read, or that holds nothing."""
    if register == "photographs":
        return f"The photographs register {how}, so that no approval could be found."
    return f"The {register} register {how}, so that nobody on it could be recognised."


def _named(need: str, parameters: Mapping[str, Any]) -> list[str]:
    return [REGISTER_OF[role] for role in parameters["roles"]] if need == OF_THE_ROLES else [need]
