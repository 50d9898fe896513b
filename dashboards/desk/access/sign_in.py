"""The desk's front door: invitations, a name and a password, a code where the person has one, and the way out.

Whether somebody has a second factor is asked only of whoever knows the password.
"""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.access_control import said
from dashboards.desk.access.auth_forms import (
    OUT_OF_DATE,
    SIGN_IN,
    cookie,
    end_before,
    forget_cookie,
    form,
    given_in,
    is_of_our_form,
    known_return_url,
    let_in,
    now_of,
    people_of,
    redirect_by_page,
    session_of,
    set_cookie,
)
from dashboards.desk.access.tries import address_of, proved, tried_from
from warehouse.casebook.people.desk_people import SignInError
from warehouse.casebook.people.desk_secrets import begin_by_invitation, is_same, sha256_of
from warehouse.casebook.people.desk_sign_in import RightPassword


@dataclass(frozen=True, slots=True)
class CodeWanted:
    """Somebody whose password was right, and where they want to go."""

    right: RightPassword
    return_url: str


async def sign_in_page(request: Request) -> Response:
    """Show the form; whoever is signed in goes on to where they wanted to go."""
    return_url = known_return_url(request, request.query_params.get("next", "/"))
    if await session_of(request):
        return RedirectResponse(return_url, status_code=303)
    return sign_in_form(request, return_url)


def sign_in_form(
    request: Request, return_url: str, *, problem: str | None = None, status: int = 200, name: str | None = None
) -> Response:
    """Return the sign-in form, with the school's provider where it has one; `name` has just set a password."""
    provider = request.app.state.provider
    label = None if provider is None else provider.label
    return form(request, "sign_in.html", problem=problem, status=status, return_url=return_url, label=label, name=name)


async def sign_in(request: Request) -> Response:
    """Let a person in, ask for their code, or say in one sentence that something is not right."""
    given = await given_in(request)
    return_url = known_return_url(request, given.get("next", "/"))
    if not is_of_our_form(request, given):
        return sign_in_form(request, return_url, problem=OUT_OF_DATE, status=403)
    people, now = people_of(request), now_of(request)
    try:
        name, password = given.get("sign_in_name", ""), given.get("password", "")
        tried = tried_from(request, name, cookie(request, "desk-known"))
        right = await proved(request, tried, people.right_password, name, password, now, tried)
        if right.needs_code:
            return _code_form(request, CodeWanted(right, return_url))
        secret = await run_in_threadpool(people.begin_session, right, None, now)
    except SignInError as refusal:
        return sign_in_form(request, return_url, problem=refusal.sentence, status=401)
    return await let_in(request, secret, return_url, name)


async def give_code(request: Request) -> Response:
    """Let a person in whose password was right before, or ask for the code again."""
    given = await given_in(request)
    now = now_of(request)
    wanted = request.app.state.codes.take(cookie(request, "desk-code"), now)
    if wanted is None or not is_of_our_form(request, given):
        return sign_in_form(request, "/", problem=OUT_OF_DATE, status=403)
    try:
        code, name = given.get("code", ""), wanted.right.sign_in_name
        tried = tried_from(request, name, cookie(request, "desk-known"))
        secret = await run_in_threadpool(people_of(request).begin_session, wanted.right, code, now, tried)
    except SignInError as refusal:
        return _code_form(request, wanted, problem=refusal.sentence, status=401)
    response = await let_in(request, secret, wanted.return_url, name)
    forget_cookie(request, response, "desk-code")
    return response


async def sign_out(request: Request) -> Response:
    """End the session; a form of somebody else's making ends nothing."""
    session, given = await session_of(request), await given_in(request)
    if session is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    if not is_same(given.get("csrf", ""), session.csrf):
        return sign_in_form(request, "/", problem=OUT_OF_DATE, status=403)
    await run_in_threadpool(people_of(request).end, cookie(request, "desk"), now_of(request))
    response = RedirectResponse(SIGN_IN, status_code=303)
    forget_cookie(request, response, "desk")
    return response


def _code_form(request: Request, wanted: CodeWanted, *, problem: str | None = None, status: int = 200) -> Response:
    response = form(request, "code.html", problem=problem, status=status)
    set_cookie(
        request, response, "desk-code", request.app.state.codes.put(wanted, now_of(request), address_of(request))
    )
    return response


NOT_THE_SAME = "The two passwords are not the same. Write it twice alike."


async def invitation_page(request: Request) -> Response:
    """Show the form in which whoever was invited chooses a password; looking at it uses nothing up."""
    return await _page(request)


async def take_invitation(request: Request) -> Response:
    """Set the password and show the sign-in with the person's name, or say in one sentence why not."""
    given = await given_in(request)
    if not is_of_our_form(request, given):
        return await _page(request, problem=OUT_OF_DATE, status=403)
    password = given.get("password", "")
    if password != given.get("again"):
        return await _page(request, problem=NOT_THE_SAME, status=400)
    token = request.path_params["token"]
    try:
        person = await run_in_threadpool(people_of(request).take_invitation, token, password, now_of(request))
    except SignInError as refusal:
        return await _page(request, problem=refusal.sentence, status=400)
    return sign_in_form(request, "/", name=person.sign_in_name)


async def _page(request: Request, *, problem: str | None = None, status: int = 200) -> Response:
    """Return the form; of a link that is not good, whatever the reason, one sentence alone."""
    token = request.path_params["token"]
    try:
        name = await run_in_threadpool(people_of(request).invited, token, now_of(request))
    except SignInError as refusal:
        return said(request, refusal.sentence, 403)
    provider = request.app.state.provider
    way = None if provider is None else f"/invitation/{token}/openid"
    label = None if provider is None else provider.label
    return form(request, "invitation.html", problem=problem, status=status, way=way, label=label, name=name)


async def begin_setup(request: Request) -> Response:
    """Let in whoever runs the set-up's command on this machine, by the address that it printed, once."""
    token, setup = request.path_params["token"], request.app.state.setup
    wanted = "" if setup is None else setup.first_token
    if not wanted or not is_same(sha256_of(token), wanted):
        return said(request, "This address is not good. Run the command again, and open the one that it prints.", 403)
    try:
        secret = await run_in_threadpool(begin_by_invitation, request.app.state.desk.book, token, now_of(request))
    except SignInError as refusal:
        return said(request, refusal.sentence, 403)
    request.app.state.setup_begun = sha256_of(secret)
    response = redirect_by_page(request, "/setup")  # it comes from a page of this machine's, as from another site
    await end_before(request)
    set_cookie(request, response, "desk", secret)
    return response
