"""Is the data whole? Great Expectations, over frames in which nobody is named, and a page for the technician.

A failed check turns the checks of the policy that rest on its populations to could_not_tell; it is never an exception
about anyone. The import takes more than a second, so it happens once, when a run has something to look at.
"""

import hashlib
import logging
import os
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb

from warehouse.quality.quality_checks import QUALITY_CHECKS, QualityCheck
from warehouse.store.load import replace_run, transaction

_SHOWN = ("element_count", "missing_count", "unexpected_count", "observed_value")
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Data quality</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top; }
.failed { font-weight: bold; }
</style>
</head>
"""


def write_page(folder: Path, run_id: str, results: Sequence[tuple[str, Any]]) -> None:
    """Write `index.html` into this folder: each result, beside the sentence that says what was expected."""
    folder.mkdir(parents=True, exist_ok=True)
    passed = sum(bool(result.success) for _, result in results)
    text = (
        f"{_HEAD}<body><h1>Data quality of the run {escape(run_id)}</h1>\n"
        f"<p>{passed} of {len(results)} data-quality checks passed. They say whether the data are whole, in counts; "
        "none is about a person. What rests on one that failed is reported as &ldquo;could not tell&rdquo;.</p>\n"
        f"{''.join(part for sentence, result in results for part in _check(sentence, result))}</body></html>\n"
    )
    handle = os.open(folder / "index.html", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 - opened by its handle, with its mode
        file.write(text)


def _check(sentence: str, result: Any) -> Iterator[str]:
    yield f"<h2>{escape(str(result.suite_name))}: {_state(result)}</h2>\n<p>{escape(sentence)}</p>\n"
    yield f"<p>{result.meta['rows']:,} rows were looked at.</p>\n"
    yield "<table><tr><th>test</th><th>rows and what is expected of them</th><th>seen</th><th>result</th></tr>\n"
    for test in result.results:
        kind, asked = test.expectation_config.type, test.expectation_config.kwargs
        cells = (kind.removeprefix("expect_").replace("_", " "), _line(asked, without={"batch_id"}), _seen(test))
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}<td>{_state(test)}</td></tr>\n"
    yield "</table>\n"


def _state(result: Any) -> str:
    state = "passed" if result.success else "failed"
    return f'<span class="{state}">{state}</span>'


def _seen(test: Any) -> str:
    """Return the counts of a test; of one that raised an error that it could not be computed."""
    counts = {name: test.result[name] for name in _SHOWN if isinstance(test.result.get(name), int)}
    return _line(counts) or "This test could not be computed."


def _line(values: Mapping[str, Any], without: frozenset[str] | set[str] = frozenset()) -> str:
    given = ((name, value) for name, value in values.items() if name not in without and value is not None)
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in given)


# For expectations about distributions and their charts, of which none is asked here: a third of the time of the import,
# and 85 MiB.
_UNUSED = ("altair", "scipy.stats")
# For data in Amazon's stores, which it does without where they are not installed.
_ELSEWHERE = ("boto3", "botocore")
# Counts without the values that were counted: Great Expectations lists none of them where it is asked for none.
_COUNTS = {"result_format": "BASIC", "partial_unexpected_count": 0}
_MOST_ANSWERS = 200  # of the weeks of a few schools
_answers: dict[tuple[str, bytes], Any] = {}  # by the data-quality check and the frame's hash


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
    results = [_validated(check, db.execute(_sql(check.name)).df()) for check in QUALITY_CHECKS]
    if pages is not None:
        write_page(pages, run_id, [(says(str(result.suite_name)), result) for result in results])
    return [_answer(check, result) for check, result in zip(QUALITY_CHECKS, results, strict=True)]


def keep_quality(db: duckdb.DuckDBPyConnection, run_id: str, answers: Sequence[Passed]) -> None:
    """Replace this run's rows of raw.quality_checks."""
    rows = ({**asdict(answer), "populations": ", ".join(answer.populations)} for answer in answers)
    with transaction(db):
        replace_run(db, "raw.quality_checks", run_id, rows)


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


def _validated(check: QualityCheck, frame: Any) -> Any:
    """Return what the suite says of this frame; what it said of the very same one before in this process is said again.

    A suite looks at nothing else.
    """
    key = (check.name, hashlib.sha256(pickle.dumps(frame)).digest())
    if key not in _answers:
        while len(_answers) >= _MOST_ANSWERS:
            del _answers[next(iter(_answers))]
        _answers[key] = _validate(_frames(), check, frame)
    return _answers[key]


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


def _validate(frames: Any, check: QualityCheck, frame: Any) -> Any:
    gx = great_expectations()
    batch = frames.get_batch(batch_parameters={"dataframe": frame})
    made = [getattr(gx.expectations, e.kind)(**e.parameters) for e in check.expectations]
    result = batch.validate(gx.ExpectationSuite(name=check.name, expectations=made), result_format=_COUNTS)
    result.meta["rows"] = len(frame)
    return result
