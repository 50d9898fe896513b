"""The page that an invitation opens: a password is chosen there, or the account at the school's provider."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboards.desk.access.access_control import said
from dashboards.desk.access.auth_forms import OUT_OF_DATE, form, given_in, is_of_our_form, now_of, people_of
from dashboards.desk.access.sign_in import sign_in_form
from warehouse.casebook.people.desk_people import SignInError

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
