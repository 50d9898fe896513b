"""What the zygote does: it forks runs, each of which may be killed where it reaches a named point of the program.

A line of JSON each way: {"args": [...], "env": {...}, "said": FILE, "point": [FUNCTION, "before" or "after", NUMBER]},
then {"pid": n}, then {"code": n} or {"signal": n} at its end. What the run says goes to the file.
Nothing is started before the fork: no thread, no database.
"""

import importlib
import inspect
import json
import os
import signal
import sys
from functools import reduce
from types import CodeType, FrameType
from typing import Any

import great_expectations
import prefect

from checks.catalogue import catalogue
from flows.commands.app import app
from flows.commands.exit_codes import ended
from flows.run import sequence
from flows.settings import quiet

WARMED = (great_expectations, prefect, sequence)


def serve() -> None:
    quiet()
    catalogue()
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
    if request["point"]:
        kill_at(*request["point"])
    return ended(lambda: app(request["args"], standalone_mode=False), is_debug=True)


def kill_at(function: str, when: str, number: int) -> None:
    """Kill this process before or after a function, `module:name`, is called for the time of this number."""
    code, calls = _code_of(function), 0

    def at_its_end(_frame: FrameType, event: str, _arg: object) -> Any:
        if event == "return":
            os.kill(os.getpid(), signal.SIGKILL)
        return at_its_end

    def at_a_call(frame: FrameType, _event: str, _arg: object) -> Any:
        nonlocal calls
        if frame.f_code is not code:
            return None
        calls += 1
        if calls != number:
            return None
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        frame.f_trace_lines = False
        return at_its_end

    sys.settrace(at_a_call)


def _code_of(function: str) -> CodeType:
    module, _, name = function.partition(":")
    found = reduce(getattr, name.split("."), importlib.import_module(module))
    return inspect.unwrap(found).__code__  # type: ignore[arg-type]
