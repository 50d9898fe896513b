"""Kills the parts of a fleet in turn while its schools are run: a worker, a server, Redis, PostgreSQL."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tests.flows.stack import Part, Stack, schools_of

_AWAY = 3.0  # seconds for which a part is not there
_LOOKS = 0.3  # seconds between two looks at which schools are run
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
            part, after = left[0]
            if done() >= after and (part != "worker" or _is_well_under_way(stack)):
                left.pop(0)
                log.append(f"{part} after {done()} schools")
                _kill(stack, part)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield log
    finally:
        over.set()
        thread.join()


def _kill(stack: Stack, name: str) -> None:
    part = _part(stack, name)
    part.kill()  # a worker with its schools' processes, as when its machine is switched off
    time.sleep(_AWAY)
    part.start()


def _is_well_under_way(stack: Stack) -> bool:
    worker = stack.workers[0]
    before = schools_of(worker)
    time.sleep(_LOOKS)
    begun = schools_of(worker) - before
    time.sleep(_WELL_UNDER_WAY if begun else 0.0)
    return bool(begun & schools_of(worker))


def _part(stack: Stack, name: str) -> Part:
    match name:
        case "worker":
            return stack.workers[0]
        case "server":
            return stack.servers[0]
        case "redis":
            return stack.redis
        case _:
            return stack.database
