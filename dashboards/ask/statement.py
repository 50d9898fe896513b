"""Say what a statement reads, and refuse one made of anything that is not on the list: the first of three walls.

The second is the locked connection, the third the process that answers. DuckDB's own parser counts, types and takes
apart the statements; nothing is matched by eye.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

import duckdb

from dashboards.ask import AskError
from policies.toml_text import packaged_toml

MAY_BEGIN = frozenset({"select", "with", "from", "describe", "summarize", "show", "desc", "table"})
MOST_NODES = 20_000
ONE_READING = "Ask one statement that begins with SELECT, WITH, FROM, DESCRIBE, SUMMARIZE or SHOW TABLES."
TOO_DEEP = "The question is too deeply nested to be read; ask it in smaller parts."
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_OWN_NAMES = "select view_name from duckdb_views() where internal union all select table_name from duckdb_tables()"


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """One statement that only reads, without what stands around it, and the tables that it reads, in order."""

    sql: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readable:
    """What a question may read: tables by schema, such as `published`, and whether it may have parameters.

    `unwritten` are the tables that the next run publishes, and that this copy lacks: an older program made it.
    """

    tables: Mapping[str, Collection[str]]
    takes_parameters: bool = False
    unwritten: Collection[str] = frozenset()

    def found(self, schema: str, table: str) -> str | None:
        """Return the table's whole name; None where there is no such table."""
        schemas = [schema] if schema else list(self.tables)
        return next((f"{name}.{table}" for name in schemas if table in self.tables.get(name, ())), None)

    def nearest(self, table: str) -> str:
        """Return a hint at the table that may be meant, or at the list of all."""
        every = {name: f"{schema}.{name}" for schema, names in self.tables.items() for name in names}
        near = get_close_matches(table, every, n=1)
        return f"is it {every[near[0]]}?" if near else "SHOW TABLES lists them."


def only_reads(db: duckdb.DuckDBPyConnection, sql: str, readable: Readable) -> ReadStatement:
    """Return the one statement and what it reads; AskError, in one sentence, when it is not one that only reads."""
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise AskError("This is not SQL that can be read; look for a missing bracket, comma or quote.") from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise AskError(ONE_READING)
    statement = statements[0].query
    if _first_word(statement) not in MAY_BEGIN:
        raise AskError(ONE_READING)
    nodes = list(_nodes(_tree(db, statement)))
    own_names = {str(name).lower() for (name,) in db.execute(_OWN_NAMES).fetchall()}
    given = _given_names(nodes, own_names)
    for node in nodes:
        _ensure_on_the_list(node, readable)
        _ensure_readable_names(node, readable, given)
    return ReadStatement(statement, tuple(dict.fromkeys(_tables(nodes, readable, given))))


def _first_word(statement: str) -> str:
    """Return the first word that is not a comment, in lower case."""
    tokens = [place for place, kind in duckdb.tokenize(statement) if kind != duckdb.token_type.comment]
    word = statement.encode()[tokens[0] :].decode() if tokens else ""
    return word.lstrip("(").split(maxsplit=1)[0].lower() if word.strip(" (\t\n") else ""


