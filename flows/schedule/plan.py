"""One school's schedule by one of three ways: what it consists of, and how it is put in and taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from flows.schedule import cron, prefect_services, systemd
from flows.schedule.program import Program, program_of
from flows.schedule.times import Weekly, keeps_other_time, weekly_of
from flows.settings import ConfigurationError


def chosen(way: str) -> str:
    """Return the way that this machine has, unless one is asked for; ConfigurationError if it has none."""
    if way != "auto":
        return way
    if systemd.answers():
        return "systemd"
    if cron.is_here():
        return "cron"
    raise ConfigurationError(
        "This machine has no systemd for its users and no crontab. Call `audit run` by what it has: docs/running.md."
    )


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
            return {"crontab": "".join(f"{line}\n" for line in cron.lines(self.program, self.weekly))}
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
            "give --at in the machine's own time, or set its time zone and install again."
        )

    def write(self, folder: Path) -> list[Path]:
        """Write what would be installed into this folder, and touch nothing else."""
        return systemd.write(self.files, folder)

    def install(self) -> str | None:
        """Install it, then take away what another way has left; return what the person still has to do."""
        must_be_of(self.program.home, self.program.school)
        still_to_do = None
        if self.way != "prefect" and prefect_services.is_installed(self.program.school):
            prefect_services.remove(self._deployment())
        if self.way == "cron":
            cron.install(self.program, self.weekly)
        elif self.way == "prefect":
            still_to_do = prefect_services.install(self._deployment())
        else:
            still_to_do = systemd.install(self.files)
        self._remove_others()
        return still_to_do

    def _remove_others(self) -> None:
        school = self.program.school
        if self.way != "cron" and cron.is_installed(school):
            cron.remove(school)
        if self.way == "cron":
            systemd.remove(systemd.installed(school))
        if self.way == "prefect":
            systemd.remove(name for name in systemd.installed(school) if not name.startswith("audit-check-"))

    def _deployment(self) -> prefect_services.Deployment:
        return prefect_services.deployment_of(self.program, self.weekly, self.zone.key)


def must_be_of(home: Path, school: str) -> None:
    """Raise ConfigurationError where what is installed under this school's id audits one of another home."""
    ours = systemd.environment({"AUDIT_HOME": str(home.absolute())})
    services = (systemd.folder() / name for name in systemd.installed(school) if name.endswith(".service"))
    is_other = any(ours not in service.read_text(encoding="utf-8") for service in services)
    if is_other or (cron.is_installed(school) and not cron.is_of(home.absolute(), school)):
        message = f"A school {school} of another AUDIT_HOME is scheduled for this user. Set AUDIT_HOME to that one, and"
        raise ConfigurationError(f"{message} run: audit schedule remove {school}")


def remove_all(home: Path, school: str) -> list[str]:
    """Take away whatever is installed for this school; return by which ways it was."""
    must_be_of(home, school)
    ways = []
    if prefect_services.is_installed(school):
        program, weekly = program_of(home, school), weekly_of("Mon 06:00")
        prefect_services.remove(prefect_services.deployment_of(program, weekly, "UTC"))
        ways.append("prefect")
    if names := systemd.installed(school):
        systemd.remove(names)
        ways.append("systemd")
    if cron.is_installed(school):
        cron.remove(school)
        ways.append("cron")
    return ways
