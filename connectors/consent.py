"""How an account's owner is asked for consent, by which transport, and the tokens that come of it."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from requests import PreparedRequest, Response, Session
from requests.exceptions import RequestException

from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceThrottled, SourceUnavailable
from connectors.response_limits import PlainTransport, TooLarge

_MOST_BYTES = 256_000
# At DEBUG these write codes and tokens into the log.
_TALKATIVE = ("authlib", "oauthlib", "requests_oauthlib", "google")


class ConsentTransport(PlainTransport):
    """Sends what is addressed to `host` there, or to its stand-in; a refusal for want of strength is an error here."""

    def __init__(self, platform: str, host: str, stand_in: str | None, seconds: float) -> None:
        super().__init__(seconds, _MOST_BYTES)
        self.platform = platform
        self.host = host
        self.stand_in = stand_in

    def send(self, request: PreparedRequest, *args: Any, **more: Any) -> Response:
        """Send one request and read its answer; SourceUnavailable or SourceThrottled for what may go better later."""
        if self.stand_in is not None:
            request.url = self.stand_in.rstrip("/") + (request.url or "").removeprefix(self.host)
            more["proxies"] = None
        response = super().send(request, *args, **more)
        sentence = f"{self.platform} answered with status {response.status_code} when it was asked for tokens."
        if response.status_code == 429:
            raise SourceThrottled(sentence, retry_at=None)
        if response.status_code >= 500:
            raise SourceUnavailable(sentence, status=response.status_code)
        if response.status_code in {401, 403}:
            raise SourceRefused(sentence, reason="credentials", status=response.status_code)
        return response


def carry(session: Session, transport: ConsentTransport) -> None:
    """Have all of a session's requests go through this transport alone, none of them followed elsewhere."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)
    session.adapters.clear()
    session.mount(f"{transport.host}/", transport)
    session.max_redirects = 0
    session.trust_env = transport.stand_in is None


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


class ConsentAsked(ABC):
    """One question to an account's owner: where the browser is sent, and how it is known again when it comes back.

    `known_by` is the parameter, and its value, that the answer must bear.
    """

    address: str
    known_by: tuple[str, str]
    session: Any  # one of Authlib's

    @abstractmethod
    def granted(self, answer: Mapping[str, str]) -> Grant:
        """Return the tokens for the parameters that the browser brought back; raises SourceError."""

    @abstractmethod
    def give_back(self, grant: Grant) -> None:
        """Have the platform end this grant, where it knows how to; raises SourceError."""

    def close(self) -> None:
        """Close the line to the platform."""
        self.session.close()


class CodeConsent(ConsentAsked):
    """One question by OAuth 2.0 with PKCE. `page_host` is where a platform asks a person; it too has the stand-in."""

    platform: ClassVar[str]
    page_host: ClassVar[str]
    token_address: ClassVar[str]
    revoke_address: ClassVar[str]

    def __init__(
        self,
        session: OAuth2Session,
        path: str,
        stand_in: str | None,
        clock: Callable[[], datetime],
        *,
        state: str,
        verifier: str,
        **asked: str,
    ) -> None:
        self.session, self._clock, self._verifier = session, clock, verifier
        page = f"{self.page_host}{path}"
        address, _ = session.create_authorization_url(page, state=state, code_verifier=verifier, **asked)
        self.address = address if stand_in is None else address.replace(self.page_host, stand_in.rstrip("/"), 1)
        self.known_by = ("state", state)

    def granted(self, answer: Mapping[str, str]) -> Grant:
        """Return the tokens for this code, which a platform takes for a short time; raises SourceError."""
        with plain_consent_errors(self.platform):
            token = self.session.fetch_token(
                self.token_address,
                grant_type="authorization_code",
                code=answer["code"],
                code_verifier=self._verifier,
            )
            return grant_of(token, self._clock())

    def give_back(self, grant: Grant) -> None:
        """Have the platform end this grant."""
        with plain_consent_errors(self.platform):
            self.session.revoke_token(self.revoke_address, token=grant.refresh_token or grant.access_token)


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
