"""Which registers a check goes by, and which of them this run did not read: nobody on those can be recognised."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from checks.identity.model import REGISTER_OF

OF_THE_ROLES = "of the roles"  # in place of a register's name: those of the parameter `roles`


def unread(db: duckdb.DuckDBPyConnection, needs: Sequence[str], parameters: Mapping[str, Any]) -> list[str]:
    """Return the names of the registers that are needed and were not read in this run, in order."""
    names = [name for need in needs for name in _named(need, parameters)]
    read = {register for (register,) in db.sql("select distinct register from core.registers").fetchall()}
    return [name for name in dict.fromkeys(names) if name not in read]


def sentence(register: str) -> str:
    """Return what the coverage says of a register that was not read."""
    if register == "photographs":
        return "The photographs register was not read in this run, so that no approval could be found."
    return f"The {register} register was not read in this run, so that nobody on it could be recognised."


def _named(need: str, parameters: Mapping[str, Any]) -> list[str]:
    return [REGISTER_OF[role] for role in parameters["roles"]] if need == OF_THE_ROLES else [need]
