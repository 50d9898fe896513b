"""A machine of the tests' own: programs, home, environment, no network but loopback. A pytest plugin (pyproject.toml).

It comes before anything else is imported. PATH leads to the few programs below and to nothing else of this machine;
programs that would change it, or tell somebody, are absent, or stand-ins that fail. Whatever reaches one of them, or
the network, is noted, and then the whole run fails, whatever its tests say. A test that needs one brings a stand-in of
its own (`tests/flows/systems.py`).
"""

import atexit
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

# What the tests, the shells of the documentation, PostgreSQL's tools and Chromium's launcher call.
_PROGRAMS = (
    *("sh", "bash", "env", "cat", "chmod", "cp", "cut", "date", "dirname", "basename", "expr", "false", "find", "grep"),
    *("head", "id", "install", "ln", "ls", "mkdir", "mktemp", "mv", "printf", "ps", "pwd", "readlink", "realpath"),
    *("rm", "sed", "sleep", "sort", "stat", "tail", "tar", "tee", "test", "touch", "tr", "true", "uname", "wc"),
    *("chromium", "git", "mount", "node", "prometheus", "redis-server", "setpriv", "systemd-analyze", "umount"),
)
_POSTGRESQL = ("initdb", "pg_ctl", "postgres")
# Absent, as on a machine that has none of them: the program looks whether they are there.
ABSENT = ("crontab", "journalctl", "loginctl", "systemctl", "systemd-run")
STAND_INS = (
    *("at", "sudo", "mail", "mailx", "msmtp", "mutt", "sendmail", "xdg-open", "x-www-browser", "www-browser"),
    *("curl", "docker", "kubectl", "npm", "pip", "podman", "scp", "ssh", "uv", "wget"),
)
_STAND_IN = """#!/bin/sh
echo "${{PYTEST_CURRENT_TEST:-no test}}: {name} $*" >> "{reached}"
echo "The tests may not call {name}: bring a stand-in." >&2
exit 113
"""
# What is left of the environment; all else may lead to accounts, keys and services of whoever runs the tests.
_KEPT = re.compile(
    r"CI|COLUMNS|COV.*|CPUPROF|LANG|LC_.*|LINES|PYTEST.*|PYTHON(?!DONTWRITE).*|TERM|TESTS_.*|TMPDIR|TZ|VIRTUAL_ENV"
)
_GUARD = Path(__file__).with_name("guard")


def _make(folder: Path) -> None:
    """Make the machine in this empty folder, which PostgreSQL's own user may read too."""
    for name in ("programs", "stand-ins", "home"):
        (folder / name).mkdir()
    for name in (*_PROGRAMS, *_POSTGRESQL):
        below = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[-1:] if name in _POSTGRESQL else []
        if there := shutil.which(name) or next(map(str, below), None):
            (folder / "programs" / name).symlink_to(there)
    for name in STAND_INS:
        (folder / "stand-ins" / name).write_text(_STAND_IN.format(name=name, reached=folder / "reached"))
    (folder / "home" / ".gitconfig").write_text("[safe]\n\tdirectory = *\n")
    (folder / "reached").touch()
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "stand-ins" else 0o644)


def _move_in(folder: Path) -> None:
    """Let this process, and all that it starts, live on the machine in this folder."""
    for name in [name for name in os.environ if not _KEPT.fullmatch(name)]:
        del os.environ[name]
    home = folder / "home"
    os.environ |= {
        "HOME": str(home),
        "PATH": f"{folder / 'stand-ins'}{os.pathsep}{folder / 'programs'}",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(_GUARD), os.environ.get("PYTHONPATH")))),
        "TESTS_MACHINE": str(folder),
        "TESTS_REFUSED": " ".join((*ABSENT, *STAND_INS)),
        "TESTS_REACHED": str(folder / "reached"),
    } | {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    sys.dont_write_bytecode = False  # compiled once, and not by each of some hundred processes
    sys.path.insert(0, str(_GUARD))
    sys.modules.pop("sitecustomize", None)
    __import__("sitecustomize")


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


IS_OWNER = "TESTS_MACHINE" not in os.environ  # a worker lives on the machine of whoever started it
if IS_OWNER:
    MACHINE = Path(tempfile.mkdtemp(prefix="tests-machine-"))
    _make(MACHINE)
    _move_in(MACHINE)
    atexit.register(_remove, MACHINE, os.getpid())
else:
    MACHINE = Path(os.environ["TESTS_MACHINE"])
PROGRAMS = str(MACHINE / "programs")  # a PATH without the stand-ins: as a machine that has none of them


def reached() -> str:
    """Return what was reached that is not the tests' own, a line each."""
    return (MACHINE / "reached").read_text(encoding="utf-8")


def pytest_configure() -> None:
    """Unpack the database's extension into the home, once: two processes that do it at once get in each other's way."""
    if IS_OWNER:
        from warehouse.store.open import engine

        engine().close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where anything was reached."""
    if IS_OWNER and reached():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was reached, and by which test."""
    if IS_OWNER and reached():
        terminalreporter.section("The tests reached what is not theirs", red=True)
        terminalreporter.write(reached())
