"""Reads the tables of the invented world, which stand in TOML files beside the code that uses them."""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from policies.toml_text import packaged_toml

RowT = TypeVar("RowT")


@cache
def read_tables(package: str, name: str) -> dict[str, Any]:
    """Return what the TOML file of this name in a package says; treat it as read-only."""
    return packaged_toml(package, name)


def rows_of(kind: type[RowT], rows: Iterable[Any]) -> tuple[RowT, ...]:
    """Return the rows of one table as the dataclass that they describe."""
    return tuple(map(TypeAdapter(kind).validate_python, rows))
