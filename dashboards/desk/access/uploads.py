"""Reads a form that carries one file: bounded in bytes whatever the sender says, and never onto a disk."""

from collections.abc import AsyncGenerator, Mapping

from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from policies.errors import UserError

FIELD = "file"


class UploadError(UserError):
    """A file cannot be taken; the message says why and what to do."""


async def form_with_file(request: Request, most: int, most_fields: int) -> tuple[Mapping[str, str], bytes]:
    """Return the form's fields and its file's bytes, at most `most`; UploadError where it is none of ours.

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
