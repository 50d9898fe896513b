"""The template engine of report and desk: everything is escaped, nothing is undefined, and the words are shared."""

from functools import cache, partial
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from dashboards.report import evidence_words, words
from dashboards.report.clauses import answers, standing_text
from dashboards.report.evidence_words import counted
from dashboards.report.week_summary import where
from dashboards.safe_text import LONGEST_ADVICE, has_long_word, known_link, shortened
from policies.dates import long_date
from policies.roles import decider


@cache
def environment(*packages: str) -> Environment:
    """Return the engine for the templates in these packages, of which the first that has a name gives it."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package, ".") for package in packages]),
        auto_reload=False,
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
    for name in environment(package).list_templates(extensions=["html"]):
        environment(package).get_template(name)


def _filters() -> dict[str, Any]:
    return {
        "shortened": shortened,
        "advice": partial(shortened, longest=LONGEST_ADVICE),
        "day": words.day,
        "long_day": long_date,
        "moment": words.moment,
        "role": words.role,
        "source": words.source,
        "label": evidence_words.evidence_label,
        "value": evidence_words.evidence_value,
        "finding": counted,
        "dated": evidence_words.dated,
        "populations": evidence_words.populations,
        "stands": standing_text,
        "answers": answers,
        "number": words.number,
        "usd": words.usd,
        "where": where,
        "decider": decider,
    }
