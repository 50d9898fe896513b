"""X's two ways of consent: OAuth 2.0 with PKCE, whose refresh token is good for one use, and OAuth 1.0a.

tweepy's own handlers know the hosts of Twitter alone, so that Authlib speaks here, as it does for the desk's sign-in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from authlib.integrations.requests_client import OAuth1Session, OAuth2Session

from connectors.consent import CodeConsent, ConsentAsked, ConsentTransport, Grant, carry, grant_of, plain_consent_errors
from connectors.x.client import REAL_HOST

NAME = "X"
BY_PIN = "oob"
PAGE_HOST = "https://x.com"
# What the endpoints that a pull asks need, and that the consent lasts (X API v2, OAuth 2.0); none of them writes.
SCOPES = ("follows.read", "like.read", "offline.access", "tweet.read", "users.read")
_REFRESH_LIFE = timedelta(days=180)  # users of X's API report six months; each renewal begins them anew
_TOKENS = f"{REAL_HOST}/2/oauth2/token"
_REVOKE = f"{REAL_HOST}/2/oauth2/revoke"


@dataclass(frozen=True, slots=True)
class XApp:
    """The school's app at X: of OAuth 2.0 by its client id, or of OAuth 1.0a by its consumer key."""

    client_id: str | None = field(default=None, repr=False)
    client_secret: str | None = field(default=None, repr=False)
    consumer_key: str | None = field(default=None, repr=False)
    consumer_secret: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        signing = (self.consumer_key, self.consumer_secret)
        is_both = bool(self.client_id or self.client_secret) and any(signing)
        if is_both or any(signing) != all(signing) or not (self.client_id or all(signing)):
            raise ValueError("An app is a client id, with or without its secret, or a consumer key with its secret.")

    @property
    def signs(self) -> bool:
        """Whether its consents are by OAuth 1.0a."""
        return self.consumer_key is not None


@dataclass(frozen=True, slots=True)
class XConsentServer:
    """Where X's consents are asked for. `stand_in` is on loopback; `seconds` is what one answer may take."""

    stand_in: str | None
    seconds: float
    clock: Callable[[], datetime]

    @property
    def transport(self) -> ConsentTransport:
        """The transport of one question."""
        return ConsentTransport(NAME, REAL_HOST, self.stand_in, self.seconds)


class ConsentByCode(CodeConsent):
    """One question by OAuth 2.0 with PKCE; the app has an address `back` among its own at X, letter by letter."""

    platform, page_host, token_address, revoke_address = NAME, PAGE_HOST, _TOKENS, _REVOKE

    def __init__(self, app: XApp, server: XConsentServer, back: str, *, state: str, verifier: str) -> None:
        session, scope = _session(app, server, back), " ".join(SCOPES)
        page = "/i/oauth2/authorize"
        super().__init__(session, page, server.stand_in, server.clock, state=state, verifier=verifier, scope=scope)

    def granted(self, answer: Mapping[str, str]) -> Grant:
        """Return the tokens for this code, which X takes for 30 seconds; raises SourceError."""
        return _lasting(super().granted(answer))


class ConsentBySignature(ConsentAsked):
    """One question by OAuth 1.0a; `back` is an address that X knows, or BY_PIN for a number to type in."""

    def __init__(self, app: XApp, server: XConsentServer, back: str) -> None:
        self._server = server
        self.session = OAuth1Session(app.consumer_key, app.consumer_secret, redirect_uri=back)
        carry(self.session, server.transport)
        with plain_consent_errors(NAME):
            token = self.session.fetch_request_token(f"{REAL_HOST}/oauth/request_token")
            self.known_by = ("oauth_token", token["oauth_token"])
        page = f"{(server.stand_in or PAGE_HOST).rstrip('/')}/oauth/authorize"
        self.address = f"{page}?{urlencode({'oauth_token': self.known_by[1]})}"

    def granted(self, answer: Mapping[str, str]) -> Grant:
        """Return the account's own token and its secret, which do not end by themselves; raises SourceError."""
        with plain_consent_errors(NAME):
            token = self.session.fetch_access_token(f"{REAL_HOST}/oauth/access_token", answer["oauth_verifier"])
            keys = token["oauth_token"], token["oauth_token_secret"]
            return Grant(keys[0], given_at=self._server.clock(), access_secret=keys[1])

    def give_back(self, grant: Grant) -> None:
        """Do nothing: keys of OAuth 1.0a are ended in the account's own settings at X, under connected apps."""


def renewed(app: XApp, server: XConsentServer, grant: Grant) -> Grant:
    """Return new tokens for this grant's refresh token, which X ends by that; raises SourceError.

    A refresh token that is used a second time ends all that came of its consent, as users of X's API report.
    """
    with plain_consent_errors(NAME), _session(app, server, None) as session:
        token = session.refresh_token(_TOKENS, refresh_token=grant.refresh_token)
        return _lasting(grant_of(token, server.clock(), grant))


def _lasting(grant: Grant) -> Grant:
    """Return the grant with when its refresh token ends, which X's answer does not say."""
    return replace(grant, refresh_ends_at=grant.given_at + _REFRESH_LIFE if grant.refresh_token else None)


def _session(app: XApp, server: XConsentServer, back: str | None) -> OAuth2Session:
    """Return a session with X. An app with a secret says it in a header, one without names itself in the form."""
    session = OAuth2Session(
        app.client_id,
        app.client_secret,
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if app.client_secret else "none",
    )
    carry(session, server.transport)
    return session
