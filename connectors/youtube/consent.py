"""Google's consent for a channel: OAuth 2.0 with PKCE for installed apps, spoken by Authlib as at X.

Google takes any port of 127.0.0.1 to come back to, where the app is of the type "Desktop app".
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from authlib.integrations.requests_client import OAuth2Session

from connectors.consent import ConsentTransport, Grant, carry, grant_of, plain_consent_errors

NAME = "YouTube"
TOKEN_HOST = "https://oauth2.googleapis.com"  # noqa: S105 - an address, no token
READS = "https://www.googleapis.com/auth/youtube.readonly"
# It may write too: Google has none that lets comments be read and no more.
READS_COMMENTS = "https://www.googleapis.com/auth/youtube.force-ssl"
_PAGE_HOST = "https://accounts.google.com"


class GoogleConsent:
    """One question to a channel's owner; `scopes` are what is asked for, `seconds` what one answer may take."""

    def __init__(
        self,
        app: tuple[str, str],
        scopes: tuple[str, ...],
        back: str,
        *,
        state: str,
        verifier: str,
        stand_in: str | None,
        seconds: float,
        clock: Callable[[], datetime],
    ) -> None:
        self._clock, self._verifier = clock, verifier
        self._session = OAuth2Session(
            *app,
            scope=list(scopes),
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - a way to say it, no secret
        )
        carry(self._session, ConsentTransport(NAME, TOKEN_HOST, stand_in, seconds))
        # Without "offline" Google gives no refresh token, and without "consent" none to whom it gave one before.
        asked, _ = self._session.create_authorization_url(
            f"{_PAGE_HOST}/o/oauth2/auth", state=state, code_verifier=verifier, access_type="offline", prompt="consent"
        )
        self.address = asked if stand_in is None else asked.replace(_PAGE_HOST, stand_in.rstrip("/"), 1)
        self.known_by = ("state", state)

    def granted(self, answer: Mapping[str, str]) -> Grant:
        """Return the tokens for this code; raises SourceError. An owner may tick fewer boxes than were asked for."""
        with plain_consent_errors(NAME):
            token = self._session.fetch_token(
                f"{TOKEN_HOST}/token",
                grant_type="authorization_code",
                code=answer["code"],
                code_verifier=self._verifier,
            )
            return grant_of(token, self._clock())

    def give_back(self, grant: Grant) -> None:
        """Have Google end this grant."""
        with plain_consent_errors(NAME):
            self._session.revoke_token(f"{TOKEN_HOST}/revoke", token=grant.refresh_token or grant.access_token)

    def close(self) -> None:
        """Close the line to Google."""
        self._session.close()
