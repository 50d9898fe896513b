"""The schools of a home, each looked at in a process of its own that ends with it: no process holds two schools' data.

The processes are forked from one that has imported what they need and opened nothing, so that each costs a few
hundredths of a second and not the imports.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, TypeVar

from flows.home.settings import ConfigurationError, Settings

Answer = TypeVar("Answer")
_FIRST = "flows.prefect.imported_first"
PATIENCE = 10.0  # seconds that a school's process has to end which is told to


@dataclass(frozen=True, slots=True)
class IsolatedLook(Generic[Answer]):
    """What is asked of each school: `look` answers for one school's id, `lost` where the process died over it.

    `look` is called in the school's own process, and is pickled, as is what it answers; `modules` are what it needs.
    """

    look: Callable[[str], Answer]
    lost: Callable[[str], Answer]
    modules: tuple[str, ...]


def each_isolated(asked: IsolatedLook[Answer], schools: Sequence[str], at_once: int | None = None) -> Iterator[Answer]:
    """Yield the answer for each school, in their order; `at_once` processes, or one for each processor."""
    with ThreadPoolExecutor(at_once or os.cpu_count() or 1) as threads:
        yield from threads.map(partial(isolated, asked), schools)


def isolated(asked: IsolatedLook[Answer], school: str) -> Answer:
    """Return the answer for one school; whoever is told to end meanwhile ends the school's process with itself."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_FIRST, *asked.modules])
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_look, args=(asked.look, school, there, dict(os.environ)))
    process.start()
    there.close()
    try:
        answer: Answer = here.recv()
    except EOFError:
        return asked.lost(school)
    except BaseException:
        process.terminate()
        process.join(PATIENCE)
        process.kill()
        raise
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


def schools_of(settings: Settings, pattern: str = "*") -> tuple[str, ...]:
    """Return the ids of the schools of this home that a pattern such as `north-*` names, in the order of the alphabet.

    A school is a folder with a school.toml, or what was pushed into the object store. ConfigurationError where there is
    none, or none of that name; another UserError where the store cannot be asked.
    """
    home, every, begin = _in_folder(settings.home) if settings.store is None else _in_store(settings)
    if not every:
        raise ConfigurationError(f"There is no school in {home}. Set AUDIT_HOME to {begin}")
    named = tuple(school for school in every if fnmatchcase(school, pattern))
    if not named:
        some = ", ".join(every[:5]) + (" and others" if len(every) > 5 else "")
        raise ConfigurationError(f"No school of {home} is called {pattern!r}. There are: {some}.")
    return named


def _in_folder(home: Path) -> tuple[str, list[str], str]:
    schools = sorted(path.parent.name for path in home.glob("*/school.toml"))
    return str(home), schools, "the folder of the schools, or begin: audit init SCHOOL"


def _in_store(settings: Settings) -> tuple[str, list[str], str]:
    from flows.home.workspace import stored_schools  # noqa: PLC0415 - a part's process works on no school

    url, schools = stored_schools(settings)
    return url, schools, "where the schools are, or bring one there: audit store push SCHOOL --from FOLDER"
