"""Rebuilds every view from its file: `models/<schema>/<name>.sql` is one SELECT, and the path is the view's name.

Beside the views stand macros made of the platforms' records, so that no query names a platform. Each is NULL for a
platform that has no record: an address is never another platform's. `core.platform_has(platform, feature)` says whether
it has that list or feature; in `core.comment_link` post_id is null for a comment on no post.
`core.is_on_line(line_id, line_handle, account_id, handle)` says whether a line of the register of accounts is about an
account of its platform: by the id where the line has one, for a handle may be another account's by now.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import cache
from graphlib import TopologicalSorter
from importlib import resources
from types import MappingProxyType
from typing import Any

import duckdb

from engines.roll_ids import folded_in_sql
from policies.platforms.record import Platform
from policies.platforms.registry import PLATFORMS
from policies.populations import POPULATIONS
from warehouse.store.open import engine

_PLACE = re.compile(r"\{(\w+)\}")


def _phrases(record: Platform) -> str:
    says = {"follows": record.words.follows, "writes": record.words.writes}
    return "case phrase " + " ".join(f"when {quoted(key)} then {quoted(words)}" for key, words in says.items()) + " end"


def _address(template: str) -> str:
    """Return a template such as `https://x.example/{post_id}` as an SQL expression; NULL where an id is."""
    parts = _PLACE.split(template)
    pieces = [part if number % 2 else quoted(part) for number, part in enumerate(parts) if part]
    return " || ".join(pieces)


def quoted(value: str) -> str:
    """Return a text as SQL writes it, between its quotation marks."""
    return "'" + value.replace("'", "''") + "'"


_MACROS: dict[str, Callable[[Platform], str]] = {
    "platform_name(platform)": lambda record: quoted(record.name),
    "platform_says(platform, phrase)": _phrases,
    "platform_features(platform)": lambda record: f"[{', '.join(quoted(feature) for feature in sorted(record.has))}]",
    "post_link(platform, post_id)": lambda record: _address(record.addresses.post),
    "actor_link(platform, actor_id)": lambda record: _address(record.addresses.actor),
    "account_link(platform, account_id)": lambda record: _address(record.addresses.account),
    "comment_link(platform, account_id, post_id, comment_id)": lambda record: (
        f"if(post_id is null, {_address(record.addresses.channel_comment)}, {_address(record.addresses.comment)})"
    ),
}


def macros(platforms: Iterable[Platform] = tuple(PLATFORMS.values())) -> list[str]:
    """Return the statements that make every macro again from these records."""
    records = list(platforms)
    made = [
        f"create or replace macro core.{signature} as case platform "
        + " ".join(f"when {quoted(record.id)} then {answer(record)}" for record in records)
        + " end"
        for signature, answer in _MACROS.items()
    ]
    has = "list_contains(core.platform_features(platform), feature)"
    made.append(f"create or replace macro core.platform_has(platform, feature) as {has}")
    made.append(f"create or replace macro core.folded_roll_id(roll_id) as {folded_in_sql('roll_id')}")
    of_handle = "lower(ltrim(line_handle, '@')) = lower(ltrim(handle, '@'))"
    told_by = f"coalesce(if(line_id is null, {of_handle}, line_id = account_id), false)"
    return [*made, f"create or replace macro core.is_on_line(line_id, line_handle, account_id, handle) as {told_by}"]


def make_macros(db: duckdb.DuckDBPyConnection) -> None:
    """Make every macro again in schema core, which must exist."""
    for statement in macros():
        db.execute(statement)


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


def about(name: str) -> str:
    """Return what a view says in its first comment line, to stand between quotes in SQL."""
    return models()[name].splitlines()[0].removeprefix("--").strip().replace("'", "''")


def build(db: duckdb.DuckDBPyConnection) -> None:
    """Make every macro and every view again, each view with its first comment line as its comment."""
    make_macros(db)
    views = models()
    for name in in_order():
        db.execute(f"create or replace view {name} as {views[name]}")
        db.execute(f"comment on view {name} is '{about(name)}'")
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
