"""The heading of some exceptions: what was found, rather than the rule that was asked after."""

from collections.abc import Sequence

from dashboards.report.model import ExceptionRow
from dashboards.report.small_numbers import ShownCount

EVERY_ACCOUNT = "the school's accounts"


def heading(rows: Sequence[ExceptionRow]) -> str:
    """Return what these exceptions of one check show; the check's title where a run kept no finding."""
    first = rows[0]
    return _filled(first.finding_one, first.finding_many, len(rows), account_of(rows)) or first.check_title


def counted(row: ShownCount) -> str:
    """Return what the exceptions of a cell show, by its band and without an account; or the check's title."""
    if not row.finding:
        return row.check_title
    said = row.finding.replace("{count}", str(row.open_now)).replace("{account}", EVERY_ACCOUNT)
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
