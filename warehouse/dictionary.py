"""The data dictionary: docs/data.md, made from the published views themselves."""

import duckdb

HEADER = """\
# The published tables

Made from the views in `warehouse/models/published`; do not edit. Columns may be added, never renamed.
Readers see these tables only, in schema `published` of each school's published copy.
"""


def page(db: duckdb.DuckDBPyConnection) -> str:
    """Return docs/data.md as it should be, from a built warehouse."""
    rows = db.execute(
        "select v.view_name, v.comment, c.column_name, lower(c.data_type) from duckdb_views() as v "
        "inner join duckdb_columns() as c on v.schema_name = c.schema_name and v.view_name = c.table_name "
        "where v.schema_name = 'published' order by v.view_name, c.column_index"
    ).fetchall()
    views = {name: comment for name, comment, *_ in rows}
    parts = [HEADER]
    for view, comment in views.items():
        columns = "\n".join(f"| `{column}` | {kind} |" for name, _, column, kind in rows if name == view)
        parts.append(f"## published.{view}\n\n{comment}\n\n| column | type |\n|---|---|\n{columns}\n")
    return "\n".join(parts)