def _tree(db: duckdb.DuckDBPyConnection, statement: str) -> Any:
    """Return DuckDB's own reading of the statement; AskError when it cannot give one."""
    try:
        serialized = db.execute("select json_serialize_sql($statement)", {"statement": statement}).fetchall()[0][0]
        tree = json.loads(serialized)
    except (duckdb.Error, RecursionError) as error:
        raise AskError(TOO_DEEP) from error
    if tree["error"]:
        raise AskError(ONE_READING)
    return tree["statements"]


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of the tree, without recursion, so that no deep question exhausts the stack."""
    waiting, count = [tree], 0
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            count += 1
            if count > MOST_NODES:
                raise AskError("The question is too long to be read; ask it in smaller parts.")
            yield node
            waiting.extend(reversed(node.values()))
        elif isinstance(node, list):
            waiting.extend(reversed(node))


@cache
def _allowed() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in packaged_toml("dashboards.ask", "allowed.toml").items()}


def functions() -> frozenset[str]:
    """Return the names of the functions that a question may call, in lower case."""
    return _allowed()["scalars"] | _allowed()["aggregates"] | _allowed()["table_functions"]


def _ensure_on_the_list(node: Mapping[str, Any], readable: Readable) -> None:
    kind, is_expression = node.get("type"), "class" in node
    if is_expression and node["class"] not in _allowed()["expressions"]:
        raise AskError(f"{_said(node['class'])} may not be used in a question; ask with columns, values and functions.")
    if not is_expression and isinstance(kind, str) and kind not in _allowed()["nodes"]:
        raise AskError(f"{_said(kind)} may not be used in a question; ask with SELECT, FROM, WHERE and GROUP BY.")
    if node.get("class") == "PARAMETER" and not readable.takes_parameters:
        raise AskError("Write the value itself in place of a parameter; only a named question has parameters.")
    called = str(node.get("function_name") or "").lower()
    if called and called not in functions():
        near = get_close_matches(called, functions(), n=1)
        hint = f"is it {near[0]}?" if near else "docs/for-the-dpo.md says what may."
        raise AskError(f"The function {_said(called)} may not be used here; {hint}")
    if kind == "TABLE_FUNCTION":
        made = str(node["function"].get("function_name") or "").lower()
        if made not in _allowed()["table_functions"]:
            raise AskError(f"The function {_said(made)} may not be used as a table; ask those of schema published.")


def _given_names(nodes: Collection[Mapping[str, Any]], own_names: Collection[str]) -> frozenset[str]:
    """Return the names that the question gives its own tables by WITH; AskError for one that is another thing's."""
    entries = (entry for node in nodes for entry in (node.get("cte_map") or {}).get("map", ()))
    names = {str(entry["key"]).lower() for entry in entries}
    names |= {str(node["ctename"]).lower() for node in nodes if node.get("type") == "CTE_NODE" and "ctename" in node}
    for name in names:
        if not _PLAIN_NAME.fullmatch(name) or name in own_names or name.startswith(("duckdb_", "pragma_", "pg_")):
            raise AskError("Give each WITH a plain name of its own: letters, digits and _, and no table's name.")
    return frozenset(names)


def _ensure_readable_names(node: Mapping[str, Any], readable: Readable, given: Collection[str]) -> None:
    kind = node.get("type")
    schema, table = (str(node.get(name) or "").lower() for name in ("schema_name", "table_name"))
    if node.get("catalog_name"):
        raise AskError("Name a table by its schema alone, such as published.runs.")
    if schema and schema not in readable.tables:
        raise AskError(f"Only the schemas {' and '.join(readable.tables)} may be read here; docs/data.md lists them.")
    if kind == "BASE_TABLE" and not (table in given and not schema) and readable.found(schema, table) is None:
        known = table if _PLAIN_NAME.fullmatch(table) else "of that name"
        if table in readable.unwritten:
            raise AskError(
                f"An older program made the published copy, without {known}. Run `audit run`, and ask again."
            )
        raise AskError(f"There is no table {known} to be read here; {readable.nearest(table)}")
    if kind == "SHOW_REF" and node.get("show_type") == "SHOW_UNQUALIFIED" and table.strip('"') != "tables":
        raise AskError("Only SHOW TABLES may be used here, or DESCRIBE and a table's name.")


def _tables(nodes: Collection[Mapping[str, Any]], readable: Readable, given: Collection[str]) -> Iterator[str]:
    for node in nodes:
        if node.get("type") == "BASE_TABLE":
            schema, table = (str(node.get(name) or "").lower() for name in ("schema_name", "table_name"))
            whole = readable.found(schema, table)
            if whole is not None and (schema or table not in given):
                yield whole


def _said(name: object) -> str:
    """Return a name as a sentence may say it: never something of the question's own making that is no name."""
    text = str(name).replace("_", " ") if str(name).isupper() else str(name)
    return text if _PLAIN_NAME.fullmatch(text.replace(" ", "_")) else "of that name"
