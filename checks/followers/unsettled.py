"""Counts the accounts that bear somebody's name and show too little else: stated in the coverage, never listed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from checks.model import Remark
from checks.papers import script


def unsettled(role: str, whose: str) -> Remark:
    """Return a remark that says how many followers bear the name of somebody in this role and are not listed."""

    def remark(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> str | None:
        return _sentence(_count(db, "follower", [role]), whose)

    return remark


def unsettled_followed(db: duckdb.DuckDBPyConnection, _as_of: date, parameters: Mapping[str, Any]) -> str | None:
    """Say how many followed accounts bear the name of somebody in the parameter `roles` and are not listed."""
    return _sentence(_count(db, "following", parameters["roles"]), "somebody's")


def _count(db: duckdb.DuckDBPyConnection, direction: str, roles: Sequence[str]) -> int:
    sql = script("checks.followers", "unsettled.sql")
    [(count,)] = db.execute(sql, {"direction": direction, "roles": list(roles)}).fetchall()
    return int(count)


def _sentence(count: int, whose: str) -> str | None:
    if not count:
        return None
    if count == 1:
        return f"1 further account bears {whose} name but shows too little else; it is not listed."
    return f"{count:,} further accounts bear {whose} name but show too little else; they are not listed."
