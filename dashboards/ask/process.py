"""Runs the process that answers a question, within the clock on the wall and a bound of what it may say.

The key and the question go to it through a pipe, never as an argument or in the environment, of which it has none.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dashboards.ask import AskError
from dashboards.ask.messages import (
    CASEBOOK,
    DATA,
    END,
    HEAD,
    LONGEST_QUESTION,
    QUESTION,
    READY,
    SHOWN_ROWS,
    TABLES,
    QuestionLimits,
    length_of,
    packed_json,
)
from dashboards.ask.render import Form
from warehouse.runs.publish import ADDED_COLUMNS
from warehouse.store.build import models
from warehouse.store.open import extension_file

_START = "import sys; sys.path[:] = sys.argv[1:]; from dashboards.ask.child import main; main()"
_ENDED = "The process that answers questions ended too early; ask in smaller parts."
_PUBLISHED = "published."
_MOST_SAID = 1_000_000  # bytes of a message beside the answer itself
_BY_SIGNAL: dict[int, str] = {
    signal.SIGXCPU: "too_busy",
    signal.SIGABRT: "too_much_memory",
    signal.SIGKILL: "too_much_memory",
}

_extension = cache(extension_file)
Casebook = Mapping[str, Mapping[str, str]]
CasebookRows = Callable[[Collection[str]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question: its SQL, the values that are bound, and in which form the answer is wanted.

    `skip` and `most_shown` are rows of a form that is read on the screen.
    """

    sql: str
    form: Form = "table"
    parameters: Mapping[str, str | None] = field(default_factory=dict)
    skip: int = 0
    most_shown: int = SHOWN_ROWS


@dataclass(slots=True)
class Answered:
    """An answer, or the sentence why there is none; `tables` are what the question reads, as far as that is known."""

    body: bytes = b""
    rows: int = 0
    shown: int = 0
    tables: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class AnsweringProcess:
    """Answers questions to one published copy, each in a process of its own.

    `casebook` gives the columns of each table of schema `casebook`, `rows_of` the rows of those that a question reads.
    """

    copy: Path
    key: str = field(repr=False)
    casebook: Casebook
    rows_of: CasebookRows
    limits: QuestionLimits = field(default_factory=QuestionLimits)

    def answer(self, question: AskedQuestion) -> Answered:
        """Return the answer, or what stood in its way; nothing that a question does is raised, or harms the caller."""
        if len(question.sql) > LONGEST_QUESTION:
            return Answered(problem=f"The question is longer than {LONGEST_QUESTION:,} characters; ask it in parts.")
        answered = Answered()
        try:
            with _started() as process:
                self._talk(process, question, answered)
        except AskError as error:
            answered.problem, answered.body = str(error), b""
        return answered

    def _talk(self, process: "subprocess.Popen[bytes]", question: AskedQuestion, answered: Answered) -> None:
        pieces: list[bytes] = []
        _sent(process, packed_json(QUESTION, self._asked(question)))
        for kind, body in self._messages(process):
            if kind == TABLES:
                answered.tables = tuple(json.loads(body))
                names = {name.removeprefix("casebook.") for name in answered.tables if name.startswith("casebook.")}
                _sent(process, packed_json(CASEBOOK, self.rows_of(names)))
            elif kind == DATA:
                pieces.append(body)
            elif kind == END:
                end = json.loads(body)
                if end["problem"]:
                    raise AskError(end["problem"])
                answered.body, answered.rows, answered.shown = b"".join(pieces), end["rows"], end["shown"]
                return
        raise AskError(self._why_ended(process))

    def _asked(self, question: AskedQuestion) -> dict[str, Any]:
        return {
            "copy": str(self.copy.resolve()),
            "key": self.key,
            "extension": _extension(),
            "casebook": {name: dict(kinds) for name, kinds in self.casebook.items()},
            "publishes": [name.removeprefix(_PUBLISHED) for name in models() if name.startswith(_PUBLISHED)],
            "added": ADDED_COLUMNS,
            "sql": question.sql,
            "form": question.form,
            "parameters": dict(question.parameters),
            "skip": question.skip,
            "most_shown": question.most_shown,
            "limits": asdict(self.limits),
        }

    def _messages(self, process: "subprocess.Popen[bytes]") -> Iterator[tuple[str, bytes]]:
        """Yield what the process says until it ends; the clock begins once it has started."""
        assert process.stdout is not None  # noqa: S101 - for the type checker: it was opened as a pipe
        place, said, total = process.stdout.fileno(), bytearray(), 0
        until = time.monotonic() + self.limits.starting_seconds
        while part := _read(place, until, self.limits):
            said += part
            total += len(part)
            if total > self.limits.most_bytes + _MOST_SAID:
                raise AskError(self.limits.too_large)
            while len(said) >= HEAD and len(said) >= HEAD + length_of(bytes(said[:HEAD]))[1]:
                kind, length = length_of(bytes(said[:HEAD]))
                if kind == READY:
                    until = time.monotonic() + self.limits.seconds
                yield kind, bytes(said[HEAD : HEAD + length])
                del said[: HEAD + length]

    def _why_ended(self, process: "subprocess.Popen[bytes]") -> str:
        code = process.wait(timeout=self.limits.starting_seconds)
        return str(getattr(self.limits, _BY_SIGNAL[-code])) if -code in _BY_SIGNAL else _ENDED


@contextmanager
def _started() -> Iterator["subprocess.Popen[bytes]"]:
    """Lend a process that runs in a new, empty folder, which goes with it; it is ended in any case."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    places = [os.path.abspath(place) for place in sys.path if place]  # noqa: PTH100 - a zip file is no folder
    words = [sys.executable, "-I", "-S", "-B", "-c", _START, *places]
    with TemporaryDirectory(prefix="audit-ask-") as folder:
        process = subprocess.Popen(words, cwd=folder, env={}, start_new_session=True, **pipes)  # type: ignore[call-overload]  # noqa: S603
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(BrokenPipeError):  # the process ended before it had read what was meant for it
                    pipe.close()


def _sent(process: "subprocess.Popen[bytes]", message: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - for the type checker: it was opened as a pipe
    with suppress(BrokenPipeError):  # what the process said before it ended is still to be read
        process.stdin.write(message)
        process.stdin.flush()


def _read(place: int, until: float, limits: QuestionLimits) -> bytes:
    """Return the next bytes, none when the process has closed its end; AskError when the time is up."""
    left = until - time.monotonic()
    if left <= 0 or not select.select([place], [], [], left)[0]:
        raise AskError(limits.too_slow)
    return os.read(place, 1 << 20)
