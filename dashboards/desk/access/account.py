"""The page "Your sign-in": one's password, second factor and sessions."""

import io
from collections.abc import Callable

import segno
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.auth_forms import now_of
from dashboards.desk.school.rendering import render
from warehouse.casebook.people.desk_command import COMMANDS
from warehouse.casebook.people.desk_credentials import secret_in
from warehouse.casebook.people.desk_own import OwnSignIn
from warehouse.casebook.people.desk_people import SignInError

ACCOUNT = "/account"
NOT_THE_SAME = "The two new passwords are not the same. Write it twice alike."
_DONE = {
    "password": "Your password is changed, and every other session of yours has ended.",
    "second-factor": "Your second factor is set. The sign-in asks for a code now, and your other sessions have ended.",
    "second-factor-gone": "Your second factor is taken away, and every other session of yours has ended.",
    "sessions": "Every other session of yours has ended.",
}


def account(request: Request) -> Response:
    """Return the page, with what was just done."""
    return _page(request, done=_DONE.get(request.query_params.get("done", "")))


def change_password(request: Request) -> Response:
    """Set another password; the old one and the code must be right."""
    given = request.state.form
    if given.get("new") != given.get("again"):
        return _page(request, problem=NOT_THE_SAME, status=400)
    old, code, new = (given.get(name, "") for name in ("password", "code", "new"))
    session, now = request.state.session, now_of(request)
    return _done(request, "password", lambda own: own.change_password(session, old, code, new, now))


def second_factor(request: Request) -> Response:
    """Show a new secret, as a code that a telephone reads and in letters."""
    return _secret_page(request, _own(request).begin_second_factor(request.state.session.person))


def confirm_second_factor(request: Request) -> Response:
    """Keep the secret that was shown, once the telephone gives a right code of it; the same is shown again if not."""
    given, own = request.state.form, _own(request)
    person, secret = request.state.session.person, given.get("secret", "")
    try:
        proof = given.get("password", ""), secret, given.get("code", "")
        own.set_second_factor(request.state.session, *proof, now_of(request))
    except SignInError as refusal:
        uri = own.begin_second_factor(person, secret)
        return _secret_page(request, uri, problem=refusal.sentence, status=400)
    return RedirectResponse(f"{ACCOUNT}?done=second-factor", status_code=303)


def take_second_factor_away(request: Request) -> Response:
    """Forget the second factor; the password and a code must be right."""
    password, code = (request.state.form.get(name, "") for name in ("password", "code"))
    session, now = request.state.session, now_of(request)
    return _done(request, "second-factor-gone", lambda own: own.take_second_factor_away(session, password, code, now))


def give_code(request: Request) -> Response:
    """Show a code for one command, once; the password and the second factor must be right."""
    given, session = request.state.form, request.state.session
    password, code, command = (given.get(name, "") for name in ("password", "code", "command"))
    try:
        made = _own(request).give_code(session, password, code, command, now_of(request))
    except SignInError as refusal:
        return _page(request, problem=refusal.sentence, status=400)
    return _page(request, made=f"{made}, to {COMMANDS[command]}")


def end_other_sessions(request: Request) -> Response:
    """End every session of this person but the one that asks."""
    return _done(request, "sessions", lambda own: own.end_others(request.state.session, now_of(request)))


def _done(request: Request, what: str, change: Callable[[OwnSignIn], None]) -> Response:
    try:
        change(_own(request))
    except SignInError as refusal:
        return _page(request, problem=refusal.sentence, status=400)
    return RedirectResponse(f"{ACCOUNT}?done={what}", status_code=303)


def _page(
    request: Request, *, problem: str | None = None, done: str | None = None, made: str | None = None, status: int = 200
) -> Response:
    session = request.state.session
    sessions = _own(request).sessions(session.person, now_of(request))
    provider = request.app.state.provider
    label = provider.label if provider is not None and session.person.has_provider else None
    shown = {"problem": problem, "done": done, "made": made, "sessions": sessions, "label": label}
    return render(request, "account.html", commands=COMMANDS, status=status, **shown)


def _secret_page(request: Request, uri: str, *, problem: str | None = None, status: int = 200) -> Response:
    secret = secret_in(uri)
    letters = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    shown = {"problem": problem, "picture": _picture(uri), "secret": secret, "letters": letters}
    return render(request, "second_factor.html", status=status, **shown)


def _picture(uri: str) -> str:
    """Return the code as an SVG without a style, black on white in every colour scheme: telephones read no other."""
    drawn = io.BytesIO()
    segno.make(uri, micro=False, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=False, scale=5, border=4, dark="#000", light="#fff", omitsize=True,
        svgclass="code", lineclass=None,
    )  # fmt: skip
    return drawn.getvalue().decode()


def _own(request: Request) -> OwnSignIn:
    desk = request.app.state.desk
    return OwnSignIn(desk.book, desk.key, request.app.state.people.tries)
