"""Make one self-contained HTML page of a week: no script, no request, nothing that was not in the week."""

from dashboards.report import words
from dashboards.report.agenda import agenda, late_tasks
from dashboards.report.clauses import counts_in_policy_order, in_policy_order, refs, shares, total
from dashboards.report.exception_groups import sections, tally
from dashboards.report.headings import lines
from dashboards.report.model import Tier, Week
from dashboards.report.notices import notices
from dashboards.report.small_numbers import in_all
from dashboards.report.templating import environment
from dashboards.report.unread_texts import to_read
from dashboards.report.week_summary import caveats, could_not_tell, seen_in_part, seen_whole, summary, unseen

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


def page(week: Week, *, back: str | None = None) -> str:
    """Return the page of the week's tier as one HTML document; `back` is an address that it leads back to."""
    return (
        environment("dashboards.report.templates")
        .get_template(TEMPLATES[week.tier])
        .render(
            week=week,
            run=week.run,
            tier=week.tier,
            reader=READERS[week.tier],
            figures=(figures := tally(week)),
            summary=summary(week, figures),
            caveats=caveats(week, figures),
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
            in_all=in_all,
            column_lines=lines,
            words=words,
            back=back,
        )
    )
