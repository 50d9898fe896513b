"""The template engine of report and desk: everything is escaped, nothing is undefined, and the words are shared."""

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import ChoiceLoader, Environment, FunctionLoader, StrictUndefined

from dashboards.report import evidence_words, words
from dashboards.report.clauses import standing_text
from dashboards.report.evidence_words import counted
from dashboards.report.unread_texts import where
from dashboards.safe_text import has_long_word, known_link, shortened
from policies.roles import decider


@cache
def environment(*packages: str) -> Environment:
    """Return the engine for the templates in these packages, of which the first that has a name gives it."""
    made = Environment(
        loader=ChoiceLoader([FunctionLoader(_reader_of(package)) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(_filters())
    made.tests["link"] = known_link
    made.tests["wordy"] = has_long_word
    return made


def get_ready(package: str) -> None:
    """Read every page of a package's templates: a process that is forked afterwards has them."""
    for file in resources.files(package).iterdir():
        if file.name.endswith(".html"):
            environment(package).get_template(file.name)


def _filters() -> dict[str, Any]:
    return {
        "shortened": shortened,
        "day": words.day,
        "long_day": words.long_day,
        "moment": words.moment,
        "role": words.role,
        "source": words.source,
        "label": evidence_words.evidence_label,
        "value": evidence_words.evidence_value,
        "finding": counted,
        "dated": evidence_words.dated,
        "populations": evidence_words.populations,
        "stands": standing_text,
        "number": words.number,
        "usd": words.usd,
        "where": where,
        "decider": decider,
    }


def _reader_of(package: str) -> Callable[[str], str | None]:
    def read(name: str) -> str | None:
        file = resources.files(package).joinpath(name)
        return file.read_text(encoding="utf-8") if file.is_file() else None

    return read
