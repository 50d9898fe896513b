"""Prefect as its makers say for more than one worker, on this machine: PostgreSQL, Redis, servers, workers.

Each part is a program of its own on loopback, which can be killed and started again; everything is gone at the end.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.flows.receiving import free_port
from tests.isolation import PROGRAMS

ROOT = Path(__file__).parents[2]
_OWNER = "nobody"  # PostgreSQL refuses to run as root
_BIN = Path(sys.executable).parent


def program(name: str) -> str:
    """Return the path of a server's program; FileNotFoundError where this machine has none."""
    there = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    if there is None:
        raise FileNotFoundError(name)
    return there


@dataclass(slots=True)
class Part:
    """One program: how it is started, and the process that it is now. `user` is whose it is, where not ours."""

    words: Sequence[str]
    values: Mapping[str, str]
    log: Path
    user: str | None = None
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it in a process group of its own; what it says is added to its log."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                list(self.words),
                cwd=ROOT,
                env=dict(self.values),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                user=self.user,
            )

    def begin(self, answers: Callable[[], bool], seconds: float = 120.0) -> None:
        """Start it and wait until it answers; RuntimeError with the end of its log where it does not."""
        self.start()
        until = time.monotonic() + seconds
        while not answers():
            if (self.process and self.process.poll() is not None) or time.monotonic() > until:
                raise RuntimeError(f"{self.log.name}: {self.log.read_text(errors='replace')[-2_000:]}")
            time.sleep(0.1)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to it and to its process group, and wait for it."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(60)


@dataclass(slots=True)
class Stack:
    """The running parts; `values` is the environment of whoever speaks to the server."""

    folder: Path
    values: dict[str, str]
    database: Part
    redis: Part
    servers: list[Part] = field(default_factory=list)
    workers: list[Part] = field(default_factory=list)
    relay: Part | None = None
    store: Part | None = None

    def work(self, pool: str, limit: int, **more: str) -> Part:
        """Start a worker of this pool, which runs so many schools at once."""
        name = f"{pool}-{len(self.workers)}"
        words = f". deploy/prefect.env && exec prefect worker start --pool {pool} --limit {limit} --name {name}"
        worker = Part(["sh", "-ec", words], self.values | more, self.folder / f"worker-{name}.log")
        worker.start()
        self.workers.append(worker)
        return worker

    def call(self, words: str, seconds: float = 300.0) -> str:
        """Run a line of shell that has read prefect.env, and return what it said; it must end well."""
        done = subprocess.run(
            ["sh", "-ec", f". deploy/prefect.env && {words}"],
            cwd=ROOT, env=self.values, capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"`{words}` ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def sourced(self) -> dict[str, str]:
        """Return the environment that prefect.env makes of ours."""
        lines = self.call("env -0").split("\0")
        return dict(line.split("=", 1) for line in lines if line)


def process_of(run: Mapping[str, Any]) -> int:
    """Return the id of a flow run's process, of the run as Prefect's server tells it."""
    return int(str(run["infrastructure_pid"]).rpartition(":")[2])


def schools_of(worker: Part) -> set[int]:
    """Return the ids of the processes that run a worker's schools: each is forked by a child of a part's process."""
    return set() if worker.process is None else children(children(children({worker.process.pid})))


def children(parents: set[int]) -> set[int]:
    """Return the ids of the processes that these have started."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int((path / "stat").read_text().rpartition(")")[2].split()[1]) in parents:
                found.add(int(path.name))
    return found


def sweep(home: str) -> None:
    """Kill every process of the stack with this PREFECT_HOME: some are in a process group of their own."""
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"PREFECT_HOME={home}" in (path / "environ").read_bytes().decode(errors="replace").split("\0"):
                os.kill(int(path.name), signal.SIGKILL)


@contextmanager
def stack(home: Path, values: Mapping[str, str], servers: int = 1, server: str = "prefect") -> Iterator[Stack]:
    """Start database, Redis and so many servers behind one address, for the schools of this home.

    `server` is the program that starts one of them, in the words of a shell.
    FileNotFoundError where the machine has no PostgreSQL or no Redis.
    """
    folder = Path(tempfile.mkdtemp(prefix="fleet-"))
    (home / "keys").mkdir(mode=0o700, exist_ok=True)
    password = home / "keys" / "prefect.password"
    password.touch(mode=0o600)
    password.write_text("a-password-of-the-fleet\n", encoding="utf-8")
    made = _made(folder, home, values)
    try:
        made.database.begin((folder / ".s.PGSQL.5432").exists)
        made.redis.begin(partial(listens, int(made.values["_REDIS_PORT"])))
        address = int(made.values["AUDIT_PREFECT_PORT"])
        ports = [address] if servers == 1 else [free_port() for _ in range(servers)]
        for number, port in enumerate(ports):
            words = f". deploy/prefect.env && exec {server} server start --port {port}"
            made.servers.append(Part(["sh", "-ec", words], made.values, folder / f"server-{number}.log"))
            made.servers[-1].begin(partial(_healthy, port))
        if servers > 1:
            words = [sys.executable, "-m", "tests.flows.relay", str(address), *map(str, ports)]
            made.relay = Part(words, made.values, folder / "relay.log")
            made.relay.begin(partial(_healthy, address))
        yield made
    finally:
        relay = [made.relay] if made.relay else []
        for part in (*made.workers, *relay, *made.servers, made.redis, made.database):
            part.kill()
        sweep(made.values["PREFECT_HOME"])
        shutil.rmtree(folder, ignore_errors=True)


def _made(folder: Path, home: Path, values: Mapping[str, str]) -> Stack:
    owner = _OWNER if os.geteuid() == 0 else None
    if owner:
        os.chown(folder, pwd.getpwnam(owner).pw_uid, -1)
    bare = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    path = {"PATH": f"{_BIN}:{PROGRAMS}"}
    data, redis_port = folder / "data", free_port()
    (folder / "prefect").mkdir(mode=0o700)
    subprocess.run(
        [program("initdb"), "-D", str(data), "-U", "audit", "--auth=trust", "--no-sync", "--encoding=UTF8"],
        user=owner, check=True, stdout=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    database = [program("postgres"), "-D", str(data), "-c", "listen_addresses=", "-c", "fsync=off"]
    database += ["-c", f"unix_socket_directories={folder}", "-c", "max_connections=200"]
    redis = [program("redis-server"), "--port", str(redis_port), "--bind", "127.0.0.1", "--dir", str(folder)]
    redis += ["--appendonly", "yes", "--save", ""]
    made = {
        **bare, **path, **values,
        "AUDIT_HOME": str(home),
        "AUDIT_CODE": str(ROOT),
        "AUDIT_PREFECT_PORT": str(free_port()),
        "AUDIT_REDIS_URL": f"redis://127.0.0.1:{redis_port}",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"postgresql+asyncpg://audit@/postgres?host={folder}",
        "PREFECT_HOME": str(folder / "prefect"),
        "PYTHONWARNINGS": "ignore",
        "_REDIS_PORT": str(redis_port),
    }  # fmt: skip
    return Stack(
        folder, made,
        Part(database, bare | path, folder / "postgres.log", owner),
        Part(redis, bare | path, folder / "redis.log"),
    )  # fmt: skip


def listens(port: int) -> bool:
    """Say whether anybody listens on a port of loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
            return True
    except OSError:
        return False
