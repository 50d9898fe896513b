"""The client that asks YouTube: Google's own, offline discovery, our time limit, its errors in our own words."""

import http.client
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import google_auth_httplib2
import httplib2
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

from connectors.api.error_map import explained
from connectors.errors import SourceChanged
from connectors.response_limits import ResponseLimit, with_limit
from connectors.source import Endpoints
from connectors.youtube.error_map import ERROR_MAP, failed_request

_NO_ANSWER = (http.client.BadStatusLine, http.client.ResponseNotReady)


class _Answering(http.client.HTTPConnection):
    def getresponse(self) -> http.client.HTTPResponse:
        try:
            return super().getresponse()
        except _NO_ANSWER:
            raise ConnectionAbortedError("The line closed before an answer came.") from None


class _Plain(_Answering, httplib2.HTTPConnectionWithTimeout):  # type: ignore[misc]
    pass


class _Secure(_Answering, httplib2.HTTPSConnectionWithTimeout):  # type: ignore[misc]
    pass


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


TOKEN_ADDRESS = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address, no token
_TALKATIVE = ("google", "google_auth_httplib2", "googleapiclient", "oauthlib", "requests_oauthlib")


@dataclass(frozen=True, slots=True)
class YouTubeCredentials:
    """Either an access token, good for an hour, or what is needed to get one: the owner's refresh token.

    `token_address` is where that is asked, None for Google's own, or for that of a stand-in.
    """

    token: str | None = field(default=None, repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    client_id: str | None = field(default=None, repr=False)
    client_secret: str | None = field(default=None, repr=False)
    token_address: str | None = None

    def __post_init__(self) -> None:
        renewing = (self.refresh_token, self.client_id, self.client_secret)
        if any(renewing) != all(renewing) or not (self.token or all(renewing)):
            raise ValueError(
                "YouTube credentials are an access token, or a refresh token with its client id and secret."
            )


def make_service(credentials: YouTubeCredentials, endpoints: Endpoints, timeout: float) -> Any:
    """Return a YouTube client for one thread; `timeout` is in seconds, for one request in all."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)
    # It warns of every refusal, and some are answers; what a refusal means is said in our own words.
    logging.getLogger("googleapiclient.http").setLevel(logging.ERROR)
    options = {} if endpoints.youtube is None else {"api_endpoint": endpoints.youtube}
    return build(
        "youtube",
        "v3",
        http=_http(credentials, timeout, endpoints.youtube),
        client_options=options,
        cache_discovery=False,
        static_discovery=True,
    )


@contextmanager
def plain_errors(endpoint: str, asked_at: datetime | None = None) -> Iterator[None]:
    """Turn every error of Google's libraries and of the network into one of ours."""
    try:
        yield
    except tuple(ERROR_MAP) as error:
        # "from None": their texts quote addresses and answers, which must not reach a log.
        raise explained(error, failed_request(endpoint, asked_at, error), ERROR_MAP) from None
    except (AttributeError, OverflowError, RecursionError, TypeError, ValueError):
        # The libraries trip over an error body, or a framing of the answer, of an unknown form.
        raise SourceChanged(f"YouTube's answer to {endpoint} is of a form that we do not know.") from None


def _http(credentials: YouTubeCredentials, timeout: float, stand_in: str | None) -> google_auth_httplib2.AuthorizedHttp:
    plain = AskOnce(timeout) if stand_in is None else AskOnce(timeout, proxy_info=None)
    address = TOKEN_ADDRESS if stand_in is None else f"{stand_in.rstrip('/')}/token"
    plain.follow_redirects = False
    google = Credentials(  # type: ignore[no-untyped-call]
        token=credentials.token,
        refresh_token=credentials.refresh_token,
        client_id=credentials.client_id,
        client_secret=credentials.client_secret,
        token_uri=credentials.token_address or address,
    )
    return google_auth_httplib2.AuthorizedHttp(google, http=plain)
