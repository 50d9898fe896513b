"""What the report says of the headings of the registers' files; a heading is the school's own word."""

from collections.abc import Sequence

from dashboards.report.operations import ReportedColumn


def is_doubtful(column: ReportedColumn) -> bool:
    """Say whether a heading is likely to be a column that nobody recognised, or one that school.toml maps is gone."""
    return column.nearest is not None or (column.state == "missing" and column.heading is not None)


def heading_sentence(column: ReportedColumn) -> str:
    """Return what became of one heading, in a sentence."""
    if column.nearest:
        return f"{column.heading}: did you mean {column.nearest}?"
    if column.state == "missing":
        return f"school.toml maps {column.heading} to {column.column_name}, and the file does not have it."
    return f"Not read; {column.column_name} is read from another." if column.column_name else "Not read."


def lines(columns: Sequence[ReportedColumn]) -> list[list[str]]:
    """Return the rows of a table: register, heading, what became of it; what is simply not there is one row."""
    rows = []
    for register in dict.fromkeys(column.register for column in columns):
        here = [column for column in columns if column.register == register and column.state != "recognised"]
        with_heading = [column for column in here if column.heading is not None]
        rows += [[register, column.heading or "", heading_sentence(column)] for column in with_heading]
        if absent := [column.column_name or "" for column in here if column.heading is None]:
            rows.append([register, "\N{EN DASH}", _absent(absent)])
    return rows


def _absent(names: Sequence[str]) -> str:
    made = " Each person has an id made of name and role." if "person_id" in names else ""
    return f"Not there: {', '.join(names)}.{made}"
