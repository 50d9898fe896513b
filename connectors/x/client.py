"""The client that asks X: tweepy's, with our transport, and its errors in our own words."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import requests
import tweepy
from requests import PreparedRequest, Response
from tweepy.auth import OAuth1UserHandler

from connectors.api.error_map import FailedRequest, explained
from connectors.response_limits import BoundedTransport, ResponseLimit, TooLarge
from connectors.source import Endpoints
from connectors.x.error_map import ERROR_MAP, by_status

TWEEPY_HOST = "https://api.twitter.com"
REAL_HOST = "https://api.x.com"
LONGEST_TO_CONNECT = 10.0  # seconds
_PIECE = 65_536


class XTransport(BoundedTransport):
    """Sends what tweepy addresses to its fixed host to X's present one, or to a stand-in on loopback.

    A signed request is signed again for the present host, which its signature covers. `timeout` is in seconds, for
    the whole of an answer; `status` is that of the last answer.
    """

    def __init__(
        self,
        stand_in: str | None,
        timeout: float,
        sign: Callable[[PreparedRequest], PreparedRequest] | None,
    ) -> None:
        super().__init__(ResponseLimit(timeout))
        self.stand_in = stand_in
        self.timeouts = (min(LONGEST_TO_CONNECT, timeout), timeout)
        self.sign = sign
        self.status: int | None = None

    def send(self, request: PreparedRequest, *args: Any, **more: Any) -> Response:
        """Send one request and read its answer; raises TooLarge, TimeoutError and requests' own errors."""
        self.status = None
        path = (request.url or "").removeprefix(TWEEPY_HOST)
        request.url = REAL_HOST + path
        if self.sign is not None:
            request.headers.pop("Authorization", None)
            request = self.sign(request)
        if self.stand_in is not None:
            request.url, more["proxies"] = self.stand_in.rstrip("/") + path, None
        self.allowance.begin()
        response = super().send(request, *args, **{**more, "stream": True, "timeout": self.timeouts})
        self.status = response.status_code
        try:
            body = self._unpacked(response)
        finally:
            response.close()
        response._content = body  # noqa: SLF001 - requests knows no other way to say what was read already
        return response

    def _unpacked(self, response: Response) -> bytes:
        """Return the body; it may be no longer unpacked than it may be on the line, and take no more time."""
        body = bytearray()
        for piece in response.iter_content(_PIECE):
            body += piece
            self.allowance.seconds_left()
            if len(body) > self.allowance.most_bytes:
                raise TooLarge
        return bytes(body)


# At DEBUG these write tokens, signatures and whole answers into the log.
_TALKATIVE = ("tweepy", "oauthlib", "requests_oauthlib")


@dataclass(frozen=True, slots=True)
class XCredentials:
    """Either a bearer token, or the four strings of OAuth 1.0a, which never expire by themselves.

    `is_user_token` says of a bearer token that an account gave it by its consent, and that it is no app's.
    """

    bearer: str | None = field(default=None, repr=False)
    consumer_key: str | None = field(default=None, repr=False)
    consumer_secret: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    access_token_secret: str | None = field(default=None, repr=False)
    is_user_token: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        signing = self._signing
        absent = signing.count(None)
        if absent != (0 if self.bearer is None else len(signing)):
            raise ValueError("X credentials are either a bearer token or all four OAuth 1.0a strings.")
        if any(not _is_plain(text) for text in (self.bearer, *signing) if text is not None):
            raise ValueError("An X credential is empty or holds a space or a line break; copy it again.")

    @property
    def _signing(self) -> tuple[str | None, ...]:
        return (self.consumer_key, self.consumer_secret, self.access_token, self.access_token_secret)

    @property
    def signs(self) -> bool:
        """Whether requests are signed with OAuth 1.0a."""
        return self.bearer is None

    @property
    def is_own(self) -> bool:
        """Whether they speak for an account, and not for an app alone."""
        return self.signs or self.is_user_token


def make_client(credentials: XCredentials, endpoints: Endpoints, timeout: float) -> tuple[tweepy.Client, XTransport]:
    """Return tweepy's client and the transport that all its requests go through."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)
    client = tweepy.Client(
        bearer_token=credentials.bearer,
        consumer_key=credentials.consumer_key,
        consumer_secret=credentials.consumer_secret,
        access_token=credentials.access_token,
        access_token_secret=credentials.access_token_secret,
        return_type=requests.Response,
        wait_on_rate_limit=False,
    )
    transport = XTransport(endpoints.x, timeout, _signer(credentials))
    client.session.adapters.clear()
    client.session.mount(TWEEPY_HOST + "/", transport)
    client.session.max_redirects = 0
    client.session.auth = _as_it_is
    return client, transport


@contextmanager
def plain_errors(failed: FailedRequest, transport: XTransport) -> Iterator[None]:
    """Turn every error of tweepy and requests into one of ours; `failed` says where and when it was asked."""
    try:
        yield
    except tuple(ERROR_MAP) as error:
        # "from None": their texts quote answers and addresses, which must not reach a log.
        status = getattr(getattr(error, "response", None), "status_code", None)
        raise explained(error, replace(failed, status=status), ERROR_MAP) from None
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        # tweepy trips over an error body of an unknown form; the status still says what it meant.
        raise by_status(None, replace(failed, status=transport.status)) from None


def _signer(credentials: XCredentials) -> OAuth1UserHandler | None:
    if not credentials.signs:
        return None
    return OAuth1UserHandler(
        credentials.consumer_key,
        credentials.consumer_secret,
        credentials.access_token,
        credentials.access_token_secret,
    ).apply_auth()


def _as_it_is(request: PreparedRequest) -> PreparedRequest:
    """Leave the request alone; given as the session's auth, it keeps a .netrc from taking our place."""
    return request


def _is_plain(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable() and " " not in text
