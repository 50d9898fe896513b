"""The schools of a home, each looked at in a process of its own that ends with it: no process holds two schools' data.

The processes are forked from one that has imported what they need and opened nothing, so that each costs a few
hundredths of a second and not the imports. Whoever asks imports nothing of a school's run.
"""

import json
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, TypeVar

from flows.home.exit_codes import DONE, INTERNAL, answer_to
from flows.home.json_logs import is_json_asked, log_json, note_subject
from flows.home.settings import ConfigurationError, Settings, keep_private
from policies.errors import UserError

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


RUN_IMPORTS = "flows.prefect.run_imports"


@dataclass(frozen=True, slots=True)
class SchoolEnd:
    """How the work on one school ended: its exit code, a sentence that names nobody where that is not 0, and counts.

    `told` is the object that the command prints with --json. It `is_to_be_repeated` where the process was
    killed, or where the casebook's server or the object store was away.
    """

    school: str
    code: int
    said: str = ""
    told: Any = field(default_factory=dict)
    is_to_be_repeated: bool = False


def look_at(work: Callable[[str], int | None], *more: str) -> IsolatedLook[SchoolEnd]:
    """Return what asks a school's own process for this work; `work` prints one JSON object and returns an exit code.

    `more` are modules that the process needs beside those of a run.
    """
    return IsolatedLook(partial(_ended, work), _lost, (*more, RUN_IMPORTS))


def audited(school: str, **options: Any) -> int:
    """Run the weekly audit of a school, with these options of a run; return its exit code."""
    from flows.weekly.command import RunOptions, run_school  # noqa: PLC0415 - the school's own process has it already

    return run_school(school, RunOptions(is_json=True, **options))


def expired(school: str) -> None:
    """Delete what of a school is over its clock."""
    from flows.retention.expire import expire_school  # noqa: PLC0415 - as above

    expire_school(school, as_json=True, waits=True)


def _lost(school: str) -> SchoolEnd:
    says = "Its process was killed. Run again: it goes on from there."
    return SchoolEnd(school, INTERNAL, says, is_to_be_repeated=True)


def _ended(work: Callable[[str], int | None], school: str) -> SchoolEnd:
    """Work on one school; what it and its libraries say on the way is kept from everybody, as it may quote a person.

    With AUDIT_LOG=json, what the program itself logs, which names nobody, goes where it would have gone.
    """
    keep_private()
    if is_json_asked():
        log_json(os.fdopen(os.dup(2), "w", encoding="utf-8", buffering=1))
        note_subject(school)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        try:
            code = work(school) or DONE
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last door, as for a command
            said, code = answer_to(error)
            return SchoolEnd(school, code, said, is_to_be_repeated=isinstance(error, UserError) and error.may_pass)
        sys.stdout.flush()
        out.seek(0)
        told = json.loads(out.read() or b"{}")
    return SchoolEnd(school, code, "" if code == DONE else _not_seen(told), told)


def _not_seen(told: Any) -> str:
    names = ", ".join(problem["source"] for problem in told.get("problems", ()))
    return f"Published, but not everything was seen ({names}). The report says what to do."
