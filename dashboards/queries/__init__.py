"""Every question the dashboards ask of the published copy, one SQL file each; values are always bound."""

from dataclasses import fields
from typing import Any, TypeVar

import duckdb

from dashboards.safe_text import plain_row
from policies.toml_text import packaged_text

Row = TypeVar("Row")


def query(name: str) -> str:
    """Return the SQL of this name; FileNotFoundError when there is none."""
    return packaged_text(__name__, f"{name}.sql")


def rows(db: duckdb.DuckDBPyConnection, name: str, form: type[Row], **values: Any) -> tuple[Row, ...]:
    """Ask the query of this name and return its rows in order, each in this dataclass, its texts made plain.

    The query gives every field of the dataclass by its name, and perhaps more; TypeError when it does not.
    """
    answer = db.execute(query(name), values)
    columns = [column[0] for column in answer.description or ()]
    wanted = [field.name for field in fields(form)]  # type: ignore[arg-type]
    if missing := [field for field in wanted if field not in columns]:
        raise TypeError(f"{name}.sql gives {', '.join(columns)}; {form.__name__} lacks {', '.join(missing)}.")
    places = [columns.index(field) for field in wanted]
    return tuple(form(*plain_row(tuple(row[place] for place in places))) for row in answer.fetchall())
