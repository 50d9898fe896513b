"""A process that has imported everything and forks a run for each line it reads, so that twenty killed runs are quick.

A line of JSON each way: {"args": [...], "env": {...}}, then {"pid": n}, then {"code": n} or {"signal": n} at its end.
Nothing is started before the fork: no thread, no database.
"""

import json
import os
import sys

import great_expectations
import prefect

from flows.audit import sequence
from flows.commands.app import app
from flows.commands.exit_codes import ended
from flows.settings import quiet

WARMED = (great_expectations, prefect, sequence)


def child(request: dict[str, object]) -> int:
    os.environ.update(request["env"])  # type: ignore[arg-type]
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    return ended(lambda: app(list(request["args"]), standalone_mode=False), is_debug=False)  # type: ignore[call-overload]


def say(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    quiet()
    say({"ready": True})
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os._exit(child(json.loads(line)))
        say({"pid": pid})
        _, status = os.waitpid(pid, 0)
        end = {"signal": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else {"code": os.WEXITSTATUS(status)}
        say(end)


if __name__ == "__main__":
    main()
