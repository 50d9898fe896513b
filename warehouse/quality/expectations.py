"""Is the data whole? Great Expectations, over frames in which nobody is named, and a page for the technician.

A failed check turns the checks of the policy that rest on its populations to could_not_tell; it is never an exception
about anyone. The import takes more than a second: once Great Expectations and the warehouse have counted alike in an
answer of one kind, the warehouse counts alone, until the program or any package of it is another.
"""

import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import duckdb

from warehouse.quality.counted import Kind, Tested, Validated, counted, frame_of, says
from warehouse.quality.quality_checks import QUALITY_CHECKS, QualityCheck
from warehouse.quality.quality_page import write_page
from warehouse.store.load import replace_run, transaction

# For expectations about distributions and their charts, of which none is asked here: a third of the time of the import,
# and 85 MiB.
_UNUSED = ("altair", "scipy", "scipy.stats")
# For data in Amazon's stores, which it does without where they are not installed.
_ELSEWHERE = ("boto3", "botocore")
_SHOWN = ("element_count", "missing_count", "unexpected_count", "observed_value")
# Counts without the values that were counted: Great Expectations lists none of them where it is asked for none.
_COUNTS = {"result_format": "BASIC", "partial_unexpected_count": 0}
_agreed: set[Kind] = set()  # the kinds of answers in which both counted alike, in this process


@dataclass(frozen=True, slots=True)
class Passed:
    """How one data-quality check stood; `detail` is a sentence with counts only."""

    quality_check: str
    is_passed: bool
    populations: tuple[str, ...]
    detail: str


class Agreed(Protocol):
    """What keeps, for this very edition of the program, in which kinds of answers both counted alike."""

    def has(self, what: Sequence[str]) -> bool:
        """Say whether they did."""
        ...

    def keep(self, what: Sequence[str]) -> None:
        """Keep that they did."""
        ...


def check_quality(
    db: duckdb.DuckDBPyConnection, run_id: str, *, pages: Path | None = None, agreed: Agreed | None = None
) -> list[Passed]:
    """Run every data-quality check on the run at hand, and return how each stood.

    With `pages`, a folder that is made or written over, the results are written there as a page.
    """
    results = [_validated(db, check, agreed) for check in QUALITY_CHECKS]
    if pages is not None:
        write_page(pages, run_id, results)
    return [_answer(result) for result in results]


def keep_quality(db: duckdb.DuckDBPyConnection, run_id: str, answers: Sequence[Passed]) -> None:
    """Replace this run's rows of raw.quality_checks."""
    rows = ({**asdict(answer), "populations": ", ".join(answer.populations)} for answer in answers)
    with transaction(db):
        replace_run(db, "raw.quality_checks", run_id, rows)


def failed_populations(answers: Sequence[Passed]) -> frozenset[str]:
    """Return the populations that some failed check guards."""
    return frozenset(name for answer in answers if not answer.is_passed for name in answer.populations)


def _answer(result: Validated) -> Passed:
    name = result.check.name
    failed = sum(not test.is_passed for test in result.tests)
    seen = f"{result.rows} rows were looked at"
    sentence = f"{says(name)} ({seen}.)"
    if failed:
        sentence = f"Not so: {says(name)} ({failed} of {len(result.tests)} tests failed; {seen}.)"
    return Passed(name, failed == 0, result.check.populations, sentence)


def great_expectations() -> Any:
    """Return the library, imported with empty modules in place of those that nothing here asks of it."""
    absent: dict[str, Any] = dict.fromkeys(_ELSEWHERE) | {name: ModuleType(name) for name in _UNUSED}
    absent = {name: module for name, module in absent.items() if name not in sys.modules}
    sys.modules.update(absent)
    try:
        import great_expectations as gx  # noqa: PLC0415 - takes more than a second, so only when it is needed
    finally:
        for name in absent:
            del sys.modules[name]
    for name in ("great_expectations", "great_expectations.data_context.types.base"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return gx


def _validated(db: duckdb.DuckDBPyConnection, check: QualityCheck, agreed: Agreed | None) -> Validated:
    """Return what the suite says of its frame: the counts, where Great Expectations counted alike in such answers.

    An answer of another kind, one that has failed for the first time among them, is asked of Great Expectations, whose
    word stands where the two differ.
    """
    result, kinds = counted(db, check)
    if all(kind in _agreed or (agreed is not None and agreed.has(kind)) for kind in kinds):
        return result
    told = _validate(_frames(), check, db.execute(frame_of(check.name)).df())
    alike = [kind for kind, ours, theirs in zip(kinds, result.tests, told.tests, strict=True) if ours == theirs]
    _agreed.update(alike)
    if agreed is not None:
        for kind in alike:
            agreed.keep(kind)
    return told


@cache
def _frames() -> Any:
    """Return a definition of batches, each of which is a frame in memory; nothing of it is written anywhere."""
    gx = great_expectations()
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return (
        context.data_sources.add_pandas("run").add_dataframe_asset("frame").add_batch_definition_whole_dataframe("all")
    )


def _validate(frames: Any, check: QualityCheck, frame: Any) -> Validated:
    gx = great_expectations()
    batch = frames.get_batch(batch_parameters={"dataframe": frame})
    made = [getattr(gx.expectations, e.kind)(**e.parameters) for e in check.expectations]
    told = batch.validate(gx.ExpectationSuite(name=check.name, expectations=made), result_format=_COUNTS)
    tests = tuple(
        Tested(
            expected,
            {name: int(test.result[name]) for name in _SHOWN if isinstance(test.result.get(name), int)},
            bool(test.success),
        )
        for expected, test in zip(check.expectations, told.results, strict=True)
    )
    return Validated(check, len(frame), tests)
