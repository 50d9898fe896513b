"""HTTP that asks once: httplib2 sends a request again, unseen, when a line closes before an answer comes.

The ledger must count what the platform counts, and retries belong to the flow, so that such a line is an error here.
"""

import http.client
from typing import Any

import httplib2

_NO_ANSWER = (http.client.BadStatusLine, http.client.ResponseNotReady)


class _Plain(httplib2.HTTPConnectionWithTimeout):  # type: ignore[misc]
    def getresponse(self) -> http.client.HTTPResponse:
        try:
            return super().getresponse()  # type: ignore[no-any-return]
        except _NO_ANSWER:
            raise ConnectionAbortedError("The line closed before an answer came.") from None


class _Secure(httplib2.HTTPSConnectionWithTimeout):  # type: ignore[misc]
    def getresponse(self) -> http.client.HTTPResponse:
        try:
            return super().getresponse()  # type: ignore[no-any-return]
        except _NO_ANSWER:
            raise ConnectionAbortedError("The line closed before an answer came.") from None


class AskOnce(httplib2.Http):  # type: ignore[misc]
    """An httplib2.Http whose lines are closed, not asked again, when no answer comes."""

    def request(self, uri: str, *args: Any, **more: Any) -> Any:
        """Send one request, and only one; raises OSError when the line closes without an answer."""
        more.setdefault("connection_type", _Secure if uri.startswith("https:") else _Plain)
        return super().request(uri, *args, **more)
