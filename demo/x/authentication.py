"""Who is asking the simulated X: a bearer token, or a user's OAuth 1.0a signature, verified for real."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oauthlib.common import Request
from oauthlib.oauth1.rfc5849 import signature

from demo.consents import Consents
from demo.endpoint import SimulatedRequest
from demo.model import XCredential

# The clients sign for the real host; our adapters turn the request to loopback after that.
SIGNED_HOSTS = ("https://api.twitter.com", "https://api.x.com")


@dataclass(frozen=True, slots=True)
class XCallerIdentity:
    """One known key; `user_id` is None for an app-only bearer token."""

    key: str
    user_id: str | None


def identify_caller(
    credentials: Sequence[XCredential], question: SimulatedRequest, consents: Consents
) -> XCallerIdentity | None:
    """Return who asks, or None when the credentials are missing, unknown, over or wrongly signed."""
    scheme, _, rest = question.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        if (user_id := consents.user_of(rest)) is not None:
            return XCallerIdentity(rest, user_id)
        return next(
            (XCallerIdentity(rest, c.user_id) for c in credentials if c.bearer is not None and c.bearer == rest), None
        )
    if scheme.lower() == "oauth":
        return next(_signers(credentials, question), None)
    return None


def _signers(credentials: Sequence[XCredential], question: SimulatedRequest) -> Iterator[XCallerIdentity]:
    header = question.headers["authorization"]
    try:
        parameters = signature.collect_parameters(headers={"Authorization": header}, exclude_oauth_signature=False)
    except ValueError:
        return
    everything = dict(parameters)
    for credential in credentials:
        names = (everything.get("oauth_consumer_key"), everything.get("oauth_token"))
        if None in names or names != (credential.consumer_key, credential.access_token):
            continue
        if any(_is_signed(host, question, header, everything, credential) for host in SIGNED_HOSTS):
            yield XCallerIdentity(f"{credential.access_token}", credential.user_id)


def _is_signed(
    host: str, question: SimulatedRequest, header: str, everything: dict[str, str], credential: XCredential
) -> bool:
    if everything.get("oauth_signature_method") != "HMAC-SHA1":
        return False
    request = Request(host + question.path, http_method="GET")
    request.params = signature.collect_parameters(uri_query=question.raw_query, headers={"Authorization": header})
    request.signature = everything.get("oauth_signature", "")
    is_signed: bool = signature.verify_hmac_sha1(request, credential.consumer_secret, credential.access_secret)
    return is_signed
