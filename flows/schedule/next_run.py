"""When the next run is due: as the schedule that is installed for a school says, read from what was installed."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.schedule import systemd
from flows.schedule.times import Weekly
from policies.dates import WEEKDAYS

_WEEK_AND_A_DAY = timedelta(days=8)  # after which a week without a run is told as missed
_SYSTEMD = re.compile(r"^OnCalendar=(\w{3}) \*-\*-\* (\d\d):(\d\d):00 ", re.MULTILINE)


def next_run(school: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the school is audited next; eight days from now where no timer of systemd's says so."""
    weekly = _installed(school)
    if weekly is None:
        return now + _WEEK_AND_A_DAY
    local = now.astimezone(zone)
    days = (weekly.day - local.weekday()) % 7
    due = (local + timedelta(days=days)).replace(hour=weekly.hour, minute=weekly.minute, second=0, microsecond=0)
    return due if due > local else due + timedelta(days=7)


def _installed(school: str) -> Weekly | None:
    timer = systemd.folder() / f"audit-run-{school}.timer"
    if timer.exists() and (found := _SYSTEMD.search(timer.read_text(encoding="utf-8"))):
        days = [name[:3] for name in WEEKDAYS]
        return Weekly(days.index(found[1]), int(found[2]), int(found[3]))
    return None
