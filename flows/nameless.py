"""Lets no error leave a flow with words of its own: Prefect keeps what an error says, and it may quote a person.

A UserError goes on alone: its sentence names nobody, and what it came from may. Of any other its kind is told, or what
the machine lacks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from flows.commands.exit_codes import INTERNAL, answer_to
from policies.errors import UserError


class InternalStopError(UserError):
    """A flow ended by an error inside the program; the message says of which kind."""

    exit_code: ClassVar[int] = INTERNAL


class MachineStopError(UserError):
    """A flow ended because a file or a disk could not be used; the message says what to do."""


@contextmanager
def nameless() -> Iterator[None]:
    """Raise, of an error that is no UserError, only what may be kept of it."""
    try:
        yield
    except UserError as error:
        error.__context__ = None
        raise error.with_traceback(None) from None
    except OSError as error:
        raise MachineStopError(answer_to(error)[0]) from None
    except Exception as error:  # noqa: BLE001 - the last door before Prefect's books
        raise InternalStopError(answer_to(error)[0]) from None
