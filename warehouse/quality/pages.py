"""The technician's page of data quality: every test of every check in counts, no script, nothing fetched.

A value that a test saw is shown only where it is a number of rows: a list of what was unexpected, or the text of an
error, could hold a value of a row.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

_COUNTS = ("element_count", "missing_count", "unexpected_count", "observed_value")
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
    counts = {name: test.result[name] for name in _COUNTS if isinstance(test.result.get(name), int)}
    return _line(counts) or "This test could not be computed."


def _line(values: Mapping[str, Any], without: frozenset[str] | set[str] = frozenset()) -> str:
    given = ((name, value) for name, value in values.items() if name not in without and value is not None)
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in given)
