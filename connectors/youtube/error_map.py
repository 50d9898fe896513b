"""What each error of Google's libraries means in our words; a house test holds the table complete."""

import http.client
import re
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
from connectors.errors import SourceChanged, SourceError
from connectors.json_fields import parsed
from connectors.response_limits import TooLarge

_WORD = re.compile(r"[A-Za-z]{1,60}")


def failed_request(endpoint: str, error: Exception | None = None) -> FailedRequest:
    """Return what is known of a failed request to YouTube: where, the status, and YouTube's own word for it."""
    return FailedRequest("YouTube", endpoint, status=status_of(error), word=word_of(error))


def by_answer(error: Exception | None, failed: FailedRequest) -> SourceError:
    """Say what an HTTP error means: by YouTube's own word for it where we know that, else by its status."""
    return BY_WORD.get(failed.word, by_status)(error, failed)


by_status = error_map.by_status(STATUSES)
BY_WORD: dict[str | None, Meaning] = {
    "authError": refused("credentials"),
    "dailyLimitExceeded": refused("credit"),
    "quotaExceeded": refused("credit"),
    "rateLimitExceeded": throttled,
    "userRateLimitExceeded": throttled,
}

ERROR_MAP: dict[type[Exception], Meaning] = {
    TooLarge: too_large,
    httplib2.decode.DecodeLimitError: too_large,
    errors.BatchError: by_answer,
    errors.Error: unavailable,
    errors.HttpError: by_answer,
    errors.InvalidChunkSizeError: changed,
    errors.InvalidJsonError: unavailable,
    errors.InvalidNotificationError: changed,
    errors.MediaUploadSizeError: changed,
    errors.ResumableUploadError: by_answer,
    errors.UnacceptableMimeTypeError: changed,
    errors.UnexpectedBodyError: changed,
    errors.UnexpectedMethodError: changed,
    errors.UnknownApiNameOrVersion: changed,
    errors.UnknownFileType: changed,
    errors.UnknownLinkType: changed,
    auth.ClientCertError: refused("credentials"),
    auth.DefaultCredentialsError: refused("credentials"),
    auth.GoogleAuthError: refused("credentials"),
    auth.InvalidOperation: refused("credentials"),
    auth.InvalidResource: refused("credentials"),
    auth.InvalidType: refused("credentials"),
    auth.InvalidValue: refused("credentials"),
    auth.MalformedError: refused("credentials"),
    auth.MutualTLSChannelError: refused("credentials"),
    auth.OAuthError: refused("credentials"),
    auth.OSError: refused("credentials"),
    auth.ReauthFailError: refused("credentials"),
    auth.ReauthSamlChallengeFailError: refused("credentials"),
    auth.RefreshError: refused("credentials"),
    auth.ResponseError: unavailable,
    auth.TimeoutError: unavailable,
    auth.TransportError: unavailable,
    auth.UserAccessTokenError: refused("credentials"),
    httplib2.error.FailedToDecompressContent: unavailable,
    httplib2.error.HttpLib2Error: unavailable,
    httplib2.error.HttpLib2ErrorWithResponse: unavailable,
    httplib2.error.MalformedHeader: unavailable,
    httplib2.error.ProxiesUnavailableError: unavailable,
    httplib2.error.RedirectLimit: unavailable,
    httplib2.error.RedirectMissingLocation: unavailable,
    httplib2.error.RelativeURIError: changed,
    httplib2.error.ServerNotFoundError: unavailable,
    httplib2.error.UnimplementedDigestAuthOptionError: unavailable,
    httplib2.error.UnimplementedHmacDigestAuthOptionError: unavailable,
    http.client.HTTPException: unavailable,
    OSError: unavailable,
}


def status_of(error: Exception | None) -> int | None:
    """Return the status of the answer that this error came with, None when there was none."""
    status = getattr(getattr(error, "resp", None), "status", None)
    return int(status) if status is not None else None


def word_of(error: Exception | None) -> str | None:
    """Return YouTube's own word for the error, such as quotaExceeded."""
    return word_in(getattr(error, "content", b""))


def word_in(content: bytes) -> str | None:
    """Return the word in the body of a refusal."""
    try:
        body: Any = parsed(content, "")
        word = body["error"]["errors"][0]["reason"]
    except (ValueError, KeyError, IndexError, TypeError, SourceChanged):
        return None
    return word if isinstance(word, str) and _WORD.fullmatch(word) else None
