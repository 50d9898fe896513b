"""The headings of the school's own files: those that school.toml maps, and what a run says of the others, in counts."""

from collections import Counter
from collections.abc import Iterable

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
