"""Counts the followers who bear somebody's name and show too little else: told in the coverage, never listed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb

from checks.model import Remark, script


def unsettled(role: str, whose: str) -> Remark:
    """Return a remark that says how many accounts bear the name of somebody in this role and are not listed."""
    sql = script("checks.followers", "unsettled.sql")

    def remark(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> str | None:
        [(count,)] = db.sql(sql, params={"role": role}).fetchall()
        if not count:
            return None
        if count == 1:
            return f"1 further account bears {whose} name but shows too little else; it is not listed."
        return f"{count:,} further accounts bear {whose} name but show too little else; they are not listed."

    return remark
