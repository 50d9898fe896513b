"""Give an answer as a table for a terminal, or as CSV, JSON or Parquet; no cell can do harm where it is opened."""

import io
import json
from typing import Any, Literal

import polars as pl

from dashboards.safe_text import cell, plain, shortened

Form = Literal["table", "csv", "parquet", "json"]
BYTE_ORDER_MARK = "\ufeff"
WIDEST_CELL = 60


def render(frame: pl.DataFrame, form: Form) -> bytes:
    """Return the answer in this form as bytes; text is UTF-8. ValueError for another form."""
    if form == "parquet":
        out = io.BytesIO()
        frame.write_parquet(out)
        return out.getvalue()
    if form == "csv":
        return (BYTE_ORDER_MARK + _csv(frame)).encode()
    if form == "json":
        return (json.dumps(frame.to_dicts(), ensure_ascii=False, indent=2, default=str) + "\n").encode()
    if form == "table":
        return _table(frame).encode()
    raise ValueError(f"There is no form called {form!r}. Choose one of: table, csv, parquet, json.")


def _csv(frame: pl.DataFrame) -> str:
    flat = pl.DataFrame(
        {name: [_cell(value) for value in frame[name].to_list()] for name in frame.columns},
        schema=dict.fromkeys(frame.columns, pl.String),
    )
    return flat.rename({name: str(cell(name)) for name in frame.columns}).write_csv(line_terminator="\r\n")


def _cell(value: Any) -> str | None:
    """Return the value as a cell's text; numbers stay numbers, even negative ones."""
    if value is None or isinstance(value, str):
        return None if value is None else str(cell(value))
    return _json(value) if isinstance(value, list | dict) else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _table(frame: pl.DataFrame) -> str:
    lines = [[_seen(name) for name in frame.columns], *([_seen(value) for value in row] for row in frame.rows())]
    widths = [max(len(line[place]) for line in lines) for place in range(frame.width)]
    head, *rows = ("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in lines)
    rule = "  ".join("-" * width for width in widths)
    row_count = f"({frame.height:,} {'row' if frame.height == 1 else 'rows'})"
    return "\n".join(line.rstrip() for line in [head, rule, *rows, row_count]) + "\n"


def _seen(value: Any) -> str:
    """Return a cell for a terminal: no control character, no direction change, not too wide."""
    if value is None:
        return ""
    return shortened(plain(_json(value) if isinstance(value, list | dict) else str(value)), WIDEST_CELL)
