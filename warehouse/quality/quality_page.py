"""The technician's page of a run's data-quality checks: counts, and nobody's name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from warehouse.quality.counted import Tested, Validated, says
from warehouse.store.private_files import put_in_place

_CAPITAL = re.compile(r"([A-Z])")
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


def write_page(folder: Path, run_id: str, results: Sequence[Validated]) -> None:
    """Write `index.html` into this folder: each result, beside the sentence that says what was expected."""
    folder.mkdir(parents=True, exist_ok=True)
    passed = sum(result.is_passed for result in results)
    text = (
        f"{_HEAD}<body><h1>Data quality of the run {escape(run_id)}</h1>\n"
        f"<p>{passed} of {len(results)} data-quality checks passed. They say whether the data are whole, in counts; "
        "none is about a person. What rests on one that failed is reported as &ldquo;could not tell&rdquo;.</p>\n"
        f"{''.join(part for result in results for part in _check(result))}</body></html>\n"
    )
    put_in_place(folder / "index.html", text.encode())


def _check(result: Validated) -> Iterator[str]:
    name = result.check.name
    yield f"<h2>{escape(name)}: {_state(result)}</h2>\n<p>{escape(says(name))}</p>\n"
    yield f"<p>{result.rows:,} rows were looked at.</p>\n"
    yield "<table><tr><th>test</th><th>rows and what is expected of them</th><th>seen</th><th>result</th></tr>\n"
    for test in result.tests:
        kind = _CAPITAL.sub(r" \1", test.expected.kind.removeprefix("Expect")).strip().lower()
        seen = _line(test.counts) or "This test could not be computed."
        cells = (kind, _line(test.expected.parameters), seen)
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}<td>{_state(test)}</td></tr>\n"
    yield "</table>\n"


def _state(result: Validated | Tested) -> str:
    state = "passed" if result.is_passed else "failed"
    return f'<span class="{state}">{state}</span>'


def _line(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in values.items() if value is not None)
