"""A PostgreSQL server of its own for tests of the casebook: on a socket in a new folder, gone at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_OWNER = "nobody"  # PostgreSQL refuses to run as root


def _program(name: str) -> str:
    there = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    if there is None:
        pytest.skip(f"PostgreSQL's {name} is not on this machine: CASEBOOK_URL is not tried on it.")
    return there


def data_of(url: str) -> Path:
    """Return the folder in which the server of this URL keeps everything."""
    return Path(url.partition("?host=")[2]) / "data"


@contextmanager
def postgresql() -> Iterator[str]:
    """Serve an empty database, and lend its URL."""
    initdb, control = _program("initdb"), _program("pg_ctl")
    folder = Path(tempfile.mkdtemp(prefix="casebook-"))
    user = _OWNER if os.geteuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)

    def run(*words: str) -> None:
        subprocess.run(words, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=120)

    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    try:
        run(initdb, "-D", f"{folder}/data", "-U", "audit", "--auth=trust", "--no-sync", "--encoding=UTF8")
        run(control, "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", options, "-w", "start")
        try:
            yield f"postgresql+psycopg://audit@/postgres?host={folder}"
        finally:
            run(control, "-D", f"{folder}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
