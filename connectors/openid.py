"""The school's sign-in provider over HTTP: where a browser is sent, and who came back (authorization code with PKCE).

What the provider says of itself is asked for anew each time: people sign in a few times a day, and keys are exchanged.
"""

import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests.exceptions import RequestException

from connectors.response_limits import PlainTransport, TooLarge
from policies.desk import GOOGLE, OpenIdError, OpenIdSettings, SignedInAs

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")  # never none, or HS
_LEEWAY = 60  # seconds by which two clocks may differ
_LONGEST_ID = 255


def claims_of(
    token: Mapping[str, Any], keys: Any, settings: OpenIdSettings, *, nonce: str, at: datetime
) -> dict[str, Any]:
    """Return the claims of the id_token in a token answer; OpenIdError if it proves nothing.

    Signature, issuer, audience, times and nonce are compared, and the hash of the access token where there is one.
    """
    try:
        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        signed = jwt.decode(token["id_token"], key=KeySet.import_key_set(keys), registry=registry)
        must = {
            "iss": {"essential": True, "value": settings.issuer},
            "aud": {"essential": True, "value": settings.client_id},
        }
        given = {"nonce": nonce, "client_id": settings.client_id, "access_token": token.get("access_token")}
        claims = CodeIDToken(signed.claims, signed.header, must, given)
        claims.validate(now=int(at.timestamp()), leeway=_LEEWAY)
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise not_right(settings) from error
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise not_right(settings)
    return dict(claims)


def identity_of(claims: Mapping[str, Any], settings: OpenIdSettings) -> SignedInAs:
    """Return whom the claims tell of; OpenIdError for an account of another school's.

    Google: the account is in the school's domain (`hd`). Entra: it is in the tenant (`tid`), and its id is `oid`; an
    address at Entra is verified by nobody, so none is returned.
    """
    if settings.issuer == GOOGLE and claims.get("hd") != settings.hosted_domain:
        raise OpenIdError(f"This account is not the school's own at {settings.label}. Choose the school's.")
    if settings.tenant is not None and claims.get("tid") != settings.tenant:
        raise not_right(settings)
    subject = claims.get("sub" if settings.tenant is None else "oid")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_ID:
        raise not_right(settings)
    email = claims.get("email")
    is_verified = settings.tenant is None and claims.get("email_verified") is True and isinstance(email, str)
    return SignedInAs(settings.issuer, subject, email if is_verified else None)


def not_right(settings: OpenIdSettings) -> OpenIdError:
    """Return that what the provider answered proves nothing."""
    return OpenIdError(
        f"What {settings.label} answered is not right, so nobody was let in. Try once more; if it stays, tell whoever "
        "looks after this machine."
    )


_MOST_BYTES = 512_000  # the keys of the largest providers are some ten thousand


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
            session.mount(scheme, PlainTransport(self.seconds, _MOST_BYTES))
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
