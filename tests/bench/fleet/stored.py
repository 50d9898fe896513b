"""The schools of a fleet in an object store that can be killed, and their casebook in PostgreSQL.

The store is moto's S3 behind a door of its own. Killed is the door, and with it every request that is under way: moto
keeps its objects in memory, so that a store that lost its own process would have lost the schools too. It is served as
a store that knows no versions: asked for them, moto copies every object that it has.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs

from moto.moto_server.werkzeug_app import MotoRequestHandler
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

from flows.backup.store import push
from tests.bench.fleet.homes import FleetSize
from tests.flows.receiving import free_port
from tests.flows.stack import Part, Stack, listens
from tests.object_stores import environment_of, new_bucket
from tests.warehouse.postgresql import done


def shared_casebook(running: Stack) -> None:
    """Give whoever is started after this a casebook of their own in the fleet's PostgreSQL, whose death is theirs."""
    server = f"postgresql+psycopg://audit@/postgres?host={running.folder}"
    done(server, "create database casebook")
    running.values["CASEBOOK_URL"] = server.replace("/postgres?", "/casebook?")


@contextmanager
def object_store(running: Stack, home: Path, size: FleetSize) -> Iterator[dict[str, str]]:
    """Bring every school of this home into a store, and lend the environment by which a worker finds them there."""
    moto, door = free_port(), free_port()
    words = [sys.executable, "-m", "tests.bench.fleet.stored", str(moto)]
    behind = Part(words, dict(os.environ), running.folder / "moto.log")
    relay = [sys.executable, "-m", "tests.flows.relay", str(door), str(moto)]
    running.store = Part(relay, dict(os.environ), running.folder / "store.log")
    try:
        behind.begin(partial(listens, moto))
        running.store.begin(partial(listens, door))
        where = environment_of(new_bucket(f"http://127.0.0.1:{door}")) | {
            "AUDIT_KEYS": str(home / "keys"),
            "AUDIT_GROUP": str(home / "group.toml"),
            "AUDIT_SCRATCH": str(running.folder / "scratch"),
        }
        _push(running.values | where, home, size)
        yield where
    finally:
        running.store.kill()
        behind.kill()


def _push(values: Mapping[str, str], home: Path, size: FleetSize) -> None:
    with patch.dict(os.environ, values), redirect_stdout(StringIO()):
        for school in size.ids:
            push(school, from_=home)


class _SilentHandler(MotoRequestHandler):
    def log_request(self, *_: object) -> None:
        """Say nothing: a fleet asks some hundred thousand times."""


def main() -> None:
    """Serve S3 on this port of loopback until the process ends."""
    moto = DomainDispatcherApplication(create_backend_app)

    def unversioned(asked: dict[str, Any], begin: Any) -> Any:
        if "versions" in parse_qs(asked["QUERY_STRING"], keep_blank_values=True):
            begin("501 Not Implemented", [])
            return []
        return moto(asked, begin)

    run_simple("127.0.0.1", int(sys.argv[1]), unversioned, threaded=True, request_handler=_SilentHandler)


if __name__ == "__main__":
    main()
