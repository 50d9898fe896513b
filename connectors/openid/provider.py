"""The school's sign-in provider over HTTP: where a browser is sent, and who came back (authorization code with PKCE).

What the provider says of itself is asked for anew each time: people sign in a few times a day, and keys are exchanged.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from requests import PreparedRequest, Response
from requests.exceptions import RequestException

from connectors.openid.id_token import claims_of, identity_of, not_right
from connectors.response_limits import BoundedTransport, ResponseLimit, TooLarge
from policies.openid import GOOGLE, OpenIdError, OpenIdSettings, SignedInAs

_MOST_BYTES = 512_000  # the keys of the largest providers are some ten thousand


class ProviderTransport(BoundedTransport):
    """Sends one request at a time, its answer read whole in so many seconds and bytes."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(ResponseLimit(seconds, _MOST_BYTES))

    def send(self, request: PreparedRequest, *args: Any, **more: Any) -> Response:
        """Send one request; an answer that comes compressed could be any length, so none is asked for."""
        request.headers["Accept-Encoding"] = "identity"
        self.allowance.begin()
        return super().send(request, *args, **{**more, "timeout": self.seconds})


_SAYS = "/.well-known/openid-configuration"
_BY_FORM, _BY_HEADER = "client_secret_post", "client_secret_basic"


@dataclass(frozen=True, slots=True)
class OpenIdClient:
    """The desk's side of a provider. `seconds` is what one answer may take."""

    settings: OpenIdSettings
    secret: str = field(repr=False)
    clock: Callable[[], datetime]
    seconds: float = 10.0

    @property
    def label(self) -> str:
        """What the school calls its provider."""
        return self.settings.label

    @property
    def issuer(self) -> str:
        """The provider's issuer, by which its accounts are kept."""
        return self.settings.issuer

    def address(self, *, state: str, nonce: str, verifier: str, back: str) -> str:
        """Return where to send a browser, which comes back to `back`; OpenIdError if the provider is not to be had."""
        with self._session(back) as session:
            endpoint = _endpoint(self.settings, self._said(session), "authorization_endpoint")
            ways = {"state": state, "nonce": nonce, "code_verifier": verifier}
            url, _ = session.create_authorization_url(endpoint, **ways, **self._hints())
        return str(url)

    def identity(self, *, code: str, nonce: str, verifier: str, back: str) -> SignedInAs:
        """Return who came back with this code; OpenIdError if nothing proves it."""
        with self._session(back) as session:
            said = self._said(session)
            methods = said.get("token_endpoint_auth_methods_supported", [_BY_HEADER])
            session.token_endpoint_auth_method = _BY_FORM if _BY_FORM in methods else _BY_HEADER
            token = session.fetch_token(
                _endpoint(self.settings, said, "token_endpoint"),
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                allow_redirects=False,
            )
            keys = self._asked(session, _endpoint(self.settings, said, "jwks_uri"))
        claims = claims_of(token, keys, self.settings, nonce=nonce, at=self.clock())
        return identity_of(claims, self.settings)

    @contextmanager
    def _session(self, back: str) -> Iterator[OAuth2Session]:
        """Lend a session with the provider; whatever goes wrong in it is told in one sentence."""
        session = OAuth2Session(
            self.settings.client_id,
            self.secret,
            scope="openid email profile",
            redirect_uri=back,
            code_challenge_method="S256",
        )
        session.trust_env = self.issuer.startswith("https://")
        for scheme in ("https://", "http://"):
            session.mount(scheme, ProviderTransport(self.seconds))
        try:
            yield session
        except (AuthlibBaseError, ValueError, TypeError) as error:  # the provider's answer is no token, or no JSON
            if isinstance(error, RequestException):
                raise self._not_to_be_had() from error
            raise not_right(self.settings) from error
        except (RequestException, TooLarge, OSError) as error:
            raise self._not_to_be_had() from error
        finally:
            session.close()

    def _hints(self) -> dict[str, Any]:
        """Return what makes a provider ask which account is meant, at those that are known to take it."""
        hints: dict[str, Any] = {"hd": self.settings.hosted_domain} if self.issuer == GOOGLE else {}
        return {**hints, "prompt": "select_account"} if hints or self.settings.tenant else hints

    def _said(self, session: OAuth2Session) -> Mapping[str, Any]:
        """Return what the provider says of itself; OpenIdError if that is another's."""
        said = self._asked(session, self.issuer + _SAYS)
        if said.get("issuer") != self.issuer:
            raise not_right(self.settings)
        return said

    def _asked(self, session: OAuth2Session, url: str) -> Mapping[str, Any]:
        answer = session.get(url, withhold_token=True, allow_redirects=False)
        if answer.status_code != 200:
            raise self._not_to_be_had()
        said = answer.json()
        if not isinstance(said, dict):
            raise not_right(self.settings)
        return said

    def _not_to_be_had(self) -> OpenIdError:
        return OpenIdError(f"{self.label} does not answer. Try again later, or sign in with a password.")


def _endpoint(settings: OpenIdSettings, said: Mapping[str, Any], name: str) -> str:
    """Return an address that the provider gives; it is https where the issuer is."""
    url = said.get(name)
    if not isinstance(url, str) or url.partition("://")[0] not in {"https", settings.issuer.partition("://")[0]}:
        raise not_right(settings)
    return url
