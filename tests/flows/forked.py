"""What the zygote does: it forks runs, each of which may be killed where it reaches a named point of the program.

A line of JSON each way: {"args": [...], "env": {...}, "said": FILE, "point": [FUNCTION, "before" or "after", NUMBER],
"at": TIME}, then {"pid": n}, then {"code": n} or {"signal": n} at its end. What the run says goes to the file.
Nothing is started before the fork and left running: no thread, no database.
"""

import importlib
import inspect
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import reduce
from types import CodeType, FunctionType
from typing import Any

import prefect

from flows.commands.app import app
from flows.home.exit_codes import ended
from flows.home.settings import quiet
from flows.prefect import imported_first, run_imports
from warehouse.quality.expectations import great_expectations

WARMED = (prefect, imported_first, run_imports, great_expectations())


def serve() -> None:
    quiet()
    say({"ready": True})
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os._exit(run(json.loads(line)))
        say({"pid": pid})
        _, status = os.waitpid(pid, 0)
        is_killed = os.WIFSIGNALED(status)
        say({"signal": os.WTERMSIG(status)} if is_killed else {"code": os.WEXITSTATUS(status)})


def say(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def run(request: dict[str, Any]) -> int:
    os.environ.update(request["env"])
    file = os.open(request["said"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(file, 1)
    os.dup2(file, 2)
    if request["at"]:
        begin_at(datetime.fromisoformat(request["at"]))
    if request["point"]:
        kill_at(*request["point"])
    return ended(lambda: app(request["args"], standalone_mode=False), is_debug=True)


def begin_at(begins: datetime) -> None:
    """Let the program's own clock stand at this time now, and go on from there."""
    began = time.monotonic()
    target = _function_of("flows.home.settings:system_clock")
    target.__code__ = _call_of(lambda: begins + timedelta(seconds=time.monotonic() - began))


def kill_at(function: str, when: str, number: int) -> None:
    """Kill this process before or after a function, `module:name`, is called for the time of this number.

    The function's own code gives way to a call of ours: whoever has the function already calls that too.
    """
    target = _function_of(function)
    original = FunctionType(
        target.__code__, target.__globals__, target.__name__, target.__defaults__, target.__closure__
    )
    original.__kwdefaults__ = target.__kwdefaults__
    calls = 0

    def counted(*args: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        is_the_one = calls == number
        if is_the_one and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            return original(*args, **more)
        finally:
            if is_the_one:
                os.kill(os.getpid(), signal.SIGKILL)

    target.__code__ = _call_of(counted)


def _call_of(function: Callable[..., object]) -> CodeType:
    """Return the code of a function that hands everything on to this one."""

    def handing_on(*args: object, **more: object) -> object:
        return "handed on to"(*args, **more)  # type: ignore[operator]

    code = handing_on.__code__
    return code.replace(co_consts=tuple(function if each == "handed on to" else each for each in code.co_consts))


def _function_of(function: str) -> FunctionType:
    module, _, name = function.partition(":")
    found = reduce(getattr, name.split("."), importlib.import_module(module))
    target: FunctionType = inspect.unwrap(found)  # type: ignore[arg-type]
    return target
