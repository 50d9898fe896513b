"""The approved photographs: how each stands, where it stands posted, and the end of an approval."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import FormError, of_school, reason_in, write_log
from dashboards.desk.casework.case_list import page_of
from dashboards.desk.school.desk import Desk
from dashboards.desk.school.rendering import render
from dashboards.desk.school.school_desk import RegisteredPhotograph, SchoolDesk
from dashboards.queries import query, rows
from dashboards.safe_text import plain
from policies.errors import UserError
from policies.platforms.registry import PLATFORMS

_PLATFORMS: dict[str, str] = {str(platform.id): platform.name for platform in PLATFORMS.values()}
CHANNELS = {**_PLATFORMS, "website": "the website"}
BASES = {"consent": "consent", "public_task": "public task", "legitimate_interests": "legitimate interests"}
ENDS = {
    "consent": "The consent was withdrawn",
    "objection": "Somebody objects",
    "school": "The school decided to take it down",
}
SHOWS = {"all": "All", "standing": "Approved", "ended": "Approval ended", "up": "Ended, and still posted"}


@dataclass(frozen=True, slots=True)
class PostedPlace:
    """A post or a video on which a photograph stood in the newest run."""

    photograph_id: str
    platform: str
    post_id: str
    posted_on: date | None

    @property
    def link(self) -> str:
        """The post's address."""
        return PLATFORMS[self.platform].post_link(self.post_id)


@dataclass(frozen=True, slots=True)
class ShownPhotograph:
    """A row of the register as the page shows it, with the places where it stands.

    `is_changed` says that the newest run found another picture in its file, of which nobody had said that it is meant.
    """

    row: RegisteredPhotograph
    places: tuple[PostedPlace, ...]
    is_changed: bool = False

    @property
    def ends(self) -> dict[str, str]:
        """How its approval may still end: by consent only where it rests on one, by the school only while it stands."""
        rests_on_consent = self.row.basis in {None, "consent"} and self.row.consent != "withdrawn"
        may = {"consent": rests_on_consent, "objection": True, "school": not self.row.ended}
        return {why: title for why, title in ENDS.items() if may[why]}

    def is_wanted(self, show: str, words: str) -> bool:
        """Say whether the address asks for it."""
        is_ended = bool(self.row.ended)
        shown = {"all": True, "standing": not is_ended, "ended": is_ended, "up": is_ended and bool(self.places)}
        return shown[show] and words.casefold() in " ".join((self.row.photograph_id, *self.row.pupils)).casefold()


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
        total=len(every),
        still_up=sum(photograph.is_wanted("up", "") for photograph in every),
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
    return not (shown.row.ended and shown.places), not shown.is_changed, not shown.row.ended


def _channel_names(channels: Sequence[str]) -> str:
    return " and ".join(CHANNELS.get(channel, channel) for channel in channels)


def shown_photographs(desk: Desk, register: Sequence[RegisteredPhotograph]) -> tuple[ShownPhotograph, ...]:
    """Return the register's rows with where each stands, by what the newest run saw."""
    videos = [(row.photograph_id, row.video_id) for row in register if row.video_id]
    given = {"photographs": [ident for ident, _ in videos], "videos": [video for _, video in videos]}
    places = defaultdict(list)
    with desk.copy() as db:
        for place in rows(db, "photograph_places", PostedPlace, **given):
            places[place.photograph_id].append(place)
        changed = {photograph_id for (photograph_id,) in db.execute(query("changed_photographs")).fetchall()}
    return tuple(
        ShownPhotograph(row, tuple(places[row.photograph_id]), row.photograph_id in changed) for row in register
    )


@dataclass(frozen=True, slots=True)
class StillPosted:
    """How many photographs whose approval has ended still stand posted; `problem` says why nobody can know, if so."""

    how_many: int
    problem: str


def still_posted(desk: Desk, school: SchoolDesk) -> StillPosted:
    """Return that of the register as it stands now, worked out anew where a run has published or the register changed.

    A register that cannot be read is said, and never counted as none.
    """
    try:
        register = school.photographs()
    except UserError as error:
        return StillPosted(0, error.sentence)
    ended = tuple(row for row in register if row.ended)

    def counted() -> int:
        return sum(bool(shown.places) for shown in shown_photographs(desk, ended))

    return StillPosted(desk.latest("lead", "still posted", counted, of=(desk.week("lead"), ended)), "")


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
