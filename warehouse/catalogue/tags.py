"""Reads the tags of every column, from the files beside this one.

A table's tag gives purpose, clock and readers; a column's name gives its category, unless the table says otherwise.
`core.*` stands for every view of that schema. A column without a tag, or a tag of no column, is a mistake in the files.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from policies.toml_text import packaged_toml

FILES = ("vocabulary.toml", "columns.toml", "tables.toml", "clocks.toml", "descriptions.toml")


class UntaggedColumnError(LookupError):
    """A table or a column has no tag; the message names it and the file that lacks it."""


@dataclass(frozen=True, slots=True)
class ColumnTag:
    """What one column is. `audience` are the roles that may read it; `identifies` says if somebody can be known by it.

    `lawful_basis` is that of the UK GDPR under which it is kept, in words.
    """

    table: str
    column: str
    category: str
    identifies: bool
    purpose: str
    lawful_basis: str
    clock: str
    audience: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExampleQuery:
    """A question in words and in SQL that a published view answers."""

    asks: str
    sql: str


@cache
def read_file(name: str) -> Mapping[str, Any]:
    """Return what one of the files beside this one says."""
    return MappingProxyType(packaged_toml("warehouse.catalogue", name))


def categories() -> Mapping[str, str]:
    """Return each category with what it says."""
    return {name: entry["says"] for name, entry in read_file("vocabulary.toml")["category"].items()}


def special_categories() -> Mapping[str, str]:
    """Return each category in which data of a special category, or about an offence, may stand, with what that is."""
    entries = read_file("vocabulary.toml")["category"].items()
    return {name: entry["special"] for name, entry in entries if "special" in entry}


def purposes() -> Mapping[str, tuple[str, str]]:
    """Return each purpose with what it says and its lawful basis."""
    return {name: (entry["says"], entry["basis"]) for name, entry in read_file("vocabulary.toml")["purpose"].items()}


@cache
def categories_by_column() -> Mapping[str, str]:
    """Return the category that each column's name has unless its table says otherwise."""
    return {column: category for category, columns in read_file("columns.toml").items() for column in columns}


def tagged_tables() -> Mapping[str, Mapping[str, Any]]:
    """Return the tag of each table by its qualified name, as tables.toml has it."""
    return read_file("tables.toml")


def clock_of(table: str) -> str:
    """Return the name of the clock that ends a table's rows; UntaggedColumnError if the table has no tag."""
    return str(_entry(table)["clock"])


def tables_of_clock(clock: str, *schemas: str) -> tuple[str, ...]:
    """Return the tables of these schemas whose rows a clock ends."""
    tables = tagged_tables().items()
    return tuple(name for name, entry in tables if entry["clock"] == clock and name.partition(".")[0] in schemas)


def withheld_columns(table: str) -> frozenset[str]:
    """Return the columns of a table that no reader is shown."""
    return frozenset(_entry(table).get("withheld", ()))


def _entry(table: str) -> Mapping[str, Any]:
    tables = tagged_tables()
    entry = tables.get(table) or tables.get(f"{table.partition('.')[0]}.*")
    if entry is None:
        raise UntaggedColumnError(f"{table} has no tag; add it to warehouse/catalogue/tables.toml.")
    return entry


def tag_of(table: str, column: str) -> ColumnTag:
    """Return the tag of one column of a table such as `raw.posts`; UntaggedColumnError if it has none."""
    entry = _entry(table)
    category = entry.get("columns", {}).get(column) or categories_by_column().get(column)
    if category is None:
        raise UntaggedColumnError(f"{table}.{column} has no category; add it to warehouse/catalogue/columns.toml.")
    vocabulary = read_file("vocabulary.toml")
    return ColumnTag(
        table=table,
        column=column,
        category=category,
        identifies=vocabulary["category"][category]["people"],
        purpose=entry["purpose"],
        lawful_basis=vocabulary["purpose"][entry["purpose"]]["basis"],
        clock=entry["clock"],
        audience=() if column in entry.get("withheld", ()) else tuple(entry["audience"]),
    )


def description(view: str, column: str) -> str:
    """Return the sentence that describes a column of a published view; UntaggedColumnError if there is none."""
    sentences = read_file("descriptions.toml")
    found = sentences["one_view"].get(f"{view}.{column}") or sentences["every_view"].get(column)
    if not isinstance(found, str):
        raise UntaggedColumnError(
            f"published.{view}.{column} has no sentence; add it to warehouse/catalogue/descriptions.toml."
        )
    return found


def descriptions() -> Mapping[str, Mapping[str, str]]:
    """Return the sentences: `every_view` by a column's name, `one_view` by view.column."""
    return read_file("descriptions.toml")


def examples() -> Mapping[str, ExampleQuery]:
    """Return the example of each published view, by its name."""
    return {view: ExampleQuery(entry["asks"], entry["sql"]) for view, entry in read_file("examples.toml").items()}


@cache
def tags_sha256() -> str:
    """Return the SHA-256 of all tags, in hexadecimal: papers made from others are out of date."""
    folder = resources.files("warehouse.catalogue")
    return hashlib.sha256(
        "\x1f".join((folder / name).read_text(encoding="utf-8") for name in FILES).encode()
    ).hexdigest()
