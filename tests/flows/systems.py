"""Stand-ins for the system's own systemctl, loginctl and crontab, which a container lacks; and who runs what they got.

They record how they are called, and keep a crontab in a file. None of them is code of ours.
"""

import os
import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.isolation import PROGRAMS

SYSTEMCTL = """#!/bin/sh
echo "systemctl $*" >> "{folder}/calls"
case "$*" in {fails}) echo "Failed to connect to bus" >&2; exit 1 ;; esac
"""
LOGINCTL = """#!/bin/sh
echo "loginctl $*" >> "{folder}/calls"
exit {linger}
"""
CRONTAB = """#!/bin/sh
echo "crontab $*" >> "{folder}/calls"
case "$1" in
    -l) [ -f "{folder}/table" ] || {{ echo "no crontab for somebody" >&2; exit 1; }}; cat "{folder}/table" ;;
    -) cat > "{folder}/table" ;;
esac
"""


@dataclass
class System:
    """A machine with these programs alone, and a folder of units."""

    folder: Path

    @property
    def values(self) -> dict[str, str]:
        return {"PATH": f"{self.folder / 'bin'}:{PROGRAMS}", "XDG_CONFIG_HOME": str(self.folder / "config")}

    @property
    def calls(self) -> list[str]:
        path = self.folder / "calls"
        return path.read_text().splitlines() if path.exists() else []

    @property
    def table(self) -> str:
        path = self.folder / "table"
        return path.read_text() if path.exists() else ""

    @table.setter
    def table(self, text: str) -> None:
        (self.folder / "table").write_text(text)

    @property
    def units(self) -> dict[str, str]:
        below = self.folder / "config" / "systemd" / "user"
        return {path.name: path.read_text() for path in sorted(below.glob("*"))}


def system(folder: Path, *programs: str, linger: int = 0, fails: str = "nothing") -> System:
    """Return a machine that has, of systemctl, loginctl and crontab, only these; `fails` what systemctl does not do."""
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    texts = {"systemctl": SYSTEMCTL, "loginctl": LOGINCTL, "crontab": CRONTAB}
    for name in programs:
        path = folder / "bin" / name
        path.write_text(texts[name].format(folder=folder, linger=linger, fails=f"*{fails}*"))
        path.chmod(0o700)
    return System(folder)


def started(unit: str) -> "subprocess.CompletedProcess[str]":
    """Run a service's ExecStart as systemd would: its environment and no other, its folder, its umask."""
    lines = [line.partition("=") for line in unit.splitlines() if "=" in line]
    said = {name: value.replace("%%", "%") for name, _, value in lines}
    environment = dict(
        shlex.split(value.replace("%%", "%"))[0].split("=", 1) for name, _, value in lines if name == "Environment"
    )
    words = [word.replace("$$", "$") for word in shlex.split(said["ExecStart"])]
    return subprocess.run(
        words,
        env={"HOME": os.environ["HOME"], "PATH": PROGRAMS, "PYTHONWARNINGS": "ignore"} | environment,
        cwd=said["WorkingDirectory"],
        capture_output=True,
        text=True,
        check=False,
        umask=int(said["UMask"], 8),
    )


def called_by_cron(line: str) -> "subprocess.CompletedProcess[str]":
    """Run a crontab's line as cron would: five fields away, percent signs, a bare environment and /bin/sh."""
    command = re.split(r"\s+", line, maxsplit=5)[5]
    assert not re.search(r"(?<!\\)%", command)
    bare = {"HOME": os.environ["HOME"], "LOGNAME": "somebody", "SHELL": "/bin/sh", "PATH": PROGRAMS}
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("\\%", "%")],
        env=bare | {"PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
