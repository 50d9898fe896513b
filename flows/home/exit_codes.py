"""How a command or a flow ends: its exit code, and one sentence for whatever went wrong.

0  done
1  exceptions are open at or above --fail-on
2  wrong use or configuration
3  a source failed, or came only in part
4  an error inside the program
130  stopped by the person at the keyboard

Prefect keeps what an error says, and that may quote a person: a UserError leaves a flow alone, for its sentence names
nobody; of any other its kind is told, or what the machine lacks. A run that was told to end (SIGTERM) ends for that,
and is begun again: a library that was calling back into Python just then makes an error of its own of it.
"""

import errno
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import ClassVar

import typer
from typer.exceptions import Abort, Exit, TyperException

from flows.home.json_logs import log_json
from policies.errors import UserError

DONE, OPEN, WRONG_USE, SOURCE_FAILED, INTERNAL = range(5)
STOPPED = 130  # what a shell says of a program that Ctrl-C ended


def ended(call: Callable[[], int | None], *, is_debug: bool) -> int:
    """Return the exit code of a command, having said on stderr, in a sentence, what went wrong if anything did."""
    try:
        code = call() or DONE
        return stopped() if code == STOPPED else code  # Typer catches the interrupt itself, and gives back its code
    except Exit as exit_:
        return exit_.exit_code
    except TyperException as error:
        return _say(f"{_sentence(error)} See `audit --help`.", WRONG_USE)
    except (Abort, KeyboardInterrupt):
        return stopped()
    except Exception as error:  # noqa: BLE001 - the last door: nothing about a person may leave in a traceback
        return _say(*answer_to(error), frames=_frames(error) if is_debug else "")


def stopped() -> int:
    """Say that a person stopped the program, and what that means; return the exit code."""
    return _say(*answer_to(KeyboardInterrupt()))


def answer_to(error: BaseException) -> tuple[str, int]:
    """Return the sentence for this error, and the exit code."""
    if isinstance(error, KeyboardInterrupt):
        return "Stopped. What was fetched is kept: run the same again, and it goes on from there.", STOPPED
    if isinstance(error, UserError):
        return error.sentence, error.exit_code
    if isinstance(error, OSError):
        return _os_sentence(error), WRONG_USE
    return f"Something went wrong inside the program ({type(error).__name__}). Run again with --debug.", INTERNAL


def _frames(error: BaseException) -> str:
    """Return where an error came from, and of which kind it and its causes are: what they say may name somebody."""
    before = error.__cause__ or error.__context__
    earlier = f"{_frames(before)}After which:\n" if before else ""
    lines = "".join(traceback.format_tb(error.__traceback__))
    return f"{earlier}Traceback (most recent call last):\n{lines}{type(error).__name__}\n"


def _sentence(error: TyperException) -> str:
    message = getattr(error, "format_message", error.__str__)()
    return str(message).replace("\n", " ").strip()


def _os_sentence(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full. Free some space and run again; what was published before still stands."
    if error.errno == errno.EROFS:
        return "The disk may only be read, so nothing can be kept there. Mount it for writing, then run again."
    return f"A file could not be used: {error.strerror or type(error).__name__}. Check that it exists and whose it is."


def _say(sentence: str, code: int, frames: str = "") -> int:
    """Say how it ended, as a line of JSON where these are asked for; a wrong option comes before anything is logged."""
    if os.environ.get("AUDIT_LOG") == "json":
        log_json()
        more = {"code": code} | ({"frames": frames} if frames else {})
        logging.getLogger(__name__).error("%s", sentence, extra={"measured": more})
    else:
        typer.echo(f"{frames}{sentence}", err=True)
    sys.stdout.flush()
    return code


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
