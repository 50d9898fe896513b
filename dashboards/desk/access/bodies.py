"""Reads forms within bounds, whatever their sender says of them: twenty seconds and 64 KiB, and more with a file.

Nothing of a file is written to a disk.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from pathlib import PurePath
from typing import ClassVar

from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.types import Message

from policies.errors import UserError

FIELD, NAME = "file", "file_name"


class UploadError(UserError):
    """A file cannot be taken; the message says why and what to do."""


async def form_with_file(request: Request, most: int, most_fields: int) -> tuple[Mapping[str, str], bytes]:
    """Return the form's fields and its file's bytes, at most `most`; UploadError where it is none of ours.

    The file's own name is the field `file_name`.
    What is too much is read and thrown away, so that the sender's browser can show the answer.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise UploadError("No file came with the form. Choose one, and send it again.")
    stream = _Bounded(request, most + most_fields)
    parser = MultiPartParser(request.headers, stream.parts(), max_files=1, max_fields=40, max_part_size=most_fields)
    parser.spool_max_size = most + most_fields + 1  # so that no part of it is written to a disk
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise UploadError("The form came broken off. Send it again.") from error
    try:
        fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        file = form.get(FIELD)
        body = b"" if file is None or isinstance(file, str) else await file.read()
        if file is not None and not isinstance(file, str):
            fields[NAME] = PurePath((file.filename or "").replace("\\", "/")).name
    finally:
        await form.close()
    if stream.is_too_long or len(body) > most:
        raise UploadError(f"The file is larger than {most // 1_000_000} MB. Send a smaller one; nothing was kept.")
    if not body:
        raise UploadError("No file came with the form, or an empty one. Choose one, and send it again.")
    return fields, body


class _Bounded:
    """The body of a request; once it is too long, nothing more of it is passed on."""

    def __init__(self, request: Request, most: int) -> None:
        self._request, self._most, self._seen = request, most, 0

    @property
    def is_too_long(self) -> bool:
        """Whether more came than there may be."""
        return self._seen > self._most

    async def parts(self) -> AsyncGenerator[bytes, None]:
        """Yield the body up to its bound."""
        async for part in self._request.stream():
            self._seen += len(part)
            if not self.is_too_long:
                yield part
        if self.is_too_long:
            raise UploadError(
                f"The file is larger than {self._most // 1_000_000} MB. Send a smaller one; nothing was kept."
            )


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
