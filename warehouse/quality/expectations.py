"""Is the data whole? Great Expectations, over frames in which nobody is named, and a page for the technician.

A failed check turns the checks of the policy that rest on its populations to could_not_tell; it is never an exception
about anyone. The import takes more than a second, so it happens once, when a run has something to look at.
"""

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb

from warehouse.quality.pages import write_page
from warehouse.quality.quality_checks import QUALITY_CHECKS, QualityCheck
from warehouse.store.bulk import insert
from warehouse.store.load import transaction

# For expectations about distributions and their charts, of which none is asked here: a third of the time of the import,
# and 85 MiB.
_UNUSED = ("altair", "scipy.stats")
# For data in Amazon's stores, which it does without where they are not installed.
_ELSEWHERE = ("boto3", "botocore")
# Counts without the values that were counted: Great Expectations lists none of them where it is asked for none.
_COUNTS = {"result_format": "BASIC", "partial_unexpected_count": 0}


@dataclass(frozen=True, slots=True)
class Passed:
    """How one data-quality check stood; `detail` is a sentence with counts only."""

    quality_check: str
    is_passed: bool
    populations: tuple[str, ...]
    detail: str


def check_quality(db: duckdb.DuckDBPyConnection, run_id: str, *, pages: Path | None = None) -> list[Passed]:
    """Run every data-quality check on the run at hand, and return how each stood.

    With `pages`, a folder that is made or written over, the results are written there as a page.
    """
    frames = _frames()
    results = [_validate(frames, check, db.execute(_sql(check.name)).df()) for check in QUALITY_CHECKS]
    if pages is not None:
        write_page(pages, run_id, [(says(str(result.suite_name)), result) for result in results])
    return [_answer(check, result) for check, result in zip(QUALITY_CHECKS, results, strict=True)]


def keep_quality(db: duckdb.DuckDBPyConnection, run_id: str, answers: Sequence[Passed]) -> None:
    """Replace this run's rows of raw.quality_checks."""
    rows = [
        {
            "run_id": run_id,
            "quality_check": answer.quality_check,
            "is_passed": answer.is_passed,
            "populations": ", ".join(answer.populations),
            "detail": answer.detail,
        }
        for answer in answers
    ]
    with transaction(db):
        db.execute("delete from raw.quality_checks where run_id = ?", [run_id])
        insert(db, "raw.quality_checks", rows)


def failed_populations(answers: Sequence[Passed]) -> frozenset[str]:
    """Return the populations that some failed check guards."""
    return frozenset(name for answer in answers if not answer.is_passed for name in answer.populations)


def says(name: str) -> str:
    """Return what this data-quality check expects, in a sentence."""
    return _sql(name).splitlines()[0].removeprefix("--").strip()


def _sql(name: str) -> str:
    return resources.files("warehouse.quality.frames").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _answer(check: QualityCheck, result: Any) -> Passed:
    tests = [bool(test.success) for test in result.results]
    failed = tests.count(False)
    seen = f"{result.meta['rows']} rows were looked at"
    sentence = f"{says(check.name)} ({seen}.)"
    if failed:
        sentence = f"Not so: {says(check.name)} ({failed} of {len(tests)} tests failed; {seen}.)"
    return Passed(check.name, failed == 0, check.populations, sentence)


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


def _frames() -> Any:
    """Return a definition of batches, each of which is a frame in memory; nothing of it is written anywhere."""
    gx = great_expectations()
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return (
        context.data_sources.add_pandas("run").add_dataframe_asset("frame").add_batch_definition_whole_dataframe("all")
    )


def _validate(frames: Any, check: QualityCheck, frame: Any) -> Any:
    gx = great_expectations()
    batch = frames.get_batch(batch_parameters={"dataframe": frame})
    made = [getattr(gx.expectations, e.kind)(**e.parameters) for e in check.expectations]
    result = batch.validate(gx.ExpectationSuite(name=check.name, expectations=made), result_format=_COUNTS)
    result.meta["rows"] = len(frame)
    return result
