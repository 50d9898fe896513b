"""Looks at each school isolated in a process of its own that ends with it: no process holds two schools' data.

The processes are forked from one that has imported what they need and opened nothing, so that each costs a few
hundredths of a second and not the imports.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class IsolatedLook(Generic[Answer]):
    """What is asked of each school: `look` answers for one school's id, `lost` where the process died over it.

    `look` is called in the school's own process, and is pickled, as is what it answers; `module` is what it needs.
    """

    look: Callable[[str], Answer]
    lost: Callable[[str], Answer]
    module: str


def each_isolated(asked: IsolatedLook[Answer], schools: Sequence[str], at_once: int | None = None) -> Iterator[Answer]:
    """Yield the answer for each school, in their order; `at_once` processes, or one for each processor."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([asked.module])
    with ThreadPoolExecutor(at_once or os.cpu_count() or 1) as threads:
        yield from threads.map(lambda school: _isolated(context, asked, school), schools)


def _isolated(context: ForkServerContext, asked: IsolatedLook[Answer], school: str) -> Answer:
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_look, args=(asked.look, school, there, dict(os.environ)))
    process.start()
    there.close()
    try:
        answer: Answer = here.recv()
    except EOFError:
        return asked.lost(school)
    finally:
        process.join()
        here.close()
    return answer


def _look(look: Callable[[str], object], school: str, there: Connection, values: Mapping[str, str]) -> None:
    """Answer, with the environment of whoever asks: that of the process one is forked from may be an older one."""
    os.environ.clear()
    os.environ.update(values)
    with there:
        there.send(look(school))
