"""Rebuilds every view from its file: `models/<schema>/<name>.sql` is one SELECT, and the path is the view's name."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from graphlib import TopologicalSorter
from importlib import resources
from types import MappingProxyType
from typing import Any

import duckdb

from policies.populations import POPULATIONS
from warehouse.store.addresses import macros, make_macros
from warehouse.store.open import engine

SCHEMAS = ("core", "outcome", "published")


@cache
def models() -> Mapping[str, str]:
    """Return every view's SELECT by its qualified name; the files are read once."""
    models_by_name = {}
    for schema in SCHEMAS:
        folder = resources.files("warehouse.models") / schema
        if folder.is_dir():
            for file in folder.iterdir():
                if file.name.endswith(".sql"):
                    models_by_name[f"{schema}.{file.name.removesuffix('.sql')}"] = file.read_text(encoding="utf-8")
    return MappingProxyType(models_by_name | {"core.populations": _populations()})


def _populations() -> str:
    """Return the view of what policies.populations declares: from which lists each population's subjects come."""
    rows = [
        f"('{population.view}', '{subject}', '{listing}')"
        for population in POPULATIONS.values()
        for subject, listing in population.subjects
    ]
    return (
        "-- From the members of which lists the subjects of each population come, as policies.populations declares.\n"
        f"select * from (values {', '.join(rows)}) as populations (population, subject, listing)"
    )


@cache
def in_order() -> tuple[str, ...]:
    """Return the views' names so that each comes after those that it reads."""
    return tuple(TopologicalSorter(_reads()).static_order())


@cache
def under(name: str) -> frozenset[str]:
    """Return a view's name with those of all that it reads, at whatever remove; KeyError where it is none."""
    return frozenset({name}).union(*(under(other) for other in _reads()[name]))


@cache
def _reads() -> Mapping[str, frozenset[str]]:
    """Return which views each view names.

    They are parsed and nothing is looked up: where a view is there already, its own tables would be named instead.
    """
    views = models()
    with closing(engine()) as parser:
        return MappingProxyType({name: _tables(parser, sql) & views.keys() for name, sql in views.items()})


def _tables(db: duckdb.DuckDBPyConnection, sql: str) -> frozenset[str]:
    """Return the qualified names of the tables and views that a SELECT names; it is parsed, and nothing need be there.

    Not `get_table_names`, which binds as well: it refuses `using (a_column)` of a table that is not there yet.
    """
    names = set()

    def note(node: dict[str, Any]) -> dict[str, Any]:
        if node.get("type") == "BASE_TABLE":
            names.add(f"{node['schema_name']}.{node['table_name']}")
        return node

    [(tree,)] = db.execute("select json_serialize_sql($sql::varchar)", {"sql": sql}).fetchall()
    parsed = json.loads(tree, object_hook=note)
    if parsed["error"]:
        raise ValueError(f"A view cannot be read: {parsed['error_message']}.")
    return frozenset(names)


def build(db: duckdb.DuckDBPyConnection) -> None:
    """Make every macro and every view again, each view with its first comment line as its comment."""
    make_macros(db)
    views = models()
    for name in in_order():
        sql = views[name]
        about = sql.splitlines()[0].removeprefix("--").strip().replace("'", "''")
        db.execute(f"create or replace view {name} as {sql}")
        db.execute(f"comment on view {name} is '{about}'")
    db.execute(f"create or replace table main.models as select '{models_sha256()}' as sha256")


@cache
def models_sha256() -> str:
    """Return the SHA-256 of every macro and view, in hexadecimal: it tells one release's views from another's."""
    views = [f"{name}\x1e{sql}" for name, sql in sorted(models().items())]
    return hashlib.sha256("\x1f".join([*macros(), *views]).encode()).hexdigest()


def is_built(db: duckdb.DuckDBPyConnection) -> bool:
    """Say whether the views of this warehouse, or the tables of this published copy, are those of this program."""
    made = "select 1 from duckdb_tables() where database_name = current_database() and schema_name = 'main'"
    if not db.execute(f"{made} and table_name = 'models'").fetchall():
        return False
    return db.execute("select sha256 from main.models").fetchall() == [(models_sha256(),)]
