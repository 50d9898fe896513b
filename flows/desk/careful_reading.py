"""Reads a register file that somebody sent, first in a process that may grow or die without harm."""

import multiprocessing
import multiprocessing.connection
import resource
from datetime import date
from pathlib import Path

from connectors.errors import SourceRefused
from connectors.registers.editing import RegisterFile
from flows.home.settings import ConfigurationError

SECONDS, MEMORY = 30, 1_500_000_000  # of processor time, and bytes of address space
_LONGEST = 120.0  # seconds on the wall, on a machine that may be busy
_TOO_MUCH = "takes more time or memory to read than any register does. Export the register alone, as CSV or .xlsx."


def ensure_readable(file: RegisterFile, as_of: date) -> None:
    """Raise ConfigurationError, in the reader's own sentence, where these bytes are no register within bounds."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_read, args=(theirs, file, as_of), daemon=True)
    child.start()
    theirs.close()
    try:
        problem = mine.recv() if mine.poll(_LONGEST) else f"The file {_TOO_MUCH}"
    except EOFError:  # it was ended for its time, or died
        problem = f"The file {_TOO_MUCH}"
    finally:
        child.kill()
        child.join()
        mine.close()
    if problem:
        raise ConfigurationError(problem)


def _read(pipe: multiprocessing.connection.Connection, file: RegisterFile, as_of: date) -> None:
    """Read the file within bounds, and send the sentence that refuses it; an empty one where it can be read."""
    from connectors.registers.pull import read_register  # noqa: PLC0415 - in the child alone

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        read_register(Path(), file.register, file.file_name, as_of=as_of, mapped=file.mapped, body=file.body)
    except SourceRefused as refusal:
        pipe.send(str(refusal).replace(", then run again.", "."))
    except MemoryError:
        pipe.send(f"The file {_TOO_MUCH}")
    else:
        pipe.send("")
