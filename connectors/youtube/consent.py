"""Google's consent for a channel: OAuth 2.0 for installed apps, as Google's own library speaks it.

Google takes any port of 127.0.0.1 to come back to, where the app is of the type "Desktop app".
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from google_auth_oauthlib.flow import InstalledAppFlow

from connectors.consent.grant import Grant, grant_of, plain_consent_errors
from connectors.consent.transport import ConsentTransport, carry

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
        self._clock = clock
        says = {
            "client_id": app[0],
            "client_secret": app[1],
            "auth_uri": f"{_PAGE_HOST}/o/oauth2/auth",
            "token_uri": f"{TOKEN_HOST}/token",
        }
        self._flow = InstalledAppFlow.from_client_config(
            {"installed": says}, list(scopes), redirect_uri=back, code_verifier=verifier
        )
        carry(self._flow.oauth2session, ConsentTransport(NAME, TOKEN_HOST, stand_in, seconds))
        # Without "consent" Google gives no refresh token to whom it gave one before.
        asked, _ = self._flow.authorization_url(state=state, prompt="consent")
        self.address = asked if stand_in is None else asked.replace(_PAGE_HOST, stand_in.rstrip("/"), 1)
        self.known_by = ("state", state)

    def granted(self, answer: Mapping[str, str]) -> Grant:
        """Return the tokens for this code; raises SourceError."""
        session = self._flow.oauth2session
        session.scope = None  # an owner may tick fewer boxes than were asked for; what was given is looked at later
        with plain_consent_errors(NAME):
            return grant_of(self._flow.fetch_token(code=answer["code"]), self._clock())

    def give_back(self, grant: Grant) -> None:
        """Have Google end this grant."""
        token = grant.refresh_token or grant.access_token
        with plain_consent_errors(NAME):
            self._flow.oauth2session.post(f"{TOKEN_HOST}/revoke", data={"token": token}, withhold_token=True)

    def close(self) -> None:
        """Close the line to Google."""
        self._flow.oauth2session.close()
