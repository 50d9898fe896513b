"""The transport to a provider: bounded answers, no redirect followed, and no proxy to an address on this machine."""

from typing import Any

from requests import PreparedRequest, Response

from connectors.response_limits import BoundedTransport, ResponseLimit

_MOST_BYTES = 512_000  # the keys of the largest providers are some ten thousand


class ProviderTransport(BoundedTransport):
    """Sends one request at a time, its answer read whole in so many seconds and bytes."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(ResponseLimit(seconds, _MOST_BYTES))

    def send(self, request: PreparedRequest, *args: Any, **more: Any) -> Response:
        """Send one request; an answer that comes compressed could be any length, so none is asked for."""
        request.headers["Accept-Encoding"] = "identity"
        self.allowance.begin()
        return super().send(request, *args, **{**more, "timeout": self.seconds})
