"""The desk's other door: an account of the school's own provider, by OpenID Connect (authorization code with PKCE).

A browser leaves with a cookie that is sent along when it comes back from the provider (SameSite=Lax); what it is good
for stands at the desk, for ten minutes and one use. State and nonce are made of the cookie's secret, and cannot be
turned back into it. The session's own cookie is SameSite=Strict, and no browser sends that along on the way from the
provider: so the answer is a page of the desk's own, which leads on.
"""

import hmac
from dataclasses import dataclass, field
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.auth_forms import (
    OUT_OF_DATE,
    SIGN_IN,
    cookie,
    end_before,
    forget_cookie,
    is_from_elsewhere,
    known_return_url,
    now_of,
    redirect_by_page,
    set_cookie,
)
from dashboards.desk.access.sign_in import sign_in_form
from dashboards.desk.access.tries import address_of
from policies.desk import OpenIdError, SignedInAs
from policies.errors import UserError
from warehouse.casebook.people.desk_openid import OpenIdSignIn
from warehouse.casebook.people.desk_people import SignInError
from warehouse.casebook.people.desk_secrets import derived, new_secret

BACK = "/sign-in/openid/back"


class OpenIdProvider(Protocol):
    """The school's provider, as the desk asks it; each question raises OpenIdError in one sentence."""

    @property
    def label(self) -> str:
        """What the school calls it."""

    @property
    def issuer(self) -> str:
        """By what its accounts are kept."""

    def address(self, *, state: str, nonce: str, verifier: str, back: str) -> str:
        """Return where to send a browser, which comes back to `back`."""

    def identity(self, *, code: str, nonce: str, verifier: str, back: str) -> SignedInAs:
        """Return who came back with this code."""


@dataclass(frozen=True, slots=True)
class LeftForProvider:
    """Somebody who left for the provider: what proves that they come back, where they go then, and by what invitation.

    `verifier` is PKCE's; `token` is None for whoever signs in.
    """

    verifier: str = field(repr=False)
    back: str
    return_url: str
    token: str | None = field(repr=False)


async def leave(request: Request) -> Response:
    """Send a browser to the provider, to sign in."""
    return await _leave(request, token=None)


async def leave_with_invitation(request: Request) -> Response:
    """Send a browser to the provider, to make an account the invited person's."""
    return await _leave(request, token=request.path_params["token"])


async def come_back(request: Request) -> Response:
    """Let in whoever the provider says that it is, if that is somebody; one sentence, and nothing made, if not."""
    secret, asked = cookie(request, "desk-openid"), request.query_params
    left: LeftForProvider | None = request.app.state.left.take(secret, now_of(request))
    return_url = "/" if left is None else left.return_url
    try:
        session = await _session(request, left, secret)
    except UserError as refusal:
        response = sign_in_form(request, return_url, problem=refusal.sentence, status=401 if asked.get("code") else 403)
    else:
        await end_before(request)
        response = redirect_by_page(request, return_url)
        set_cookie(request, response, "desk", session)
    forget_cookie(request, response, "desk-openid")
    return response


async def _leave(request: Request, *, token: str | None) -> Response:
    provider: OpenIdProvider | None = request.app.state.provider
    if provider is None or is_from_elsewhere(request):
        return RedirectResponse(SIGN_IN, status_code=303)
    return_url = known_return_url(request, request.query_params.get("next", "/"))
    scheme = "https" if request.app.state.is_https else "http"
    left = LeftForProvider(new_secret(), f"{scheme}://{request.headers['host']}{BACK}", return_url, token)
    secret = request.app.state.left.put(left, now_of(request), address_of(request))
    ways = {"state": derived(secret, "state"), "nonce": derived(secret, "nonce")}
    try:
        to = await run_in_threadpool(provider.address, **ways, verifier=left.verifier, back=left.back)
    except OpenIdError as refusal:
        return sign_in_form(request, return_url, problem=refusal.sentence, status=503)
    response = RedirectResponse(to, status_code=303)
    set_cookie(request, response, "desk-openid", secret, site="lax")
    return response


async def _session(request: Request, left: LeftForProvider | None, secret: str) -> str:
    """Return the secret of a new session; UserError, in one sentence, for everybody else."""
    provider: OpenIdProvider | None = request.app.state.provider
    given = request.query_params
    is_ours = hmac.compare_digest(given.get("state", "").encode(), derived(secret, "state").encode())
    if provider is None or left is None or not is_ours or given.get("iss", provider.issuer) != provider.issuer:
        raise SignInError(OUT_OF_DATE)
    if "error" in given or not given.get("code"):
        raise SignInError(f"{provider.label} did not let you in. Try once more, or sign in with a password.")
    who = await run_in_threadpool(
        provider.identity, code=given["code"], nonce=derived(secret, "nonce"), verifier=left.verifier, back=left.back
    )
    door, now = OpenIdSignIn(request.app.state.desk.book), now_of(request)
    if left.token is not None:
        return await run_in_threadpool(door.take_invitation, left.token, who, now)
    return await run_in_threadpool(door.sign_in, who, now)
