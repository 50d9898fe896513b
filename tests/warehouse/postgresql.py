"""A PostgreSQL server of its own for tests of the casebook: on a socket in a new folder, gone at the end.

A server takes seconds to make, a casebook's tables half a second, and a copy of a database fifty milliseconds: so there
is one server for all tests of a process, one database for each way in which a casebook is filled, and a copy of it for
each test.
"""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine

from warehouse.casebook.casebook import Casebook

_OWNER = "nobody"  # PostgreSQL refuses to run as root
_NUMBERS = itertools.count(1)
Fill = Callable[[Casebook], None]


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
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam(_OWNER).pw_uid, -1)
    try:
        _run(folder, initdb, "-D", f"{folder}/data", "-U", "audit", "--auth=trust", "--no-sync", "--encoding=UTF8")
        _start(folder, control)
        try:
            yield f"postgresql+psycopg://audit@/postgres?host={folder}"
        finally:
            _run(folder, control, "-D", f"{folder}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def restarted(url: str, *, is_started: bool = True) -> None:
    """Kill the server of this URL if it runs, as a power cut would, and start it again if that is asked."""
    folder, control = data_of(url).parent, _program("pg_ctl")
    if (folder / "data" / "postmaster.pid").exists():
        _run(folder, control, "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")
    if is_started:
        _start(folder, control)


def _start(folder: Path, control: str) -> None:
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    _run(folder, control, "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", options, "-w", "start")


def _run(folder: Path, *words: str) -> None:
    user = _OWNER if os.geteuid() == 0 else None
    subprocess.run(words, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=120)


def done(url: str, *statements: str) -> None:
    """Let the user of this URL do these statements, each by itself."""
    with create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@dataclass(slots=True)
class Databases:
    """The databases of one server: copies of casebooks that are filled once."""

    server: str
    filled: dict[tuple[str, Fill], str] = field(default_factory=dict)

    @contextmanager
    def empty(self, *, like: str = "template0") -> Iterator[str]:
        """Lend the URL of a new database, or of a copy of this one."""
        name = f"casebook_{next(_NUMBERS)}"
        done(self.server, f"create database {name} template {like}")
        try:
            yield self._url(name)
        finally:
            done(self.server, f"drop database {name} with (force)")

    @contextmanager
    def copy_of(self, school: str, fill: Fill) -> Iterator[str]:
        """Lend the URL of a casebook of this school, filled in this way."""
        with self.empty(like=self._filled(school, fill)) as url:
            yield url

    def _filled(self, school: str, fill: Fill) -> str:
        if (school, fill) not in self.filled:
            name = f"filled_{next(_NUMBERS)}"
            done(self.server, f"create database {name} template template0")
            with closing(Casebook(self._url(name), school)) as book:
                fill(book)
            self.filled[school, fill] = name
        return self.filled[school, fill]

    def _url(self, name: str) -> str:
        return self.server.replace("/postgres", f"/{name}")
