"""The headings of the school's own files: those that school.toml maps, and what a run says of the others, in counts."""

from collections import Counter
from collections.abc import Iterable, Sequence

from connectors.records import RegisterColumn
from flows.settings import ConfigurationError
from policies.school import School


def must_be_columns(school: School) -> None:
    """Raise ConfigurationError where school.toml maps a heading to a column that the register does not have."""
    if not school.columns:
        return
    from connectors.registers.headers import wrong_columns  # noqa: PLC0415 - brings the connectors' libraries along

    if told := [one for register, own in school.columns.items() for one in wrong_columns(register, own)]:
        raise ConfigurationError(" ".join(told))


def in_counts(school_id: str, records: Iterable[object]) -> str | None:
    """Return what a run says of headings that were ignored and columns that are missing; None where there are none."""
    columns = [one for one in records if isinstance(one, RegisterColumn)]
    told = Counter(one.state for one in columns)
    near = sum(one.nearest is not None for one in columns)
    if not told["ignored"] and not told["missing"]:
        return None
    headings = "1 heading was" if told["ignored"] == 1 else f"{told['ignored']} headings were"
    meant = f" ({near} may be meant for one that is missing)" if near else ""
    missing = "1 column is" if told["missing"] == 1 else f"{told['missing']} columns are"
    return f"{headings} not read{meant}, {missing} missing; audit doctor {school_id} names them."


def are_doubtful(columns: Sequence[RegisterColumn]) -> bool:
    """Say whether a heading is likely to be a column that nobody recognised, or one that school.toml maps is gone."""
    return any(one.nearest or (one.state == "missing" and one.heading) for one in columns)


def in_words(columns: Sequence[RegisterColumn]) -> str:
    """Return what became of each heading of one file, for the person who can put it right."""
    told = [f"{sum(one.state == 'recognised' for one in columns)} recognised"]
    if ignored := [_ignored(one) for one in columns if one.state == "ignored"]:
        told.append(f"ignored: {', '.join(ignored)}")
    if missing := [_missing(one) for one in columns if one.state == "missing"]:
        told.append(f"missing: {', '.join(missing)}")
    if any(one.state == "missing" and one.column_name == "person_id" for one in columns):
        told.append("without ids of their own, people are given one made of their name and role")
    if any(one.nearest for one in columns):
        told.append("map a heading under [registers.columns] in school.toml")
    return "; ".join(told) + "."


def _ignored(one: RegisterColumn) -> str:
    if one.nearest:
        return f"{one.heading} (did you mean {one.nearest}?)"
    return f"{one.heading} ({one.column_name} is read from another)" if one.column_name else str(one.heading)


def _missing(one: RegisterColumn) -> str:
    mapped = f" (school.toml maps {one.heading}, which the file does not have)" if one.heading else ""
    return f"{one.column_name}{mapped}"
