"""Turn what the checks found, and its evidence, into words: no code, view or ISO day reaches a reader."""

import re
from collections.abc import Sequence
from datetime import date

from dashboards.report.model import ExceptionRow
from dashboards.report.small_numbers import ShownCount
from dashboards.report.words import WORDS, plain_label
from policies.dates import short_date

EVERY_ACCOUNT = "the school's accounts"


def heading(rows: Sequence[ExceptionRow]) -> str:
    """Return what these exceptions of one check show; the check's title where a run kept no finding."""
    first = rows[0]
    return _filled(first.finding_one, first.finding_many, len(rows), account_of(rows)) or first.check_title


def counted(row: ShownCount) -> str:
    """Return what the exceptions of a cell show, by its band and without an account; or the check's title."""
    finding = row.finding_one if str(row.open_now) == "1" else row.finding
    if not finding:
        return row.check_title
    said = finding.replace("{count}", str(row.open_now)).replace("{account}", EVERY_ACCOUNT)
    return said[:1].upper() + said[1:]


def account_of(rows: Sequence[ExceptionRow]) -> str:
    """Return the one official account that all rows are of, or what several are called together."""
    handles = {row.account_handle for row in rows}
    handle = handles.pop() if len(handles) == 1 else None
    return f"@{handle.removeprefix('@')}" if handle else EVERY_ACCOUNT


def _filled(finding: str | None, several: str | None, how_many: int, account: str) -> str | None:
    text = finding if how_many == 1 else several
    if not text or not how_many:
        return None
    said = text.replace("{count}", f"{how_many:,}").replace("{account}", account)
    return said[:1].upper() + said[1:]


LABELS = WORDS["labels"]
BANDS = WORDS["bands"]
AS_WRITTEN = frozenset({"account", "shown_name", "excerpt", "quote"})  # evidence in other people's own words
_ISO_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def evidence_label(code: str) -> str:
    """Return the label of a piece of evidence, or of a check, as words."""
    return LABELS.get(code) or plain_label(code)


def evidence_value(label: str, value: str) -> str:
    """Return a piece of evidence in words: a code as what it means, a date as a reader writes it."""
    if label == "band":
        return BANDS.get(value) or plain_label(value)
    return value if label in AS_WRITTEN else dated(value)


def dated(text: str) -> str:
    """Return the text with every day in it as a reader writes it."""
    return _ISO_DATE.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    try:
        return short_date(date.fromisoformat(found[0]))
    except ValueError:  # a figure that only looks like a date
        return found[0]


def populations(views: str) -> str:
    """Return what a data-quality check bears on, from the names of the views: `followers` for one of followers."""
    names = (view.strip().removeprefix("core.").removesuffix("_coverage") for view in views.split(","))
    return ", ".join(name.replace("_", " ") for name in names)
