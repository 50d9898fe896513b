"""Great Expectations' Data Docs as pages that stand alone: counts only, no script, nothing fetched from anywhere.

Its own renderers make each page. What they add for the web (scripts, styles and pictures of other hosts, links to its
makers) is taken out, and so is all that could hold a value of a row: lists of what was unexpected, and tracebacks.
"""

import html
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

_FIGURES = (
    "element_count",
    "missing_count",
    "missing_percent",
    "unexpected_count",
    "unexpected_percent",
    "unexpected_percent_total",
    "unexpected_percent_nonmissing",
)
_FOR_THE_WEB = re.compile(
    r"<script\b.*?</script>|<style\b.*?</style>|<link\b[^>]*>|<img\b[^>]*>|<button\b.*?</button>|<nav\b.*?</nav>|"
    r"<!--.*?-->|<footer\b.*?</footer>|<head\b.*?</head>",
    re.DOTALL | re.IGNORECASE,
)
_LINKS = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_HEAD = """<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }}
table {{ border-collapse: collapse; margin: 1rem 0; }}
th, td {{ border: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top; }}
.failed {{ font-weight: bold; }}
.col-lg-2 {{ display: none; }} /* the side bar, whose buttons need a script */
.fa-check-circle::before {{ content: "passed"; }}
.fa-times::before, .fa-exclamation-triangle::before {{ content: "failed"; font-weight: bold; }}
</style>
</head>"""


def write_pages(folder: Path, run_id: str, results: Sequence[tuple[str, Any]]) -> None:
    """Write a page for each result, beside the sentence that says what was expected, and `index.html` to lead there."""
    from great_expectations.render import renderer  # noqa: PLC0415 - late, as in quality.py

    folder.mkdir(parents=True, exist_ok=True)
    pages: Any = renderer.ValidationResultsPageRenderer(run_info_at_end=True)  # type: ignore[attr-defined]
    rows = [_row(sentence, result) for sentence, result in results]
    for _, result in results:
        name = str(result.suite_name)
        _write(folder / f"{name}.html", _page(name, str(_form().render(pages.render(_in_counts(result))))))
    passed = sum(bool(result.success) for _, result in results)
    body = (
        f"<body><h1>Data quality of the run {html.escape(run_id)}</h1>\n"
        f"<p>{passed} of {len(results)} data-quality checks passed. They say whether the data are whole, in counts; "
        "none is about a person. What rests on one that failed is reported as &ldquo;could not tell&rdquo;.</p>\n"
        f"<table><tr><th>check</th><th>expects</th><th>rows</th><th>result</th></tr>\n{''.join(rows)}</table></body>"
    )
    _write(folder / "index.html", _page("Data quality", f"<!DOCTYPE html>\n<html>{body}</html>"))


def get_ready() -> None:
    """Read the templates of Great Expectations' pages: a process that is forked afterwards has them."""
    templates = _form().env
    for name in templates.list_templates(["j2"]):
        templates.get_template(name)


@cache
def _form() -> Any:
    from great_expectations.render import view  # noqa: PLC0415

    return view.DefaultJinjaPageView()  # type: ignore[attr-defined]


def _row(sentence: str, result: Any) -> str:
    name = html.escape(str(result.suite_name))
    tests = [bool(test.success) for test in result.results]
    state = "passed" if all(tests) else f"failed ({tests.count(False)} of {len(tests)} tests)"
    return (
        f'<tr><td><a href="{name}.html">{name}</a></td><td>{html.escape(sentence)}</td><td>{result.meta["rows"]:,}</td>'
        f'<td class="{state.split(maxsplit=1)[0]}">{state}</td></tr>\n'
    )


def _in_counts(result: Any) -> Any:
    """Return the result without anything that could hold a value of a row."""
    for test in result.results:
        test.result = _figures(test.result)
        test.exception_info = _without_values(test.exception_info)
    return result


def _figures(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the counts of a test's result; what it saw only where that is a number of rows."""
    kept = {name: result[name] for name in _FIGURES if isinstance(result.get(name), int | float)}
    if isinstance(result.get("observed_value"), int):
        kept["observed_value"] = result["observed_value"]
    return kept


def _without_values(info: Mapping[str, Any]) -> dict[str, Any]:
    parts = [info, *(part for part in info.values() if isinstance(part, Mapping))]
    raised = any(part.get("raised_exception") for part in parts)
    message = "This test could not be computed." if raised else None
    return {"raised_exception": raised, "exception_message": message, "exception_traceback": "" if raised else None}


def _page(title: str, page: str) -> str:
    bare = _LINKS.sub(_inside, _FOR_THE_WEB.sub("", page))
    return re.sub(r"<html[^>]*>", lambda tag: f"{tag[0]}\n{_HEAD.format(title=html.escape(title))}", bare, count=1)


def _inside(link: re.Match[str]) -> str:
    """Keep a link to a page beside this one; of any other, what it says."""
    return link[0] if re.search(r'href="[a-z_]+\.html"', link[0]) else link[1]


def _write(path: Path, text: str) -> None:
    lines = [line.rstrip() for line in text.splitlines()]
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 - opened by its handle, with its mode
        file.write("\n".join(line for line in lines if line) + "\n")
