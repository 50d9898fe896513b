"""What a frame comes to by each expectation, counted by the warehouse itself: as Great Expectations counts it."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from policies.toml_text import packaged_text
from warehouse.quality.quality_checks import Expectation, QualityCheck
from warehouse.store.build import quoted


@dataclass(frozen=True, slots=True)
class Tested:
    """One expectation and what was seen of it: counts by their names, none where it could not be computed."""

    expected: Expectation
    counts: Mapping[str, int]
    is_passed: bool


@dataclass(frozen=True, slots=True)
class Validated:
    """What a data-quality check's frame came to: how many rows it has, and each of its tests."""

    check: QualityCheck
    rows: int
    tests: tuple[Tested, ...]

    @property
    def is_passed(self) -> bool:
        """Whether every test passed."""
        return all(test.is_passed for test in self.tests)


Kind = tuple[str, ...]


def counted(db: duckdb.DuckDBPyConnection, check: QualityCheck) -> tuple[Validated, list[Kind]]:
    """Count the rows of the check's frame by each expectation.

    Returned beside it is of what kind each test's answer is: what was expected, of what type of values, whether it
    passed, and of each count whether it is none. Two answers of one kind differ in numbers alone.
    """
    rows = db.query(frame_of(check.name))
    types = dict(zip(rows.columns, map(str, rows.types), strict=True))
    parts = [part for expected in check.expectations for part in _parts(expected)]
    seen = rows.query("frame", f"select count(*), {', '.join(parts)} from frame").fetchone() or ()
    count, pairs = seen[0], zip(seen[1::2], seen[2::2], strict=True)
    tests = tuple(_tested(e, count, *pair) for e, pair in zip(check.expectations, pairs, strict=True))
    return Validated(check, count, tests), [_kind(test, types) for test in tests]


def _kind(test: Tested, types: Mapping[str, str]) -> Kind:
    asked = test.expected.parameters
    words = [f"{name} {'' if isinstance(value, int | float) else value}" for name, value in asked.items()]
    numbers = [f"{name} {bool(number)}" for name, number in test.counts.items()]
    return test.expected.kind, *words[1:], types.get(asked.get("column", ""), ""), str(test.is_passed), *numbers


def says(name: str) -> str:
    """Return what this data-quality check expects, in a sentence."""
    return frame_of(name).splitlines()[0].removeprefix("--").strip()


def frame_of(name: str) -> str:
    """Return the query of this data-quality check's frame."""
    return packaged_text("warehouse.quality.frames", f"{name}.sql")


def _parts(expected: Expectation) -> tuple[str, str]:
    """Return what counts the rows that have no value, and those whose value is not as expected."""
    if expected.kind == "ExpectTableRowCountToBeBetween":
        return "0", "0"
    column = expected.parameters["column"]
    missing = f"count(*) - count({column})"
    if expected.kind == "ExpectColumnValuesToNotBeNull":
        return missing, missing
    if expected.kind == "ExpectColumnValuesToBeUnique":
        values = f"(select count(*) as rows from frame where {column} is not null group by {column})"
        return missing, f"(select coalesce(sum(rows) filter (rows > 1), 0) from {values})"
    return missing, f"count(*) filter ({column} is not null and not ({_condition(column, expected)}))"


def _condition(column: str, expected: Expectation) -> str:
    asked = expected.parameters
    match expected.kind:
        case "ExpectColumnValuesToBeInSet":
            return f"{column} in ({', '.join(quoted(value) for value in asked['value_set'])})"
        case "ExpectColumnValuesToMatchRegex":
            return f"regexp_matches({column}, {quoted(asked['regex'])})"
        case _:
            low, high = asked["min_value"], asked["max_value"]
            bounds = [f"{column} >= {low}"] * (low is not None) + [f"{column} <= {high}"] * (high is not None)
            return " and ".join(bounds)


def _tested(expected: Expectation, rows: int, missing: int, unexpected: int) -> Tested:
    if expected.kind == "ExpectTableRowCountToBeBetween":
        return Tested(expected, {"observed_value": rows}, rows >= expected.parameters["min_value"])
    counts = {"element_count": rows, "missing_count": int(missing), "unexpected_count": int(unexpected)}
    if expected.kind == "ExpectColumnValuesToNotBeNull":
        del counts["missing_count"]
    asked = rows - counts.get("missing_count", 0)
    share = (asked - unexpected) / asked if asked else 1.0
    return Tested(expected, counts, share >= expected.parameters.get("mostly", 1.0))
