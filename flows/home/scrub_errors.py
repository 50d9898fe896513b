"""Scrubs the errors that leave a flow: Prefect keeps what an error says, and that may quote a person.

A UserError goes on alone: its sentence names nobody, and what it came from may. Of any other its kind is told, or what
the machine lacks. A run that was told to end (SIGTERM) ends for that, and is begun again: a library that was calling
back into Python just then makes an error of its own of it, and the run would look as if it had failed by itself.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import ClassVar

from flows.home.exit_codes import INTERNAL, answer_to
from policies.errors import UserError


class InternalStopError(UserError):
    """A flow ended by an error inside the program; the message says of which kind."""

    exit_code: ClassVar[int] = INTERNAL


class MachineStopError(UserError):
    """A flow ended because a file or a disk could not be used; the message says what to do."""


@contextmanager
def scrub_errors() -> Iterator[None]:
    """Raise, of an error that is no UserError, only what may be kept of it."""
    with _ending_for_what_was_told():
        try:
            yield
        except UserError as error:
            error.__context__ = None
            raise error.with_traceback(None) from None
        except OSError as error:
            raise MachineStopError(answer_to(error)[0]) from None
        except Exception as error:  # noqa: BLE001 - the last door before Prefect's books
            raise InternalStopError(answer_to(error)[0]) from None


@contextmanager
def _ending_for_what_was_told() -> Iterator[None]:
    """Let an error that comes after SIGTERM give way to what its handler, Prefect's, raises."""
    handler = signal.getsignal(signal.SIGTERM)
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield
        return
    was_told = is_ending = False

    def told(number: int, frame: FrameType | None) -> None:
        nonlocal was_told
        was_told = True
        handler(number, frame)

    signal.signal(signal.SIGTERM, told)
    try:
        yield
    except Exception:
        if not was_told:
            raise
        is_ending = True
    finally:
        signal.signal(signal.SIGTERM, handler)
    if is_ending:
        handler(signal.SIGTERM, None)
