"""What is said between the program and the process that answers: a letter for the kind, eight digits of length, bytes.

R ready; Q the question, in JSON; T the tables that it reads; C the rows of the casebook's tables; D a piece of the
answer; E the end: how many rows there are, or the problem.
"""

import json
from typing import Any, BinaryIO

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
