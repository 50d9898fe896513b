"""HTTP that asks once, within bounds: httplib2 sends a request again, unseen, when a line closes before an answer.

The ledger must count what the platform counts, and retries belong to the flow, so that such a line is an error here.
"""

import http.client
from typing import Any

import httplib2

from connectors.response_limits import ResponseLimit, with_limit

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
    """An httplib2.Http whose lines are closed, not asked again, when no answer comes.

    `timeout` is in seconds, for one request in all; an answer that is larger than it may be, on the line or
    unpacked, is TooLarge or httplib2's DecodeLimitError.
    """

    def __init__(self, timeout: float, **more: Any) -> None:
        self._allowance = ResponseLimit(timeout)
        super().__init__(timeout=timeout, decode_limit_hard=self._allowance.most_bytes, decode_limit_ratio=0, **more)

    def request(self, uri: str, *args: Any, **more: Any) -> Any:
        """Send one request, and only one; raises OSError when the line closes without an answer."""
        kind = _Secure if uri.startswith("https:") else _Plain
        # Google's layer names a kind of connection too, and it is None.
        more["connection_type"] = with_limit(kind, self._allowance)
        self._allowance.begin()
        return super().request(uri, *args, **more)
