"""What each error of tweepy and of requests means in our words; a house test holds the table complete."""

from datetime import UTC, datetime
from typing import Any

import requests
import tweepy
from requests import exceptions

from connectors.api import error_map
from connectors.api.error_map import STATUSES, FailedRequest, Meaning, changed, refused, too_large, unavailable
from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceThrottled
from connectors.json_fields import parsed
from connectors.response_limits import TooLarge


def failed_request(endpoint: str, asked_at: datetime) -> FailedRequest:
    """Return what is known of a request to X before its answer comes; `asked_at` is aware, in UTC."""
    return FailedRequest("X", endpoint, asked_at)


def throttled(error: Exception | None, failed: FailedRequest) -> SourceError:
    """Say that we asked too often; but a monthly cap that is used up is a matter of credit, not of waiting."""
    if _says_usage_cap(error):
        return SourceRefused(failed.sentence, reason="credit", status=failed.status)
    return SourceThrottled(failed.sentence, retry_at=_reset(error, failed.asked_at), status=failed.status)


by_status = error_map.by_status({**STATUSES, 402: refused("credit"), 429: throttled})

ERROR_MAP: dict[type[Exception], Meaning] = {
    TooLarge: too_large,
    **dict.fromkeys((
        TimeoutError, tweepy.TweepyException, tweepy.TwitterServerError, exceptions.ChunkedEncodingError,
        exceptions.ConnectTimeout, exceptions.ConnectionError, exceptions.ContentDecodingError,
        exceptions.HTTPError, exceptions.InvalidJSONError, exceptions.InvalidProxyURL,
        exceptions.InvalidSchema, exceptions.InvalidURL, exceptions.JSONDecodeError, exceptions.MissingSchema,
        exceptions.ProxyError, exceptions.ReadTimeout, exceptions.RequestException, exceptions.RetryError,
        exceptions.SSLError, exceptions.StreamConsumedError, exceptions.Timeout, exceptions.TooManyRedirects,
        exceptions.URLRequired, exceptions.UnrewindableBodyError,
    ), unavailable),
    tweepy.BadRequest: changed,
    tweepy.Forbidden: refused("forbidden"),
    tweepy.HTTPException: by_status,
    tweepy.NotFound: refused("not_found"),
    tweepy.TooManyRequests: throttled,
    tweepy.Unauthorized: refused("credentials"),
    exceptions.InvalidHeader: refused("credentials"),
}  # fmt: skip


def _reset(error: Exception | None, asked_at: datetime | None) -> datetime | None:
    """Return when X will listen again, None when it did not say or named a time that is past."""
    try:
        reset = datetime.fromtimestamp(getattr(error, "reset_time", None) or 0, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return reset if asked_at is not None and reset > asked_at else None


def _says_usage_cap(error: Exception | None) -> bool:
    response: requests.Response | None = getattr(error, "response", None)
    if response is None:
        return False
    try:
        body: Any = parsed(response.content, "")
    except (ValueError, SourceChanged):
        return False
    return isinstance(body, dict) and body.get("title") == "UsageCapExceeded"
