"""By what somebody is found in which column, whose a row is, and how one identity leads to the next."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from warehouse.catalogue.tags import categories_by_column, read_file, tag_of, tagged_tables

_AT_ONCE = 4096  # keys that are remembered: JSON has as many as a platform likes


@dataclass(frozen=True, slots=True)
class Edge:
    """Whoever a row of `table` is about by the column `by` is known by what stands in `columns` as well."""

    from_: str
    to: str
    table: str
    by: str
    columns: tuple[str, ...]


def identities() -> Mapping[str, Mapping[str, Any]]:
    """Return each identity by its name, as identities.toml has it."""
    entries: Mapping[str, Mapping[str, Any]] = read_file("identities.toml")["identity"]
    return entries


@lru_cache(maxsize=_AT_ONCE)
def identities_of(key: str, of: str | None = None) -> frozenset[str]:
    """Return what the values of a column, or of a key of JSON, may be ids of; nothing for any other text.

    Of our own columns the declaration says so, of any other key its form. `of` is the platform of the row, which may
    name an identity itself, such as `person`.
    """
    if key in _declared():
        found = frozenset(name for name, entry in identities().items() if key in entry["columns"])
    else:
        found = frozenset(
            name for name, entry in identities().items() if "keys" in entry and re.search(entry["keys"], key)
        )
    return frozenset({of}) if found and of is not None and of in identities() else found


def is_identity(key: str) -> bool:
    """Say whether a column, or a key of JSON, holds ids by which somebody can be found."""
    return not identities_of(key).isdisjoint(("account", "handle", "written", "person", "photograph"))


def is_shown(table: str, column: str) -> bool:
    """Say whether a text is what an account shows or says: a name, words, or an address; ids are not."""
    category = tag_of(table, column).category
    is_address = category == "platform_id" and not identities_of(column)
    return is_address or category in {"name", "profile", "free_text"}


@cache
def is_place(column: str) -> bool:
    """Say whether a column says where and when a row is of, which somebody is told whom the row only names."""
    return column in read_file("identities.toml")["place"]


@cache
def is_own_key(key: str) -> bool:
    """Say whether the key of an object in a page says whose the object is."""
    return key in read_file("identities.toml")["own_keys"]


def owner_columns(table: str) -> frozenset[str]:
    """Return the columns of a table that say whose a row is; none where rows are nobody's, or the school's own."""
    return frozenset(tagged_tables().get(table, {}).get("owner", ()))


def tables_owned_by(identity: str, *schemas: str) -> tuple[tuple[str, str], ...]:
    """Return each (table, column) of these schemas in which a row's owner may be of this identity."""
    return tuple(
        (table, column)
        for table in tagged_tables()
        if table.partition(".")[0] in schemas
        for column in sorted(owner_columns(table))
        if identity in identities_of(column)
    )


def tables_that_go_with_anybody() -> tuple[str, ...]:
    """Return the tables of whose rows nobody can tell whom they are about: every erasure empties them."""
    return tuple(table for table, entry in tagged_tables().items() if entry.get("goes_with_anybody"))


@cache
def edges(from_: str, to: str) -> tuple[Edge, ...]:
    """Return every way by which one identity leads to another."""
    return tuple(edge for edge in every_edge() if (edge.from_, edge.to) == (from_, to))


@cache
def every_edge() -> tuple[Edge, ...]:
    """Return every edge of identities.toml."""
    return tuple(
        Edge(edge["from"], edge["to"], edge["table"], edge["by"], tuple(edge["columns"]))
        for edge in read_file("identities.toml")["edge"]
    )


@cache
def _declared() -> frozenset[str]:
    own = (column for entry in tagged_tables().values() for column in entry.get("columns", ()))
    return frozenset((*categories_by_column(), *own))
