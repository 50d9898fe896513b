"""The data dictionary: docs/data.md, made from the published views themselves and from the tags of their columns."""

import sys
from pathlib import Path

import duckdb

from tests.warehouse.conftest import warehouse_alone
from warehouse.catalogue.tags import categories, description, examples, tag_of

HEADER = """\
# The published tables

Made from the views in `warehouse/models/published` and the tags in `warehouse/catalogue`; do not edit. Columns may be
added, never renamed. Readers see these tables only, in schema `published` of each school's published copy, which
carries the same sentences as its comments. Each table has a question that anybody may put with `audit ask`.

A column's category says what may stand in it:

| category | what it is |
|---|---|
"""


def page(db: duckdb.DuckDBPyConnection) -> str:
    """Return docs/data.md as it should be, from a built warehouse; UntaggedColumnError for a column without a tag."""
    rows = db.execute(
        "select v.view_name, v.comment, c.column_name, lower(c.data_type) from duckdb_views() as v "
        "inner join duckdb_columns() as c on v.schema_name = c.schema_name and v.view_name = c.table_name "
        "where v.schema_name = 'published' order by v.view_name, c.column_index"
    ).fetchall()
    views = {name: comment for name, comment, *_ in rows}
    parts = [HEADER + "".join(f"| {name} | {says} |\n" for name, says in categories().items())]
    for view, comment in views.items():
        columns = [_line(view, column, kind) for name, _, column, kind in rows if name == view]
        head = "| column | type | category | what it says |\n|---|---|---|---|"
        parts.append(f"## published.{view}\n\n{comment}\n\n{head}\n" + "\n".join(columns) + f"\n{_example(view)}")
    return "\n".join(parts)


def _line(view: str, column: str, kind: str) -> str:
    category = tag_of(f"published.{view}", column).category
    return f"| `{column}` | {kind} | {category} | {description(view, column)} |"


def _example(view: str) -> str:
    example = examples()[view]
    return f"\n{example.asks}\n\n```\n{example.sql}\n```\n"


if __name__ == "__main__":
    with warehouse_alone() as warehouse:
        Path(sys.argv[1]).write_text(page(warehouse), encoding="utf-8")
