"""How long and how large a form may be, whatever its sender says of it: twenty seconds, and 64 KiB.

One with a file may have more of both.
"""

import asyncio
import time
from typing import ClassVar

from starlette.requests import Request
from starlette.types import Message

from policies.errors import UserError

MOST_BYTES = 64 * 1024
MOST_SECONDS = 20.0
MOST_SECONDS_OF_A_FILE = 180.0


class FormRefusedError(UserError):
    """A form that is not read to its end; `code` is the answer's."""

    exit_code: ClassVar[int] = 2

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code


def too_large() -> FormRefusedError:
    """Return that a form is larger than any of the desk's."""
    return FormRefusedError("The form is larger than any of ours, so nothing was done.", 413)


def bounded(request: Request, most_bytes: int = MOST_BYTES, most_seconds: float = MOST_SECONDS) -> Request:
    """Return the same request, its body read within bounds; FormRefusedError from whatever reads more, or longer."""
    until, taken = time.monotonic() + most_seconds, 0

    async def receive() -> Message:
        nonlocal taken
        try:
            message = await asyncio.wait_for(request.receive(), timeout=max(0.0, until - time.monotonic()))
        except TimeoutError:
            raise FormRefusedError("The form took too long to come, so nothing was done. Send it again.", 408) from None
        taken += len(message.get("body", b""))
        if taken > most_bytes:
            raise too_large()
        return message

    return Request(request.scope, receive)
