"""What a platform gives once an account's owner has consented, and which error of a library means what."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from authlib.common.errors import AuthlibBaseError
from requests.exceptions import RequestException

from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable
from connectors.response_limits import TooLarge


@dataclass(frozen=True, slots=True)
class Grant:
    """The tokens of one consent. Times are aware, in UTC; None where the platform says of none, or of no end.

    `access_secret` is OAuth 1.0a's. `scopes` are those that were given, sorted.
    """

    access_token: str = field(repr=False)
    given_at: datetime
    access_secret: str | None = field(default=None, repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    ends_at: datetime | None = None
    refresh_ends_at: datetime | None = None
    scopes: tuple[str, ...] = ()


class ConsentAsked(Protocol):
    """One question to an account's owner: where the browser is sent, and how it is known again when it comes back.

    `known_by` is the parameter, and its value, that the answer must bear.
    """

    address: str
    known_by: tuple[str, str]

    def granted(self, answer: Mapping[str, str]) -> Grant:
        """Return the tokens for the parameters that the browser brought back; raises SourceError."""
        ...

    def give_back(self, grant: Grant) -> None:
        """Have the platform end this grant, where it knows how to; raises SourceError."""
        ...

    def close(self) -> None:
        """Close the line to the platform."""
        ...


def grant_of(token: Mapping[str, Any], at: datetime, before: Grant | None = None) -> Grant:
    """Return the grant in a platform's token answer of this time; what it leaves out stands as it was `before`.

    Google says in `refresh_token_expires_in` when a refresh token dies: after seven days while the app's consent
    screen is in testing. Without it, or for 0, it is not known to end.
    """
    access, scope = token["access_token"], token.get("scope")
    if not isinstance(access, str) or not access:
        raise ValueError("The answer holds no access token.")
    scopes = scope.split() if isinstance(scope, str) else list(scope or (before.scopes if before else ()))
    refresh_ends = _after(at, token.get("refresh_token_expires_in"))
    return Grant(
        access_token=access,
        given_at=at,
        refresh_token=token.get("refresh_token") or (before.refresh_token if before else None),
        ends_at=_after(at, token.get("expires_in")),
        refresh_ends_at=refresh_ends or (before.refresh_ends_at if before else None),
        scopes=tuple(sorted(scopes)),
    )


def _after(at: datetime, seconds: Any) -> datetime | None:
    return at + timedelta(seconds=int(seconds)) if seconds else None


@contextmanager
def plain_consent_errors(platform: str) -> Iterator[None]:
    """Turn every error of the libraries into one of ours: their texts quote answers, and answers hold tokens."""
    try:
        yield
    except SourceError:
        raise
    except AuthlibBaseError:
        raise SourceRefused(f"{platform} gives no tokens for this.", reason="credentials") from None
    except (RequestException, TooLarge, OSError):
        raise SourceUnavailable(f"{platform} did not answer when it was asked for tokens.") from None
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, Warning):
        raise SourceChanged(f"{platform}'s answer with tokens is of a form that we do not know.") from None
