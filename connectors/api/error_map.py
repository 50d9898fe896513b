"""What an error of a platform's library means in our words: the meanings that every platform shares.

Each platform has a table from the library's errors to these; tests/house holds the tables complete.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from connectors.errors import Reason, SourceChanged, SourceError, SourceRefused, SourceThrottled, SourceUnavailable


@dataclass(frozen=True, slots=True)
class FailedRequest:
    """A request that failed: of which platform, at which endpoint, and when it was asked (aware, UTC) if that matters.

    `status` is that of the answer, if one came; `word` is the platform's own word for the error, if it has one.
    """

    platform: str
    endpoint: str
    asked_at: datetime | None = None
    status: int | None = None
    word: str | None = None

    @property
    def sentence(self) -> str:
        """What happened, in a sentence without any value from the answer."""
        if self.status is None:
            return f"{self.platform} did not answer {self.endpoint}."
        return f"{self.platform} answered {self.endpoint} with status {self.status}."


Meaning = Callable[[Exception | None, FailedRequest], SourceError]
ErrorMap = Mapping[type[Exception], Meaning]


def unavailable(_error: Exception | None, failed: FailedRequest) -> SourceError:
    """Say that no usable answer came."""
    return SourceUnavailable(failed.sentence, status=failed.status)


def changed(_error: Exception | None, failed: FailedRequest) -> SourceError:
    """Say that the platform, or its library, no longer understands how we ask."""
    return SourceChanged(failed.sentence, status=failed.status)


def too_large(_error: Exception | None, failed: FailedRequest) -> SourceError:
    """Say that an answer is larger than any of the platform's; a part of it is no answer."""
    message = f"{failed.platform}'s answer to {failed.endpoint} is larger than any of its answers may be."
    return SourceChanged(message, status=failed.status)


def throttled(_error: Exception | None, failed: FailedRequest) -> SourceError:
    """Say that we asked too often, and the platform does not say until when."""
    return SourceThrottled(failed.sentence, retry_at=None, status=failed.status)


def refused(reason: Reason) -> Meaning:
    """Return the meaning of a refusal for this reason."""

    def meaning(_error: Exception | None, failed: FailedRequest) -> SourceError:
        return SourceRefused(failed.sentence, reason=reason, status=failed.status, word=failed.word)

    return meaning


STATUSES: Mapping[int, Meaning] = {
    401: refused("credentials"),
    403: refused("forbidden"),
    404: refused("not_found"),
    408: unavailable,
    429: throttled,
}


def by_status(statuses: Mapping[int, Meaning]) -> Meaning:
    """Return the meaning of a status by itself: as this table has it, else ours to mend (4xx) or the platform's."""

    def meaning(error: Exception | None, failed: FailedRequest) -> SourceError:
        status = failed.status or 0
        other = changed if 400 <= status < 500 else unavailable
        return statuses.get(status, other)(error, failed)

    return meaning


def explained(error: Exception, failed: FailedRequest, error_map: ErrorMap) -> SourceError:
    """Return the error of ours that this one means, by the nearest of its classes that the table has."""
    kind = next(kind for kind in type(error).__mro__ if kind in error_map)
    return error_map[kind](error, failed)
