"""Rebuilds every view from its file: `models/<schema>/<name>.sql` is one SELECT, and the path is the view's name."""

from graphlib import TopologicalSorter
from importlib import resources

import duckdb

from policies.populations import POPULATIONS

SCHEMAS = ("core", "outcome", "published")


def models() -> dict[str, str]:
    """Return every view's SELECT by its qualified name."""
    found = {}
    for schema in SCHEMAS:
        folder = resources.files("warehouse.models") / schema
        if folder.is_dir():
            for file in folder.iterdir():
                if file.name.endswith(".sql"):
                    found[f"{schema}.{file.name.removesuffix('.sql')}"] = file.read_text(encoding="utf-8")
    return found | {"core.populations": _populations()}


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


def in_order(db: duckdb.DuckDBPyConnection, views: dict[str, str]) -> list[str]:
    """Return the views' names so that each comes after those that it reads."""
    needs = {name: _reads(db, sql) & views.keys() for name, sql in views.items()}
    return list(TopologicalSorter(needs).static_order())


def _reads(db: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    # DuckDB 1.5 answers "core.posts AS posts" where 2.0 answers "core.posts".
    return {name.partition(" AS ")[0].replace('"', "") for name in db.get_table_names(sql, qualified=True)}


def build(db: duckdb.DuckDBPyConnection) -> None:
    """Make every view anew, with its first comment line as its comment."""
    views = models()
    for name in in_order(db, views):
        sql = views[name]
        about = sql.splitlines()[0].removeprefix("--").strip().replace("'", "''")
        db.execute(f"create or replace view {name} as {sql}")
        db.execute(f"comment on view {name} is '{about}'")
