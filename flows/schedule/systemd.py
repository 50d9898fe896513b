"""systemd's timers of the user who owns the data: the weekly audit, a nightly deletion, a daily look if it ran.

When the next run is due is read from what was installed.
"""

import getpass
import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flows.home.settings import ConfigurationError
from flows.schedule.program import Program, called, ensure_succeeds, is_there
from flows.schedule.times import Weekly
from policies.dates import WEEK_AND_A_DAY, WEEKDAYS

_SYSTEMD = re.compile(r"^OnCalendar=(\w{3}) \*-\*-\* (\d\d):(\d\d):00 ", re.MULTILINE)


def next_run(school: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the school is audited next; eight days from now where no timer of systemd's says so."""
    weekly = _installed(school)
    if weekly is None:
        return now + WEEK_AND_A_DAY
    local = now.astimezone(zone)
    days = (weekly.day - local.weekday()) % 7
    due = (local + timedelta(days=days)).replace(hour=weekly.hour, minute=weekly.minute, second=0, microsecond=0)
    return due if due > local else due + timedelta(days=7)


def _installed(school: str) -> Weekly | None:
    timer = folder() / f"audit-run-{school}.timer"
    if timer.exists() and (found := _SYSTEMD.search(timer.read_text(encoding="utf-8"))):
        days = [name[:3] for name in WEEKDAYS]
        return Weekly(days.index(found[1]), int(found[2]), int(found[3]))
    return None


def answers() -> bool:
    """Say whether systemd keeps services for this user."""
    return is_there("systemctl") and called("systemctl", "--user", "show-environment").returncode == 0


def units(program: Program, weekly: Weekly, zone: str) -> dict[str, str]:
    """Return the text of each unit by its name."""
    school = program.school
    return {
        f"audit-run-{school}.service": _service(f"The weekly audit of {school}", program, program.run),
        f"audit-run-{school}.timer": _timer(f"The weekly audit of {school}", f"{weekly.calendar} {zone}"),
        f"audit-expire-{school}.service": _service(f"What {school} keeps no longer", program, program.expire),
        f"audit-expire-{school}.timer": _timer(f"What {school} keeps no longer", f"{weekly.expire.calendar} {zone}"),
    } | check_units(program, weekly, zone)


def check_units(program: Program, weekly: Weekly, zone: str) -> dict[str, str]:
    """Return the units that look every day whether a week was missed."""
    about = f"Whether {program.school} was audited"
    return {
        f"audit-check-{program.school}.service": _service(about, program, program.check),
        f"audit-check-{program.school}.timer": _timer(about, f"{weekly.check.calendar} {zone}"),
    }


def _service(about: str, program: Program, words: Iterable[str]) -> str:
    return (
        f"[Unit]\nDescription={_percent(about)}\n\n[Service]\nType=oneshot\n"
        f"{environment(program.environment)}WorkingDirectory={_percent(str(program.home))}\nUMask=0077\n"
        f"ExecStart={command(words)}\n"
    )


def _timer(about: str, when: str) -> str:
    return (
        f"[Unit]\nDescription={_percent(about)}\n\n[Timer]\nOnCalendar={when}\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def environment(values: Mapping[str, str]) -> str:
    """Return the lines that set these variables in a unit."""
    return "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in values.items())


def command(words: Iterable[str]) -> str:
    """Return the words as ExecStart wants them; in all but the program's path a dollar stands for a variable."""
    path, *others = words
    return " ".join([_quoted(path), *(_quoted(word).replace("$", "$$") for word in others)])


def _quoted(text: str) -> str:
    escaped = _percent(text.replace("\\", "\\\\").replace('"', '\\"'))
    return f'"{escaped}"'


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def folder() -> Path:
    """Return where systemd looks for the user's own units."""
    config = os.environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "systemd" / "user"


def write(files: Mapping[str, str], where: Path) -> list[Path]:
    """Write each unit into a folder, in place of one of the same name; return the paths."""
    where.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (where / name).write_text(text, encoding="utf-8")
    return [where / name for name in files]


def ensure_answers() -> None:
    """Raise ConfigurationError where systemd keeps no services for this user, before anything is written."""
    if not answers():
        message = (
            "systemd keeps no services for this user, so nothing was written. Log in as the user who owns the data"
        )
        raise ConfigurationError(f"{message} (and not by su or sudo), or choose --with cron.")


def install(files: Mapping[str, str]) -> str | None:
    """Write and start the units; return what the person still has to do, if there is anything.

    Where that fails, what was there before is there again, and nothing else.
    """
    before = {name: (folder() / name).read_text(encoding="utf-8") for name in files if (folder() / name).exists()}
    try:
        write(files, folder())
        ensure_succeeds("systemctl", "--user", "daemon-reload")
        starts = [name for name, text in files.items() if "[Install]" in text]
        ensure_succeeds("systemctl", "--user", "enable", "--now", *starts)
    except (ConfigurationError, OSError):
        remove(name for name in files if name not in before)
        write(before, folder())
        called("systemctl", "--user", "daemon-reload")
        raise
    user = getpass.getuser()
    if is_there("loginctl") and called("loginctl", "enable-linger", user).returncode == 0:
        return None
    return (
        f"Without this the timers rest while {user} is not logged in; run it once: sudo loginctl enable-linger {user}"
    )


def installed(school: str) -> list[str]:
    """Return the names of this school's units that are there."""
    names = (f"audit-{what}-{school}.{kind}" for what in ("run", "expire", "check") for kind in ("service", "timer"))
    return [name for name in names if (folder() / name).exists()]


def remove(names: Iterable[str]) -> None:
    """Stop these units and delete those of them that are there, with what starts them; also where nobody answers."""
    wanted = [name for name in names if (folder() / name).exists()]
    if not wanted:
        return
    stoppable = [name for name in wanted if "[Install]" in (folder() / name).read_text(encoding="utf-8")]
    can_be_asked = is_there("systemctl")
    if can_be_asked:
        called("systemctl", "--user", "disable", "--now", *stoppable)
    for name in wanted:
        (folder() / name).unlink()
        for wants in folder().glob("*.wants"):
            (wants / name).unlink(missing_ok=True)
    if can_be_asked:
        called("systemctl", "--user", "daemon-reload")
