"""Kills the parts of a fleet in turn while its schools are run: a worker, a server, Redis, PostgreSQL, the store."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tests.flows.stack import Part, Stack, schools_of

_AWAY = 3.0  # seconds for which a part is not there
_LOOKS = 0.5  # seconds between two looks at which schools are run
_WELL_UNDER_WAY = 2.5  # seconds of a school's process: it has told the server that it runs


@contextmanager
def killing(stack: Stack, parts: Sequence[str], done: Callable[[], int], schools: int) -> Iterator[list[str]]:
    """Kill each named part once, spread over the run by how many schools are done; lend what was killed, and when.

    The worker is killed with a school's process that is well under way: one that has none to lose shows nothing.
    """
    log: list[str] = []
    over = threading.Event()
    left = [(part, schools * place // (len(parts) + 1)) for place, part in enumerate(parts, 1)]

    def watch() -> None:
        while left and not over.wait(_LOOKS):
            name, after = left[0]
            if done() >= after and (part := _part(stack, name)):
                left.pop(0)
                log.append(f"{name} after {done()} schools")
                _kill(part)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield log
    finally:
        over.set()
        thread.join()


def _kill(part: Part) -> None:
    part.kill()  # a worker with its schools' processes, as when its machine is switched off
    time.sleep(_AWAY)
    part.start()


def _well_under_way(stack: Stack) -> Part | None:
    """Return a worker whose school has run for a while; None where none has."""
    before = {worker.log: schools_of(worker) for worker in stack.workers}
    time.sleep(_LOOKS)
    for worker in stack.workers:
        if begun := schools_of(worker) - before[worker.log]:
            time.sleep(_WELL_UNDER_WAY)
            return worker if begun & schools_of(worker) else None
    return None


def _part(stack: Stack, name: str) -> Part | None:
    match name:
        case "worker":
            return _well_under_way(stack)
        case "server":
            return stack.servers[0]
        case "redis":
            return stack.redis
        case "store":
            return stack.store
        case "database":
            return stack.database
        case _:
            raise ValueError(name)
