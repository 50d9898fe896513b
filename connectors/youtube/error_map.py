"""What each error of Google's libraries means in our words; a house test holds the table complete."""

import http.client
import re
from datetime import datetime
from typing import Any

import httplib2
from google.auth import exceptions as auth
from googleapiclient import errors

from connectors.api import error_map
from connectors.api.error_map import (
    STATUSES,
    FailedRequest,
    Meaning,
    changed,
    refused,
    throttled,
    too_large,
    unavailable,
)
from connectors.errors import SourceChanged, SourceError, SourceUsedUp
from connectors.json_fields import parsed
from connectors.response_limits import TooLarge
from policies.platforms.registry import YOUTUBE

_WORD = re.compile(r"[A-Za-z_]{1,60}")
_PER_DAY = b"PerDayPerProject"  # of the limit that Google names beside the word


def failed_request(endpoint: str, asked_at: datetime | None, error: Exception | None = None) -> FailedRequest:
    """Return what is known of a failed request to YouTube: where, when, the status, and YouTube's own word for it."""
    return FailedRequest("YouTube", endpoint, asked_at, status=status_of(error), word=word_of(error))


def used_up(_error: Exception | None, failed: FailedRequest) -> SourceError:
    """Say that the day's quota is used up, and when the next one begins."""
    back = None
    if failed.asked_at is not None:
        back = YOUTUBE.next_day(failed.asked_at)
    return SourceUsedUp(failed.sentence, retry_at=back, status=failed.status)


def by_answer(error: Exception | None, failed: FailedRequest) -> SourceError:
    """Say what an HTTP error means: by YouTube's own word for it where we know that, else by its status."""
    return BY_WORD.get(failed.word, by_status)(error, failed)


# Google answers 409 when something of its own was in the way; nothing is ever written there that could be in conflict.
by_status = error_map.by_status({**STATUSES, 409: unavailable})
BY_WORD: dict[str | None, Meaning] = {
    "authError": refused("credentials"),
    **dict.fromkeys(("dailyLimitExceeded", "quotaExceeded"), used_up),
    **dict.fromkeys(
        ("SERVICE_UNAVAILABLE", "backendError", "internalError", "processingFailure", "serviceUnavailable"), unavailable
    ),
    "rateLimitExceeded": throttled,
    "userRateLimitExceeded": throttled,
}

ERROR_MAP: dict[type[Exception], Meaning] = {
    TooLarge: too_large,
    httplib2.decode.DecodeLimitError: too_large,
    **dict.fromkeys((
        errors.BatchError, errors.HttpError, errors.ResumableUploadError,
    ), by_answer),
    **dict.fromkeys((
        errors.Error, errors.InvalidJsonError, auth.ResponseError, auth.TimeoutError, auth.TransportError,
        httplib2.error.FailedToDecompressContent, httplib2.error.HttpLib2Error,
        httplib2.error.HttpLib2ErrorWithResponse, httplib2.error.MalformedHeader,
        httplib2.error.ProxiesUnavailableError, httplib2.error.RedirectLimit,
        httplib2.error.RedirectMissingLocation, httplib2.error.ServerNotFoundError,
        httplib2.error.UnimplementedDigestAuthOptionError,
        httplib2.error.UnimplementedHmacDigestAuthOptionError, http.client.HTTPException, OSError,
    ), unavailable),
    **dict.fromkeys((
        errors.InvalidChunkSizeError, errors.InvalidNotificationError, errors.MediaUploadSizeError,
        errors.UnacceptableMimeTypeError, errors.UnexpectedBodyError, errors.UnexpectedMethodError,
        errors.UnknownApiNameOrVersion, errors.UnknownFileType, errors.UnknownLinkType,
        httplib2.error.RelativeURIError,
    ), changed),
    **dict.fromkeys((
        auth.ClientCertError, auth.DefaultCredentialsError, auth.GoogleAuthError, auth.InvalidOperation,
        auth.InvalidResource, auth.InvalidType, auth.InvalidValue, auth.MalformedError,
        auth.MutualTLSChannelError, auth.OAuthError, auth.OSError, auth.ReauthFailError,
        auth.ReauthSamlChallengeFailError, auth.RefreshError, auth.UserAccessTokenError,
    ), refused("credentials")),
}  # fmt: skip


def status_of(error: Exception | None) -> int | None:
    """Return the status of the answer that this error came with, None when there was none."""
    status = getattr(getattr(error, "resp", None), "status", None)
    return int(status) if status is not None else None


def word_of(error: Exception | None) -> str | None:
    """Return YouTube's own word for the error, such as quotaExceeded."""
    return word_in(getattr(error, "content", b""))


def word_in(content: bytes) -> str | None:
    """Return the word in the body of a refusal; a rate by the day is the day's quota."""
    try:
        body: Any = parsed(content, "")
        word = body["error"]["errors"][0]["reason"]
    except (ValueError, KeyError, IndexError, TypeError, SourceChanged):
        return None
    if not isinstance(word, str) or not _WORD.fullmatch(word):
        return None
    return "dailyLimitExceeded" if word == "rateLimitExceeded" and _PER_DAY in content else word
