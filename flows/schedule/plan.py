"""One school's schedule by one of three ways: what it consists of, and how it is put in and taken away."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from flows.home.settings import ConfigurationError
from flows.schedule import prefect_services, systemd
from flows.schedule.program import Program, program_of
from flows.schedule.times import Weekly, keeps_other_time, weekly_of


def lines(program: Program, weekly: Weekly) -> str:
    """Return the lines for one school: the weekly run, the daily look whether it was, and the nightly deletion."""
    times = ((weekly.cron, program.run), (weekly.check.cron, program.check), (weekly.expire.cron, program.expire))
    lines = (f"{time} {_command(program, words)}\n" for time, words in times)
    return f"# audit {program.school}\n{''.join(lines)}"


def _command(program: Program, words: Iterable[str]) -> str:
    """Return the words for the shell that cron starts; a bare percent sign would end the command there."""
    exports = " ".join(f"{name}={shlex.quote(value)}" for name, value in program.environment.items())
    shell = f"umask 077; cd {shlex.quote(str(program.home))} && {exports} {shlex.join(words)}"
    return shell.replace("%", "\\%")


def chosen(way: str) -> str:
    """Return the way that is asked for; without one systemd's timers, or lines for a crontab where there are none."""
    if way != "auto":
        return way
    return "systemd" if systemd.answers() else "cron"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be installed: `way` is systemd, cron or prefect."""

    way: str
    program: Program
    weekly: Weekly
    zone: ZoneInfo
    year: int

    @property
    def files(self) -> Mapping[str, str]:
        """The text of each unit by its name, or of the crontab's lines."""
        if self.way == "cron":
            return {"crontab": lines(self.program, self.weekly)}
        if self.way == "prefect":
            return prefect_services.units(self._deployment())
        return systemd.units(self.program, self.weekly, self.zone.key)

    @property
    def warning(self) -> str | None:
        """What the person must know of the time, if there is anything."""
        if self.way != "cron" or not keeps_other_time(self.zone, self.year):
            return None
        return (
            f"cron goes by this machine's clock, which does not show the time of {self.zone.key}: "
            "give --at in the machine's own time, or set its time zone and ask again."
        )

    def write(self, folder: Path) -> list[Path]:
        """Write what would be installed into this folder, and touch nothing else."""
        return systemd.write(self.files, folder)

    def install(self) -> str | None:
        """Install it, and take away what another way has left; return what the person still has to do.

        Lines for a crontab are not installed but printed, so nothing may run the school already.
        """
        school = self.program.school
        ensure_belongs_to(self.program.home, school)
        if self.way == "cron":
            if systemd.installed(school) or prefect_services.is_installed(school):
                message = f"{school} is scheduled already. Take that away first: audit schedule remove {school}"
                raise ConfigurationError(message)
            return "Nothing runs yet: put the lines above into the crontab of the user who owns the data, by crontab -e"
        systemd.ensure_answers()
        if self.way == "prefect":
            still_to_do = prefect_services.install(self._deployment())
            systemd.remove(name for name in systemd.installed(school) if not name.startswith("audit-check-"))
            return still_to_do
        was_prefect_s = prefect_services.is_installed(school)
        still_to_do = systemd.install(self.files)
        if was_prefect_s:
            prefect_services.withdraw(self._deployment())
        return still_to_do

    def _deployment(self) -> prefect_services.Deployment:
        return prefect_services.deployment_of(self.program, self.weekly, self.zone.key)


def ensure_belongs_to(home: Path, school: str) -> None:
    """Raise ConfigurationError where what is installed under this school's id audits one of another home."""
    ours = systemd.environment({"AUDIT_HOME": str(home.absolute())})
    services = (systemd.folder() / name for name in systemd.installed(school) if name.endswith(".service"))
    if any(ours not in service.read_text(encoding="utf-8") for service in services):
        message = f"A school {school} of another AUDIT_HOME is scheduled for this user. Set AUDIT_HOME to that one, and"
        raise ConfigurationError(f"{message} run: audit schedule remove {school}")


def remove_all(home: Path, school: str) -> list[str]:
    """Take away whatever is installed for this school; return by which ways it was."""
    ensure_belongs_to(home, school)
    ways = []
    was_prefect_s, names = prefect_services.is_installed(school), systemd.installed(school)
    systemd.remove(names)
    if was_prefect_s:
        program, weekly = program_of(home, school), weekly_of("Mon 06:00")
        prefect_services.withdraw(prefect_services.deployment_of(program, weekly, "UTC"))
        ways.append("prefect")
    elif names:
        ways.append("systemd")
    if prefect_services.is_left_over():  # by an install that failed
        systemd.remove((prefect_services.WORKER, prefect_services.SERVER))
        ways.append("prefect")
    return ways
