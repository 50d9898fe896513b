"""Who lets whom read an account (OAuth 2.0, code with PKCE): what both simulated platforms' consent pages share.

A browser that asks the consent page is answered at once, as `answering_as` wants it; there is no password here.
"""

import base64
import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

REFUSED = 400


@dataclass(frozen=True, slots=True)
class ConsentApp:
    """A developer's app; `redirects` are the addresses that a browser may come back to, None for any on loopback."""

    client_id: str = ""
    client_secret: str | None = None
    redirects: tuple[str, ...] | None = None
    consumer_key: str = ""
    consumer_secret: str = ""


@dataclass(slots=True)
class _Code:
    app: ConsentApp
    challenge: str
    redirect: str
    user_id: str
    scopes: str
    ends_at: datetime


@dataclass(slots=True)
class _Family:
    """All tokens that came of one consent; `refresh` is the newest refresh token, `used` are those before it."""

    app: ConsentApp
    user_id: str
    scopes: str
    refresh: str | None
    refresh_ends_at: datetime | None
    used: set[str] = field(default_factory=set)
    access: dict[str, datetime] = field(default_factory=dict)


class Consents:
    """The apps and consents of one platform; a test may turn every switch while the servers run.

    A refresh token of a platform that `rotates` is good for one use; a second one ends all that came of its consent,
    as others report of X. `refresh_seconds` is how long one lives, where the platform says so (Google in testing).
    `codes_given` and `renewals` are what was given out so far.
    """

    def __init__(self, now: Callable[[], datetime], *, rotates: bool, access_seconds: int, code_seconds: int) -> None:
        self.now = now
        self.rotates = rotates
        self.access_seconds = access_seconds
        self.code_seconds = code_seconds
        self.refresh_seconds: int | None = None
        self.apps: list[ConsentApp] = []
        self.answering_as: str | None = None
        self.is_denied = False
        self.grants: str | None = None
        self.spoils_state = False
        self.renewals = 0
        self.codes_given: set[str] = set()
        self._lock = threading.RLock()
        self._codes: dict[str, _Code] = {}
        self._families: list[_Family] = []

    def user_of(self, access_token: str) -> str | None:
        """Return whose access token this is; None where it is none, or is over."""
        family = self._family_of(access_token)
        return None if family is None else family.user_id

    def scopes_of(self, access_token: str) -> frozenset[str]:
        """Return what an access token may do."""
        family = self._family_of(access_token)
        return frozenset() if family is None else frozenset(family.scopes.split())

    def tokens(self) -> list[tuple[str, str]]:
        """Return every access token that is not over, with whose it is."""
        now = self.now()
        with self._lock:
            return [(token, f.user_id) for f in self._families for token, ends_at in f.access.items() if ends_at > now]

    def _family_of(self, access_token: str) -> "_Family | None":
        now = self.now()
        with self._lock:
            return next((f for f in self._families if f.access.get(access_token, now) > now), None)

    def consent(self, query: Mapping[str, str]) -> str | None:
        """Return where the consent page sends the browser; None for a request that is not in order."""
        app = next((app for app in self.apps if app.client_id == query.get("client_id")), None)
        back, state = query.get("redirect_uri", ""), query.get("state", "")
        challenge = query.get("code_challenge", "")
        is_whole = query.get("response_type") == "code" and query.get("code_challenge_method") == "S256"
        if app is None or not _may_come_back(app, back) or not (is_whole and challenge and state):
            return None
        if self.spoils_state:
            state = "another-state"
        if self.is_denied or self.answering_as is None:
            return f"{back}?{urlencode({'error': 'access_denied', 'state': state})}"
        code = secrets.token_urlsafe(32)
        ends_at = self.now() + timedelta(seconds=self.code_seconds)
        scopes = self.grants if self.grants is not None else query.get("scope", "")
        with self._lock:
            self.codes_given.add(code)
            self._codes[code] = _Code(app, challenge, back, self.answering_as, scopes, ends_at)
        return f"{back}?{urlencode({'code': code, 'state': state})}"

    def token(self, form: Mapping[str, str], authorization: str) -> dict[str, object] | None:
        """Answer the token address: a code for tokens, or a refresh token for new ones; None where it is refused."""
        app = self.app(form, authorization)
        with self._lock:
            if app is not None and form.get("grant_type") == "authorization_code":
                return self._exchanged(app, form)
            if app is not None and form.get("grant_type") == "refresh_token":
                return self._renewed(app, form.get("refresh_token", ""))
        return None

    def revoke(self, token: str) -> None:
        """End all that came of the consent to which this token belongs."""
        with self._lock:
            self._families = [f for f in self._families if token != f.refresh and token not in f.access]

    @property
    def standing(self) -> int:
        """How many consents stand."""
        with self._lock:
            return len(self._families)

    def app(self, form: Mapping[str, str], authorization: str) -> ConsentApp | None:
        """Return the app that asks, known by its secret where it has one."""
        given = form.get("client_id", ""), form.get("client_secret")
        scheme, _, rest = authorization.partition(" ")
        if scheme.lower() == "basic":
            name, _, secret = base64.b64decode(rest).decode().partition(":")
            given = name, secret
        return next((app for app in self.apps if (app.client_id, app.client_secret) == given and app.client_id), None)

    def _exchanged(self, app: ConsentApp, form: Mapping[str, str]) -> dict[str, object] | None:
        code = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if code is None or code.app != app or code.challenge != challenge or code.redirect != form.get("redirect_uri"):
            return None
        if code.ends_at <= self.now():
            return None
        is_lasting = not self.rotates or "offline.access" in code.scopes.split()
        ends_at = None if self.refresh_seconds is None else self.now() + timedelta(seconds=self.refresh_seconds)
        family = _Family(app, code.user_id, code.scopes, secrets.token_urlsafe(32) if is_lasting else None, ends_at)
        self._families.append(family)
        return self._answered(family, has_refresh=is_lasting)

    def _renewed(self, app: ConsentApp, refresh: str) -> dict[str, object] | None:
        family = next((f for f in self._families if f.app == app and refresh in {f.refresh, *f.used}), None)
        if family is None or refresh in family.used:
            self._families = [f for f in self._families if f is not family]
            return None
        if family.refresh_ends_at is not None and family.refresh_ends_at <= self.now():
            return None
        self.renewals += 1
        if self.rotates:
            family.used.add(refresh)
            family.refresh = secrets.token_urlsafe(32)
        return self._answered(family, has_refresh=self.rotates)

    def _answered(self, family: _Family, *, has_refresh: bool) -> dict[str, object]:
        access = secrets.token_urlsafe(32)
        family.access[access] = self.now() + timedelta(seconds=self.access_seconds)
        answer: dict[str, object] = {
            "token_type": "bearer",
            "access_token": access,
            "expires_in": self.access_seconds,
            "scope": family.scopes,
        }
        if has_refresh:
            answer["refresh_token"] = family.refresh
        if family.refresh_ends_at is not None:
            answer["refresh_token_expires_in"] = int((family.refresh_ends_at - self.now()).total_seconds())
        return answer


def _may_come_back(app: ConsentApp, back: str) -> bool:
    return back.startswith("http://127.0.0.1:") if app.redirects is None else back in app.redirects
