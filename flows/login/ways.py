"""Each platform's way of signing in: which app asks for what, where the browser comes back to, what the tokens open."""

import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass

from connectors.consent import ConsentAsked, Grant
from connectors.x import consent as x_consent
from connectors.x.client import XCredentials
from connectors.youtube import consent as google_consent
from connectors.youtube.client import YouTubeCredentials
from flows.home.context import Context
from flows.login.credentials import x_app, x_keys, youtube_app
from flows.login.renewal import x_consents
from policies.platforms.x import X
from policies.platforms.youtube import YOUTUBE
from policies.school import OfficialAccount

BACK_PORT = 8378  # X takes the very address that the app names, its port included; Google takes any


@dataclass(frozen=True, slots=True)
class SignInWay(ABC):
    """The way of one account's platform. `port` is one of this machine's, 0 for any that is free."""

    context: Context
    account: OfficialAccount
    lets_read_comments: bool

    @property
    @abstractmethod
    def port(self) -> int:
        """The port to come back to, where none is asked for."""

    @property
    @abstractmethod
    def app(self) -> str:
        """The app's id; ConfigurationError where credentials.toml holds none."""

    @property
    @abstractmethod
    def scopes(self) -> tuple[str, ...]:
        """What the app asks for."""

    @abstractmethod
    def consent(self, back: str, *, has_browser: bool) -> ConsentAsked:
        """Return the question; without a browser here, one whose answer a person can carry. Raises SourceError."""

    @abstractmethod
    def keys(self, grant: Grant) -> XCredentials | YouTubeCredentials:
        """Return the keys that a grant makes."""


class XWay(SignInWay):
    """At X: OAuth 2.0 with PKCE, or OAuth 1.0a where the app is one of that."""

    @property
    def port(self) -> int:
        """The port in the address that the app at X names."""
        return BACK_PORT

    @property
    def app(self) -> str:
        """The client's id, or the consumer key."""
        app = x_app(self.context, self.account)
        return str(app.client_id or app.consumer_key)

    @property
    def scopes(self) -> tuple[str, ...]:
        """What a pull needs; OAuth 1.0a names none."""
        return () if x_app(self.context, self.account).signs else x_consent.SCOPES

    def consent(self, back: str, *, has_browser: bool) -> ConsentAsked:
        """Return the question at X."""
        app, server = x_app(self.context, self.account), x_consents(self.context)
        if app.signs:
            return x_consent.ConsentBySignature(app, server, back if has_browser else x_consent.BY_PIN)
        return x_consent.ConsentByCode(app, server, back, state=_drawn(32), verifier=_drawn(64))

    def keys(self, grant: Grant) -> XCredentials:
        """Return the account's own keys."""
        return x_keys(x_app(self.context, self.account), grant)


class GoogleWay(SignInWay):
    """At Google: OAuth 2.0 for installed apps."""

    @property
    def port(self) -> int:
        """Any."""
        return 0

    @property
    def app(self) -> str:
        """The client's id."""
        return youtube_app(self.context, self.account)[0]

    @property
    def scopes(self) -> tuple[str, ...]:
        """What is read without comments, and with them where somebody wishes that."""
        reads = google_consent.READS
        return (reads, google_consent.READS_COMMENTS) if self.lets_read_comments else (reads,)

    def consent(self, back: str, *, has_browser: bool) -> ConsentAsked:  # noqa: ARG002 - it is the same question
        """Return the question at Google."""
        settings = self.context.settings
        return google_consent.GoogleConsent(
            youtube_app(self.context, self.account),
            self.scopes,
            back,
            state=_drawn(32),
            verifier=_drawn(64),
            stand_in=settings.endpoints.youtube,
            seconds=settings.timeout,
            clock=settings.clock,
        )

    def keys(self, grant: Grant) -> YouTubeCredentials:
        """Return the channel's keys, good for an hour."""
        return YouTubeCredentials(token=grant.access_token)


_WAYS: dict[str, type[SignInWay]] = {X.id: XWay, YOUTUBE.id: GoogleWay}


def way_of(context: Context, account: OfficialAccount, *, lets_read_comments: bool) -> SignInWay:
    """Return the way of this account's platform."""
    return _WAYS[account.platform](context, account, lets_read_comments)


def _drawn(size: int) -> str:
    return secrets.token_urlsafe(size)
