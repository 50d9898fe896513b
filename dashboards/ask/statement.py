"""Say whether a statement only reads the published copy: the first wall; the locked connection is the second.

DuckDB's own parser counts and types the statements and lists the functions they call. Nothing is matched by eye.
"""

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from policies.errors import UserError

MAY_BEGIN = frozenset({"select", "with", "from", "describe", "summarize", "show", "desc"})
TABLE_FUNCTIONS = frozenset({"range", "generate_series", "unnest", "duckdb_tables", "duckdb_columns", "duckdb_views"})
NEVER_CALLED = frozenset(
    {"getenv", "current_setting", "getvariable", "nextval", "currval", "json_execute_serialized_sql"}
)

# The schemas that a question may name. The desk's small pictures stand in another one, which no question reaches.
SCHEMAS = frozenset({"", "published", "information_schema"})
INNER = ("duckdb_", "pragma_", "sqlite_")
ONE_READING = "Ask one statement that begins with SELECT, WITH, FROM, DESCRIBE, SUMMARIZE or SHOW."


class AskError(UserError):
    """The question cannot be answered; the message is one sentence that says why."""


def only_reads(db: duckdb.DuckDBPyConnection, sql: str) -> str:
    """Return the one statement, without comments around it; AskError when it is not one that only reads."""
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise AskError("This is not SQL that can be read; look for a missing bracket, comma or quote.") from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise AskError(ONE_READING)
    statement = statements[0].query
    if _first_word(statement) not in MAY_BEGIN:
        raise AskError(ONE_READING)
    for problem in _problems(_tree(db, statement)):
        raise AskError(problem)
    return statement


def _first_word(statement: str) -> str:
    """Return the first word that is not a comment, in lower case."""
    tokens = [place for place, kind in duckdb.tokenize(statement) if kind != duckdb.token_type.comment]
    word = statement.encode()[tokens[0] :].decode() if tokens else ""
    return word.split(maxsplit=1)[0].lower() if word.strip() else ""


def _tree(db: duckdb.DuckDBPyConnection, statement: str) -> Any:
    """Return DuckDB's own reading of the statement; AskError when it cannot give one."""
    try:
        serialized = db.execute("select json_serialize_sql($statement)", {"statement": statement}).fetchall()[0][0]
        tree = json.loads(serialized)
    except (duckdb.Error, RecursionError) as error:
        raise AskError("The question is too deeply nested to be read; ask it in smaller parts.") from error
    if tree["error"]:
        raise AskError(ONE_READING)
    return tree["statements"]


def _problems(tree: Any) -> Iterator[str]:
    for node in _nodes(tree):
        function = str(node.get("function_name") or "").lower()
        if node.get("type") == "TABLE_FUNCTION":
            called = str(node["function"].get("function_name") or "").lower()
            if called not in TABLE_FUNCTIONS:
                yield f"The table function {called} may not be used here; ask the tables of schema published."
        if function in NEVER_CALLED:
            yield f"The function {function} may not be used here; ask the tables of schema published."
        if str(node.get("schema_name") or "").lower() not in SCHEMAS:
            yield "Only the tables of schema published may be read here; docs/data.md lists them."
        table = str(node.get("table_name") or "").lower()
        if node.get("type") == "BASE_TABLE" and table.startswith(INNER) and table not in TABLE_FUNCTIONS:
            yield "DuckDB's own tables may not be read here; ask the tables of schema published."


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of the tree, without recursion, so that no deep question exhausts the stack."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
