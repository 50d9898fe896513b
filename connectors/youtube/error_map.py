"""What each error of Google's libraries means in our words; a house test holds the table complete."""

import http.client
import re
from collections.abc import Callable
from typing import Any

import httplib2
from google.auth import exceptions as auth
from googleapiclient import errors

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

Explain = Callable[[Exception | None, str], SourceError]
_WORD = re.compile(r"[A-Za-z]{1,60}")


def sentence(endpoint: str, status: int | None) -> str:
    """Return what happened, in a sentence without any value from the answer."""
    if status is None:
        return f"YouTube did not answer {endpoint}."
    return f"YouTube answered {endpoint} with status {status}."


def unavailable(error: Exception | None, endpoint: str) -> SourceError:
    """No usable answer came."""
    status = status_of(error)
    return SourceUnavailable(sentence(endpoint, status), status=status)


def changed(error: Exception | None, endpoint: str) -> SourceError:
    """YouTube, or the library, no longer understands how we ask."""
    status = status_of(error)
    return SourceChanged(sentence(endpoint, status), status=status)


def too_large(_error: Exception | None, endpoint: str) -> SourceError:
    """Say that an answer is larger than any of YouTube's; a part of it is no answer."""
    return SourceChanged(f"YouTube's answer to {endpoint} is larger than any of its answers may be.")


def throttled(error: Exception | None, endpoint: str) -> SourceError:
    """Asked too often; YouTube does not say until when."""
    status = status_of(error)
    return SourceThrottled(sentence(endpoint, status), retry_at=None, status=status)


def refused(reason: Reason) -> Explain:
    """Return the meaning of a refusal for this reason."""

    def explained(error: Exception | None, endpoint: str) -> SourceError:
        status = status_of(error)
        return SourceRefused(sentence(endpoint, status), reason=reason, status=status, word=word_of(error))

    return explained


def by_answer(error: Exception | None, endpoint: str) -> SourceError:
    """Say what an HTTP error means: by YouTube's own word for it where we know that, else by its status."""
    word, status = word_of(error), status_of(error) or 0
    if word in BY_WORD:
        return BY_WORD[word](error, endpoint)
    if status in BY_STATUS:
        return BY_STATUS[status](error, endpoint)
    return changed(error, endpoint) if 400 <= status < 500 else unavailable(error, endpoint)


BY_WORD: dict[str | None, Explain] = {
    "authError": refused("credentials"),
    "dailyLimitExceeded": refused("credit"),
    "quotaExceeded": refused("credit"),
    "rateLimitExceeded": throttled,
    "userRateLimitExceeded": throttled,
}
BY_STATUS: dict[int, Explain] = {
    401: refused("credentials"),
    403: refused("forbidden"),
    404: refused("not_found"),
    408: unavailable,
    429: throttled,
}

ERROR_MAP: dict[type[Exception], Explain] = {
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


def explained(error: Exception, endpoint: str) -> SourceError:
    """Return the error of ours that this one means."""
    kind = next(known for known in type(error).__mro__ if known in ERROR_MAP)
    return ERROR_MAP[kind](error, endpoint)


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
