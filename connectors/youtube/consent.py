"""Google's consent for a channel: OAuth 2.0 with PKCE for installed apps, spoken by Authlib as at X.

Google takes any port of 127.0.0.1 to come back to, where the app is of the type "Desktop app".
"""

from collections.abc import Callable
from datetime import datetime

from authlib.integrations.requests_client import OAuth2Session

from connectors.consent import CodeConsent, ConsentTransport, carry

NAME = "YouTube"
TOKEN_HOST = "https://oauth2.googleapis.com"  # noqa: S105 - an address, no token
READS = "https://www.googleapis.com/auth/youtube.readonly"
# It may write too: Google has none that lets comments be read and no more.
READS_COMMENTS = "https://www.googleapis.com/auth/youtube.force-ssl"
_PAGE_HOST = "https://accounts.google.com"


class GoogleConsent(CodeConsent):
    """One question to a channel's owner; `scopes` are what is asked for, `seconds` what one answer may take."""

    platform, page_host, token_address, revoke_address = NAME, _PAGE_HOST, f"{TOKEN_HOST}/token", f"{TOKEN_HOST}/revoke"

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
        session = OAuth2Session(
            *app,
            scope=list(scopes),
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - a way to say it, no secret
        )
        carry(session, ConsentTransport(NAME, TOKEN_HOST, stand_in, seconds))
        # Without "offline" Google gives no refresh token, and without "consent" none to whom it gave one before.
        asked = {"access_type": "offline", "prompt": "consent"}
        super().__init__(session, "/o/oauth2/auth", stand_in, clock, state=state, verifier=verifier, **asked)
