"""The reports and other files that name a subject, as entries of a pack: one for each folder."""

from collections.abc import Sequence
from datetime import date, timedelta

from dashboards.subject_pack.pack import PackEntry
from flows.privacy.files import NamingFile
from policies.dates import long_date

_OF_THE_SCHOOL = "It is a file of the school's own: the school deletes it, and this check does not."


def report_entries(found: Sequence[NamingFile], *, about: str, days: int) -> tuple[PackEntry, ...]:
    """Return an entry for each folder; `days` is how long the school keeps the report of a run."""
    folders: dict[str, list[str]] = {}
    for file in found:
        folder, _, name = file.path.rpartition("/")
        folders.setdefault(folder or "the school's folder", []).append(name)
    return tuple(_entry(folder, names, about, days) for folder, names in folders.items())


def _entry(folder: str, names: list[str], about: str, days: int) -> PackEntry:
    values = {"folder": folder, "files": names}
    top, _, run_id = folder.partition("/")
    day = _day(run_id.partition("/")[0])
    if day is None or top not in {"reports", "quality"}:
        says = f"Files of the school's own name {about}."
        return PackEntry(values | {"says": says}, True, None, None, None, _OF_THE_SCHOOL)
    what = "The report" if top == "reports" else "The page about how good the data were"
    says = f"{what} of the week of {long_date(day)} is about {about} too."
    why = f"It goes {days} days after it was made. Ask the school for what it says of {about}."
    return PackEntry(values | {"says": says}, True, day, day, day + timedelta(days=days), why)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
