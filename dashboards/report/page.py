"""Make one self-contained HTML page of a week: no script, no request, nothing that was not in the week."""

from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from dashboards.report import evidence_words, words
from dashboards.report.agenda import agenda, late_tasks
from dashboards.report.clauses import counts_in_policy_order, in_policy_order, in_words, refs, shares, total
from dashboards.report.exception_groups import sections, tally
from dashboards.report.findings import counted
from dashboards.report.headings import lines
from dashboards.report.model import Tier, Week
from dashboards.report.notices import notices
from dashboards.report.unread_texts import to_read, where
from dashboards.report.week_summary import could_not_tell, lede, reservations, seen_in_part, seen_whole, unseen
from dashboards.safe_text import has_long_word, known_link, shortened

TEMPLATES: dict[Tier, str] = {
    "governors": "counts.html",
    "headteacher": "counts.html",
    "lead": "rows.html",
    "dsl": "rows.html",
    "dpo": "rows.html",
}
READERS: dict[Tier, str] = {
    "governors": "the governors",
    "headteacher": "the headteacher",
    "lead": "the Enterprise and Technology Lead",
    "dsl": "the Designated Safeguarding Lead",
    "dpo": "the Data Protection Officer",
}


def page(week: Week) -> str:
    """Return the page of the week's tier as one HTML document."""
    return (
        _environment()
        .get_template(TEMPLATES[week.tier])
        .render(
            week=week,
            run=week.run,
            tier=week.tier,
            reader=READERS[week.tier],
            figures=(figures := tally(week)),
            lede=lede(week, figures),
            reservations=reservations(week, figures),
            notices=notices(week),
            sections=(chapters := sections(week)),
            todo=agenda(chapters),
            late=late_tasks(chapters),
            counts=counts_in_policy_order(week),
            clauses=(standings := in_policy_order(week)),
            clause_refs=refs(week),
            shares=shares(standings),
            clauses_total=total(standings),
            could_not_tell=could_not_tell(week),
            unseen=unseen(week),
            seen_in_part=seen_in_part(week),
            seen_whole=seen_whole(week),
            to_read=to_read(week.unread_texts),
            column_lines=lines,
            words=words,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(_filters())
    environment.filters["where"] = where
    environment.tests["link"] = known_link
    environment.tests["wordy"] = has_long_word
    return environment


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
        "stands": in_words,
        "number": words.number,
        "usd": words.usd,
    }


def _template(name: str) -> str:
    return resources.files("dashboards.report.templates").joinpath(name).read_text(encoding="utf-8")
