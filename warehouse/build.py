"""Rebuilds every view from its file: `models/<schema>/<name>.sql` is one SELECT, and the path is the view's name."""

from collections.abc import Mapping
from functools import cache
from graphlib import TopologicalSorter
from importlib import resources
from types import MappingProxyType

import duckdb

SCHEMAS = ("core", "outcome", "published")

_reads_by_sql: dict[str, frozenset[str]] = {}  # parsing is slow, and a view's text does not change while we run


@cache
def models() -> Mapping[str, str]:
    """Return every view's SELECT by its qualified name; the files are read once."""
    found = {}
    for schema in SCHEMAS:
        folder = resources.files("warehouse.models") / schema
        if folder.is_dir():
            for file in folder.iterdir():
                if file.name.endswith(".sql"):
                    found[f"{schema}.{file.name.removesuffix('.sql')}"] = file.read_text(encoding="utf-8")
    return MappingProxyType(found)


def in_order(db: duckdb.DuckDBPyConnection, views: Mapping[str, str]) -> list[str]:
    """Return the views' names so that each comes after those that it reads."""
    needs = {name: _reads(db, sql) & views.keys() for name, sql in views.items()}
    return list(TopologicalSorter(needs).static_order())


def _reads(db: duckdb.DuckDBPyConnection, sql: str) -> frozenset[str]:
    if sql not in _reads_by_sql:
        # DuckDB 1.5 answers "core.posts AS posts" where 2.0 answers "core.posts".
        names = db.get_table_names(sql, qualified=True)
        _reads_by_sql[sql] = frozenset(name.partition(" AS ")[0].replace('"', "") for name in names)
    return _reads_by_sql[sql]


def build(db: duckdb.DuckDBPyConnection) -> None:
    """Make every view anew, with its first comment line as its comment."""
    views = models()
    for name in in_order(db, views):
        sql = views[name]
        about = sql.splitlines()[0].removeprefix("--").strip().replace("'", "''")
        db.execute(f"create or replace view {name} as {sql}")
        db.execute(f"comment on view {name} is '{about}'")
