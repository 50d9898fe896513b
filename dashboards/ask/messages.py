"""What passes between the program and the process that answers: its limits, and messages.

A message is a letter for the kind, twelve digits of length, and bytes. R ready; Q the question, in JSON; T the tables
that it reads; C the rows of the casebook's tables; D a piece of the answer; E the end: how many rows, or the problem.
"""

import json
from dataclasses import dataclass
from typing import Any, BinaryIO

SHOWN_ROWS = 1_000
LONGEST_QUESTION = 20_000  # characters


@dataclass(frozen=True, slots=True)
class QuestionLimits:
    """What bounds a question and the making of its answer; each says so in a sentence when it bites.

    `seconds` are by the clock on the wall, `processor_seconds` of all cores; `memory` are bytes beside what the process
    needs to start, `engine_memory` those of DuckDB's own; `rows` and `most_bytes` are of the answer that is given,
    `counted_rows` how far rows are counted that are not shown.
    """

    seconds: float = 30.0
    processor_seconds: int = 50
    memory: int = 2_000_000_000
    engine_memory: int = 400_000_000
    rows: int = 1_000_000
    counted_rows: int = 10_000_000
    most_bytes: int = 100_000_000
    starting_seconds: float = 60.0

    @property
    def too_slow(self) -> str:
        """The sentence for a question that took too long."""
        return f"The question took longer than {self.seconds:g} seconds and was stopped; ask for less at once."

    @property
    def too_busy(self) -> str:
        """The sentence for a question that used the processor for too long."""
        return f"The question used more than {self.processor_seconds} seconds of processor time; ask for less at once."

    @property
    def too_much_memory(self) -> str:
        """The sentence for a question that needs too much memory."""
        return "The question needs more memory than it may have; ask for less at once."

    @property
    def too_many_rows(self) -> str:
        """The sentence for an answer of too many rows."""
        return f"The answer has more than {self.rows:,} rows; count, group or LIMIT it."

    @property
    def too_large(self) -> str:
        """The sentence for an answer of too many bytes."""
        return f"The answer is larger than {self.most_bytes // 1_000_000:,} MB; ask for fewer rows or columns at once."


READY, QUESTION, TABLES, CASEBOOK, DATA, END = "RQTCDE"
HEAD = 13  # bytes before a message's own


def packed(kind: str, body: bytes) -> bytes:
    """Return a message as it is sent."""
    return f"{kind}{len(body):012d}".encode() + body


def packed_json(kind: str, value: Any) -> bytes:
    """Return a message that says a value in JSON."""
    return packed(kind, json.dumps(value).encode())


def length_of(head: bytes) -> tuple[str, int]:
    """Return the kind and the length of a message by its head; ValueError for bytes that are none."""
    return head[:1].decode("ascii"), int(head[1:HEAD])


def received(pipe: BinaryIO, kind: str) -> Any:
    """Return what a message of this kind says in JSON; EOFError when the pipe has closed or brings another."""
    head = pipe.read(HEAD)
    if len(head) != HEAD or length_of(head)[0] != kind:
        raise EOFError(kind)
    return json.loads(pipe.read(length_of(head)[1]))
