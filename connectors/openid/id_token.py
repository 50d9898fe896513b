"""What an id_token must be before anybody is let in by it: signed by the provider, for this desk, for this sign-in."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from policies.openid import GOOGLE, OpenIdError, OpenIdSettings, SignedInAs

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
