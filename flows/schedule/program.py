"""What a schedule calls, this program with its environment and never a secret, and how programs are called."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.home.settings import ConfigurationError
from warehouse.store.places import Places, is_shared

_SECONDS = 120


def is_there(name: str) -> bool:
    """Say whether the system has a program of this name."""
    return shutil.which(name) is not None


def called(*words: str, folder: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a program and return what it answered; ConfigurationError if it is not there or does not end."""
    program = shutil.which(words[0])
    if program is None:
        raise ConfigurationError(f"This machine has no {words[0]}. Choose another way with --with, or install it.")
    try:
        return subprocess.run(  # noqa: S603 - the words are ours, and no shell reads them
            [program, *words[1:]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            cwd=folder,
            env=os.environ | {"LC_ALL": "C"},
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise ConfigurationError(f"{words[0]} did not answer for {_SECONDS} seconds. Look what it does.") from error


def ensure_succeeds(*words: str) -> str:
    """Run a program and return its answer; ConfigurationError, with its last line, if it says that it failed."""
    done = called(*words)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["nothing"]
        raise ConfigurationError(f"`{' '.join(words)}` failed, and said: {said[-1]}")
    return done.stdout


_PASSED_ON = (
    *("AUDIT_CHAIN_KEY", "AUDIT_GROUP"),
    *("AUDIT_X_URL", "AUDIT_YOUTUBE_URL", "AUDIT_MEDIA_URL"),
    *("AUDIT_LOG", "AUDIT_PATIENCE_SECONDS", "AUDIT_TIMEOUT_SECONDS"),
    *("OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT"),
)
_SECRET = ("AUDIT_KEY", "AUDIT_CASEBOOK_KEY", "CASEBOOK_URL")


@dataclass(frozen=True, slots=True)
class Program:
    """`audit` for one school, and the environment that it is called with."""

    school: str
    audit: Path
    home: Path
    environment: Mapping[str, str]

    @property
    def run(self) -> tuple[str, ...]:
        """The words that run the audit."""
        return (str(self.audit), "run", self.school)

    @property
    def expire(self) -> tuple[str, ...]:
        """The words that delete what is over its clock."""
        return (str(self.audit), "expire", self.school)

    @property
    def check(self) -> tuple[str, ...]:
        """The words that look whether a week was missed."""
        return (str(self.audit), "schedule", "check", self.school)


def program_of(home: Path, school: str) -> Program:
    """Return what is to be called for this school, as the environment has it; ConfigurationError in one sentence."""
    places = Places(home.absolute(), school)
    passed = {"AUDIT_HOME": str(places.home)} | {name: os.environ[name] for name in _PASSED_ON if os.environ.get(name)}
    if secrets := _secrets(places):
        passed["AUDIT_SECRETS"] = str(secrets)
    program = Program(school, beside_python("audit"), places.home, passed)
    texts = (*program.run, *passed.values())
    if not all(map(str.isprintable, texts)) or str(places.home).endswith(("\\", " ")):
        message = "A path with a line break, a control character or a blank at its end cannot be scheduled."
        raise ConfigurationError(f"{message} Choose another folder.")
    return program


def beside_python(name: str) -> Path:
    """Return the path of a program that was installed with this one; ConfigurationError if it is not there."""
    path = Path(sys.executable).absolute().with_name(name)
    if not path.exists():
        raise ConfigurationError(f"There is no {name} beside {sys.executable}. Install the program as README.md says.")
    return path


def _secrets(places: Places) -> Path | None:
    """Return the file of secrets, which no unit and no line may hold."""
    path = places.key.parent / "schedule.env"
    if path.exists():
        if is_shared(path):
            raise ConfigurationError(f"{path} may be read by others. Run: chmod 600 {shlex.quote(str(path))}")
        return path
    key_files = {"AUDIT_KEY": places.key, "AUDIT_CASEBOOK_KEY": places.casebook_key}
    needed = [name for name in _SECRET if os.environ.get(name) and not (name in key_files and key_files[name].exists())]
    if needed:
        message = f"A schedule holds no secret: write {' and '.join(f'{name}=...' for name in needed)} into {path}"
        raise ConfigurationError(f"{message} (chmod 600), a line each, and install again.")
    return None
