"""What each error of tweepy and of requests means in our words; a house test holds the table complete."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import requests
import tweepy
from requests import exceptions

from connectors.errors import (
    Reason,
    SourceChanged,
    SourceError,
    SourceRefused,
    SourceThrottled,
    SourceUnavailable,
)
from connectors.json_parsing import parsed
from connectors.response_limits import TooLarge


@dataclass(frozen=True, slots=True)
class FailedRequest:
    """Where an error was met: the endpoint, when it was asked (aware, UTC), and the status if one came."""

    endpoint: str
    asked_at: datetime
    status: int | None = None

    def at(self, status: int | None) -> "FailedRequest":
        """Return the same with this status."""
        return replace(self, status=status)

    @property
    def sentence(self) -> str:
        """What happened, in a sentence without any value from the answer."""
        if self.status is None:
            return f"X did not answer {self.endpoint}."
        return f"X answered {self.endpoint} with status {self.status}."


Explain = Callable[[Exception | None, FailedRequest], SourceError]


def unavailable(_error: Exception | None, told: FailedRequest) -> SourceError:
    """No usable answer came."""
    return SourceUnavailable(told.sentence, status=told.status)


def changed(_error: Exception | None, told: FailedRequest) -> SourceError:
    """X no longer understands how we ask."""
    return SourceChanged(told.sentence, status=told.status)


def too_large(_error: Exception | None, told: FailedRequest) -> SourceError:
    """Say that an answer is larger than any of X's; a part of it is no answer."""
    return SourceChanged(f"X's answer to {told.endpoint} is larger than any of its answers may be.", status=told.status)


def refused(reason: Reason) -> Explain:
    """Return the meaning of a refusal for this reason."""

    def meaning(_error: Exception | None, told: FailedRequest) -> SourceError:
        return SourceRefused(told.sentence, reason=reason, status=told.status)

    return meaning


def throttled(error: Exception | None, told: FailedRequest) -> SourceError:
    """Asked too often; but a monthly cap that is used up is a matter of credit, not of waiting."""
    if _says_usage_cap(error):
        return SourceRefused(told.sentence, reason="credit", status=told.status)
    return SourceThrottled(told.sentence, retry_at=_reset(error, told.asked_at), status=told.status)


def by_status(error: Exception | None, told: FailedRequest) -> SourceError:
    """Say what a status means by itself."""
    status = told.status or 0
    if status in BY_STATUS:
        return BY_STATUS[status](error, told)
    is_ours = 400 <= status < 500
    return changed(error, told) if is_ours else unavailable(error, told)


BY_STATUS: dict[int, Explain] = {
    401: refused("credentials"),
    402: refused("credit"),
    403: refused("forbidden"),
    404: refused("not_found"),
    408: unavailable,
    429: throttled,
}

ERROR_MAP: dict[type[Exception], Explain] = {
    TooLarge: too_large,
    TimeoutError: unavailable,
    tweepy.BadRequest: changed,
    tweepy.Forbidden: refused("forbidden"),
    tweepy.HTTPException: by_status,
    tweepy.NotFound: refused("not_found"),
    tweepy.TooManyRequests: throttled,
    tweepy.TweepyException: unavailable,
    tweepy.TwitterServerError: unavailable,
    tweepy.Unauthorized: refused("credentials"),
    exceptions.ChunkedEncodingError: unavailable,
    exceptions.ConnectTimeout: unavailable,
    exceptions.ConnectionError: unavailable,
    exceptions.ContentDecodingError: unavailable,
    exceptions.HTTPError: unavailable,
    exceptions.InvalidHeader: refused("credentials"),
    exceptions.InvalidJSONError: unavailable,
    exceptions.InvalidProxyURL: unavailable,
    exceptions.InvalidSchema: unavailable,
    exceptions.InvalidURL: unavailable,
    exceptions.JSONDecodeError: unavailable,
    exceptions.MissingSchema: unavailable,
    exceptions.ProxyError: unavailable,
    exceptions.ReadTimeout: unavailable,
    exceptions.RequestException: unavailable,
    exceptions.RetryError: unavailable,
    exceptions.SSLError: unavailable,
    exceptions.StreamConsumedError: unavailable,
    exceptions.Timeout: unavailable,
    exceptions.TooManyRedirects: unavailable,
    exceptions.URLRequired: unavailable,
    exceptions.UnrewindableBodyError: unavailable,
}


def _reset(error: Exception | None, now: datetime) -> datetime | None:
    """Return when X will listen again, None when it did not say or named a time that is past."""
    try:
        reset = datetime.fromtimestamp(getattr(error, "reset_time", None) or 0, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return reset if reset > now else None


def _says_usage_cap(error: Exception | None) -> bool:
    response: requests.Response | None = getattr(error, "response", None)
    if response is None:
        return False
    try:
        body: Any = parsed(response.content, "")
    except (ValueError, SourceChanged):
        return False
    return isinstance(body, dict) and body.get("title") == "UsageCapExceeded"
