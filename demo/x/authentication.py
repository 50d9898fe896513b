"""Who asks the simulated X: the key that a request bears, or has signed by (OAuth 1.0a)."""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from authlib.oauth1.errors import OAuth1Error
from authlib.oauth1.rfc5849.signature import generate_signature_base_string, hmac_sha1_signature
from authlib.oauth1.rfc5849.wrapper import OAuth1Request

from demo.endpoint import SimulatedRequest
from demo.model import XCredential

# The clients sign for the real host; our adapters turn the request to loopback after that.
SIGNED_HOSTS = ("https://api.twitter.com", "https://api.x.com")


@dataclass(frozen=True, slots=True)
class XCallerIdentity:
    """One known key; `user_id` is None for an app-only bearer token."""

    key: str
    user_id: str | None


def identify_caller(credentials: Sequence[XCredential], question: SimulatedRequest) -> XCallerIdentity | None:
    """Return who asks, or None when the credentials are missing, unknown or wrongly signed."""
    scheme, _, rest = question.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return next(
            (XCallerIdentity(rest, c.user_id) for c in credentials if c.bearer is not None and c.bearer == rest), None
        )
    if scheme.lower() == "oauth":
        return next(_signers(credentials, question), None)
    return None


def _signers(credentials: Sequence[XCredential], question: SimulatedRequest) -> Iterator[XCallerIdentity]:
    address, header = f"{question.path}?{question.raw_query}", question.headers["authorization"]
    requests = [request for host in SIGNED_HOSTS if (request := signed_request("GET", host + address, header))]
    for credential in credentials:
        keys = (credential.consumer_key, credential.access_token)
        secrets = (credential.consumer_secret, credential.access_secret)
        if None not in keys and any((r.client_id, r.token) == keys and is_signed(r, *secrets) for r in requests):
            yield XCallerIdentity(f"{credential.access_token}", credential.user_id)


def signed_request(method: str, address: str, header: str) -> OAuth1Request | None:
    """Return a request as it was signed; None if its header or its query is none of OAuth 1.0a."""
    try:
        return OAuth1Request(method, address, headers={"Authorization": header})
    except (OAuth1Error, ValueError):
        return None


def is_signed(request: OAuth1Request, consumer_secret: str | None, token_secret: str | None) -> bool:
    """Say whether a request bears the signature that these two secrets make of it."""
    right = hmac_sha1_signature(generate_signature_base_string(request), consumer_secret, token_secret)
    given = str(request.signature or "").encode()
    return request.signature_method == "HMAC-SHA1" and hmac.compare_digest(right.encode(), given)
