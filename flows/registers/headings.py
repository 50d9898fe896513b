"""The headings of the school's own files: those that school.toml maps, and what a run says of the others, in counts."""

from collections import Counter
from collections.abc import Iterable, Sequence

from connectors.records import RegisterColumn


def in_counts(school_id: str, records: Iterable[object]) -> str | None:
    """Return what a run says of headings that were ignored and columns that are missing; None where there are none."""
    columns = [record for record in records if isinstance(record, RegisterColumn)]
    states = Counter(column.state for column in columns)
    near = sum(column.nearest is not None for column in columns)
    if not states["ignored"] and not states["missing"]:
        return None
    headings = "1 heading was" if states["ignored"] == 1 else f"{states['ignored']} headings were"
    meant = f" ({near} may be meant for one that is missing)" if near else ""
    missing = "1 column is" if states["missing"] == 1 else f"{states['missing']} columns are"
    return f"{headings} not read{meant}, {missing} missing; audit doctor {school_id} names them."


def are_doubtful(columns: Sequence[RegisterColumn]) -> bool:
    """Say whether a heading is likely to be a column that nobody recognised, or one that school.toml maps is gone."""
    return any(column.nearest or (column.state == "missing" and column.heading) for column in columns)


def headings_sentence(columns: Sequence[RegisterColumn]) -> str:
    """Return what became of each heading of one file, for the person who can put it right."""
    parts = [f"{sum(column.state == 'recognised' for column in columns)} recognised"]
    if ignored := [_ignored(column) for column in columns if column.state == "ignored"]:
        parts.append(f"ignored: {', '.join(ignored)}")
    if missing := [_missing(column) for column in columns if column.state == "missing"]:
        parts.append(f"missing: {', '.join(missing)}")
    if any(column.state == "missing" and column.column_name == "person_id" for column in columns):
        parts.append("without ids of their own, people are given one made of their name and role")
    if any(column.nearest for column in columns):
        parts.append("map a heading under [registers.columns] in school.toml")
    return "; ".join(parts) + "."


def _ignored(column: RegisterColumn) -> str:
    if column.nearest:
        return f"{column.heading} (did you mean {column.nearest}?)"
    return (
        f"{column.heading} ({column.column_name} is read from another)" if column.column_name else str(column.heading)
    )


def _missing(column: RegisterColumn) -> str:
    mapped = f" (school.toml maps {column.heading}, which the file does not have)" if column.heading else ""
    return f"{column.column_name}{mapped}"
