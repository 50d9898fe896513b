"""Prefect's server and worker as services of the user, and the school's deployment, for whoever wants its pages."""

import os
import secrets
import shlex
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import flows
from flows.home.settings import ConfigurationError
from flows.schedule import systemd
from flows.schedule.program import Program, beside_python, called
from flows.schedule.times import Weekly
from warehouse.store.private_files import write_new_file

SERVER, WORKER = "audit-prefect-server.service", "audit-prefect-worker.service"
_MARK = "# by Prefect\n"
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Deployment:
    """What Prefect is to run, when, and by which program."""

    program: Program
    weekly: Weekly
    zone: str
    code: Path
    prefect: Path

    @property
    def values(self) -> dict[str, str]:
        """What prefect.env and prefect.yaml read from the environment."""
        port = os.environ.get("AUDIT_PREFECT_PORT")
        return {
            **self.program.environment,
            "AUDIT_CODE": str(self.code),
            "PATH": f"{self.prefect.parent}:/usr/local/bin:/usr/bin:/bin",
            **({"AUDIT_PREFECT_PORT": port} if port else {}),
        }

    def in_shell(self, words: str) -> tuple[str, str, str]:
        """Return the call of Prefect with these words, in a shell that has read prefect.env."""
        return "/bin/sh", "-c", f". deploy/prefect.env && exec {shlex.quote(str(self.prefect))} {words}"


def deployment_of(program: Program, weekly: Weekly, zone: str) -> Deployment:
    """Return what to deploy; ConfigurationError if the repository's files of Prefect are not beside the program."""
    code = Path(flows.__file__).parents[1]
    if not (code / "prefect.yaml").exists():
        raise ConfigurationError(
            f"{code} has no prefect.yaml. Take the program from its repository, or leave out --with."
        )
    return Deployment(program, weekly, zone, code, beside_python("prefect"))


def units(deployment: Deployment) -> dict[str, str]:
    """Return the text of each unit by its name: server, worker, and the daily look whether a week was missed."""
    checks = systemd.check_units(deployment.program, deployment.weekly, deployment.zone)
    return {
        SERVER: _service(deployment, "Prefect's server for the audits", "server start"),
        WORKER: _service(deployment, "Prefect's worker for the audits", "worker start --pool audits"),
    } | {name: _MARK + text for name, text in checks.items()}


def _service(deployment: Deployment, about: str, words: str) -> str:
    where = str(deployment.code).replace("%", "%%")
    return (
        f"[Unit]\nDescription={about}\n\n[Service]\n{systemd.environment(deployment.values)}WorkingDirectory={where}\n"
        f"UMask=0077\nExecStart={systemd.command(deployment.in_shell(words))}\nRestart=on-failure\nRestartSec=30\n\n"
        "[Install]\nWantedBy=default.target\n"
    )


def install(deployment: Deployment) -> str | None:
    """Start the server, make the pool and the deployment, then start the worker; return what is still to be done.

    Where that fails, the units and the password that it made are taken away again.
    """
    password = deployment.program.home / "keys" / "prefect.password"
    files, is_new, is_deployed = units(deployment), not password.exists(), False
    before = {name: path.read_text(encoding="utf-8") for name in files if (path := systemd.folder() / name).exists()}
    try:
        _make_password(password)
        todo = systemd.install({name: text for name, text in files.items() if name != WORKER})
        _wait(int(os.environ.get("AUDIT_PREFECT_PORT", "4200")))
        pool = "work-pool create audits --type process --base-job-template deploy/prefect-pool.json --overwrite"
        _prefect(deployment, pool)
        is_deployed = not before.get(f"audit-check-{deployment.program.school}.timer", "").startswith(_MARK)
        _prefect(deployment, "deploy --all")
        systemd.install({WORKER: files[WORKER]})
    except (ConfigurationError, OSError):
        if is_deployed:
            with suppress(ConfigurationError):
                _undeploy(deployment)
        systemd.remove(name for name in files if name not in before)
        systemd.write(before, systemd.folder())
        called("systemctl", "--user", "daemon-reload")
        if is_new:
            password.unlink(missing_ok=True)
        raise
    return todo


def is_installed(school: str) -> bool:
    """Say whether this school is run by Prefect."""
    check = systemd.folder() / f"audit-check-{school}.timer"
    return check.exists() and check.read_text(encoding="utf-8").startswith(_MARK)


def is_left_over() -> bool:
    """Say whether server or worker are there, and no school that they run."""
    checks = (path.read_text(encoding="utf-8") for path in systemd.folder().glob("audit-check-*.timer"))
    is_there = any((systemd.folder() / name).exists() for name in (SERVER, WORKER))
    return is_there and not any(text.startswith(_MARK) for text in checks)


def withdraw(deployment: Deployment) -> None:
    """Delete the school's deployments; server and worker too, where no other school needs them.

    ConfigurationError, once all else is taken away, where Prefect's server did not take the deployments away.
    """
    try:
        _undeploy(deployment)
    finally:
        if is_left_over():
            systemd.remove((WORKER, SERVER))


def _undeploy(deployment: Deployment) -> None:
    school = deployment.program.school
    for name in (f"weekly-audit/{school}", f"expire/{school}-expire"):
        try:
            _prefect(deployment, f"deployment delete {name}")
        except ConfigurationError as error:
            if "not found" not in error.sentence.lower():
                message = f"Prefect's server did not take {name} away; once it runs: prefect deployment delete {name}"
                raise ConfigurationError(message) from error


def _make_password(path: Path) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        write_new_file(path, f"{secrets.token_urlsafe(32)}\n".encode())


def _prefect(deployment: Deployment, words: str) -> None:
    weekly = deployment.weekly
    values = deployment.values | {
        "AUDIT_SCHOOL": deployment.program.school,
        "AUDIT_CRON": weekly.cron,
        "AUDIT_TIMEZONE": deployment.zone,
    }
    shell = deployment.in_shell(f"--no-prompt {words}")
    done = called("env", *(f"{name}={value}" for name, value in values.items()), *shell, folder=deployment.code)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["nothing"]
        raise ConfigurationError(f"`prefect {words}` failed, and said: {said[-1]}")


def _wait(port: int) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise ConfigurationError(f"Prefect's server did not start. See: journalctl --user -u {SERVER}")
