"""Calls the system's own programs: systemctl, loginctl, prefect."""

import os
import shutil
import subprocess
from pathlib import Path

from flows.home.settings import ConfigurationError

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
