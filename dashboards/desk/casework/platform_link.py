"""The way from a case to what it is about, where that stands at a platform; the verb first."""

from collections.abc import Mapping

from dashboards.report.model import ExceptionRow, Week
from dashboards.safe_text import known_link

_OPENS = {"post": "Open the post", "medium": "Open the post", "comment": "Open the comment"}
_NEWEST = "Open the newest that it posted"


def platform_link(week: Week, row: ExceptionRow) -> tuple[str, str] | None:
    """Return an address at a platform, and the words for it; None where the case gives none that may be followed.

    Of an account it is the newest that it wrote; the account itself is opened from its card.
    """
    shown = week.evidence.get(row.fingerprint, {})
    found = (shown.get("newest", ""), _NEWEST) if row.subject_kind == "actor" else _of_subject(shown, row)
    return found if found is not None and known_link(found[0]) else None


def _of_subject(shown: Mapping[str, str], row: ExceptionRow) -> tuple[str, str] | None:
    return (shown.get("link", ""), _OPENS[row.subject_kind]) if row.subject_kind in _OPENS else None
