"""The approved photographs: how each stands, where it stands posted, and the end of an approval."""

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import FormError, of_school, reason_in, write_log
from dashboards.desk.casework.case_list import page_of
from dashboards.desk.pages.still_posted import SHOWS, ShownPhotograph, shown_photographs, still_up
from dashboards.desk.school.rendering import render
from dashboards.desk.school.school_desk import SchoolDesk
from dashboards.report.words import listed
from dashboards.safe_text import plain
from policies.platforms.registry import PLATFORMS

_PLATFORMS: dict[str, str] = {str(platform.id): platform.name for platform in PLATFORMS.values()}
CHANNELS = {**_PLATFORMS, "website": "the website"}
BASES = {"consent": "consent", "public_task": "public task", "legitimate_interests": "legitimate interests"}


@of_school
def photographs(request: Request, school: SchoolDesk) -> Response:
    """Return the list that the address asks for, what has ended and still stands first."""
    desk, query = request.app.state.desk, request.query_params
    show = query.get("show", "all") if query.get("show") in SHOWS else "all"
    words = plain(query.get("q", "")[:100])
    every = shown_photographs(desk, school.photographs())
    write_log(request, "photographs", "")
    wanted = sorted((photograph for photograph in every if photograph.is_wanted(show, words)), key=_first)
    shown, page, last = page_of(wanted, query)
    return render(
        request,
        "photographs.html",
        photographs=shown,
        page=page,
        last=last,
        address_of=lambda number: f"/photographs?{urlencode({'q': words, 'show': show, 'page': number})}",
        as_of=desk.week("lead").run.as_of,
        total=sum(photograph.is_listed for photograph in every),
        still_up=still_up(every),
        show=show,
        shows=SHOWS,
        q=words,
        channels=CHANNELS,
        channel_names=_channel_names,
        bases=BASES,
        done=query.get("done", "") if query.get("done") in {"approved", "meant", "withdrawn"} else "",
        withdrawn=[photograph for photograph in every if photograph.row.photograph_id == query.get("id")],
    )


@of_school
def thumbnail(request: Request, school: SchoolDesk) -> Response:
    """Return a very small picture of an approved photograph, by its id; none once its approval has ended."""
    asked = request.path_params["photograph_id"]
    rows = (row for row in school.photographs() if row.photograph_id == asked and not row.ended)
    names = [row.file_name for row in rows if row.file_name]
    made = school.thumbnail(names[0]) if names else None
    if made is None:
        return Response("There is no such picture.", status_code=404, media_type="text/plain")
    return Response(made, media_type="image/webp")


def _first(shown: ShownPhotograph) -> tuple[bool, bool, bool]:
    return not shown.may_be_up, shown.lost != "changed", not shown.row.ended


def _channel_names(channels: Sequence[str]) -> str:
    return listed([CHANNELS.get(channel, channel) for channel in channels])


@of_school
def meant(request: Request, school: SchoolDesk) -> Response:
    """Write down that the other picture which lies under a photograph's file name is meant, and lead back."""
    photograph_id = request.state.form.get("photograph_id", "")
    if "sure" not in request.state.form:
        raise FormError("Tick that you have looked at the file.")
    note = reason_in(request, "note", "why this picture is the approved one")
    school.accept_picture(photograph_id, note, request.state.session.person)
    write_log(request, "photograph's picture accepted", photograph_id)
    return RedirectResponse("/photographs?done=meant", status_code=303)


@of_school
def withdraw(request: Request, school: SchoolDesk) -> Response:
    """Write into the register that an approval has ended, and lead back to the list."""
    form = request.state.form
    why, photograph_id = form.get("why", ""), form.get("photograph_id", "")
    found = [row for row in school.photographs() if row.photograph_id == photograph_id]
    if not found:
        raise FormError("The photograph is not on the register any more. Look at the list again.")
    if not any(why in ShownPhotograph(row, ()).ends for row in found):
        raise FormError("Choose one of the reasons that stand under “Why”.")
    if "sure" not in form:
        raise FormError("Tick that you know what follows: its posts are to be taken down today.")
    note = reason_in(request, "note", "what the withdrawal rests on, such as a letter and its day")
    school.withdraw(photograph_id, why, note, request.state.session.person)
    write_log(request, "photograph withdrawn", photograph_id)
    address = urlencode({"show": "up", "done": "withdrawn", "id": photograph_id})
    return RedirectResponse(f"/photographs?{address}", status_code=303)
