"""A new picture on its way into the register: looked at, shown with what is to be said of it, approved or let go."""

import re
from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.access_control import said
from dashboards.desk.access.school_pages import (
    FormError,
    day_in,
    ensure_names_nobody_here,
    of_school,
    reason_in,
    write_log,
)
from dashboards.desk.pages.photograph_pages import BASES, CHANNELS
from dashboards.desk.pages.waiting_files import WaitingFile, file_that_waits
from dashboards.desk.school.rendering import render
from dashboards.desk.school.school_desk import NewApproval, PhotographTrial, SchoolDesk
from policies.errors import UserError

USE = "photograph"
SHOWS = {"pupils": "These pupils", "nobody": "No pupil", "unknown": "Not known who"}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


@of_school
def look(request: Request, school: SchoolDesk) -> Response:
    """Look at a picture that was sent, keep it until it is answered, and lead to what was found."""
    trial = school.look_at(request.state.file)
    waiting = WaitingFile(request.state.file, trial)
    request.app.state.files.put(request.state.session.person.number, USE, waiting)
    write_log(request, "photograph looked at", trial.sha256)
    return RedirectResponse("/photographs/waiting", status_code=303)


@of_school
def trial_page(request: Request, school: SchoolDesk) -> Response:
    """Return the picture that waits, what the register has like it, and the form that approves it."""
    file = file_that_waits(request, USE)
    if file is None:
        return said(request, "No picture waits. Send one on the page of photographs.", 404)
    return _form(request, school, file, {})


@of_school
def preview(request: Request, _school: SchoolDesk) -> Response:
    """Return the small form of the picture that waits."""
    file = file_that_waits(request, USE)
    if file is None:
        return Response("There is no such picture.", status_code=404, media_type="text/plain")
    return Response(file.trial.preview, media_type="image/webp")


@of_school
def approve(request: Request, school: SchoolDesk) -> Response:
    """Write the picture and its row, let go of what waited, and lead to the list."""
    file = file_that_waits(request, USE)
    try:
        approval = _approved(request, school)
    except UserError as error:
        if file is None:
            raise
        return _form(request, school, file, request.state.form, problem=error.sentence, status=409)
    write_log(request, "photograph approved", approval.photograph_id)
    return RedirectResponse(f"/photographs?done=approved&q={approval.photograph_id}", status_code=303)


def _form(
    request: Request,
    school: SchoolDesk,
    file: WaitingFile,
    given: Mapping[str, str],
    *,
    problem: str = "",
    status: int = 200,
) -> Response:
    """Return the picture with its form, filled in as it was sent, and what is wrong with it at its head."""
    return render(
        request,
        "photograph_trial.html",
        trial=_as_of_now(file.trial, school),
        channels=CHANNELS,
        bases=BASES,
        shows=SHOWS,
        given=given,
        problem=problem,
        status=status,
    )


def _approved(request: Request, school: SchoolDesk) -> NewApproval:
    """Approve the picture that waits as the form says; UserError, and it waits on, where that cannot be."""
    person, form = request.state.session.person, request.state.form
    with request.app.state.files.taken(person.number, USE) as file:
        if file is None or form.get("sha256") != file.trial.sha256:
            raise FormError("This picture does not wait any more. Send it again.")
        approval = _approval(request, file.trial)
        school.approve(file.body, approval, person)
    return approval


@of_school
def drop(request: Request, _school: SchoolDesk) -> Response:
    """Let go of the picture that waits."""
    request.app.state.files.drop(request.state.session.person.number, USE)
    return RedirectResponse("/photographs", status_code=303)


def _as_of_now(trial: PhotographTrial, school: SchoolDesk) -> PhotographTrial:
    """Return what was found, with how each approval stands now: one may have ended since the picture was looked at."""
    ended = {row.photograph_id: row.ended for row in school.photographs()}
    likenesses = [replace(like, ended=ended.get(like.photograph_id, like.ended)) for like in trial.likenesses]
    return replace(trial, likenesses=tuple(likenesses))


def _approval(request: Request, trial: PhotographTrial) -> NewApproval:
    form: Mapping[str, str] = request.state.form
    photograph_id = form.get("photograph_id", "").strip()
    if not _ID.fullmatch(photograph_id):
        raise FormError(
            "Write “Its id” in letters, figures, dots and hyphens, such as ph-031, and without the name of a child."
        )
    ensure_names_nobody_here(request, photograph_id)  # it becomes the name of a file
    shows, basis = form.get("shows", ""), form.get("basis", "")
    if shows not in SHOWS:
        raise FormError("Choose one under “Whom it shows”.")
    pupils = tuple(part for part in re.split(r"[\s;,]+", form.get("pupils", "")) if part)
    if shows == "pupils" and not pupils:
        raise FormError("Write “Their roll ids”, or choose another under “Whom it shows”.")
    if shows != "pupils" and pupils:
        raise FormError("Choose “These pupils” under “Whom it shows”, or empty “Their roll ids”.")
    if basis not in BASES:
        raise FormError("Choose one under “Basis”.")
    if basis == "consent" and shows == "unknown":
        raise FormError("Consent is somebody's: find out whom it shows, or choose another under “Basis”.")
    what = "under “Reference” what it is approved on, such as the number of the consent form"
    channels = tuple(channel for channel in CHANNELS if f"channel.{channel}" in form)
    if not channels:
        raise FormError("Tick at least one under “Where it may be posted”.")
    until = form.get("expires_on", "").strip()
    return NewApproval(
        photograph_id=photograph_id,
        shows=shows,
        pupils=pupils,
        basis=basis,
        reference=reason_in(request, "reference", what),
        channels=channels,
        expires_on=day_in(until, "“Last day”") if until else None,
        same_as=tuple(like.photograph_id for like in trial.likenesses if like.is_same),
        is_end_known="despite" in form,
    )
