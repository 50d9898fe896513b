"""What pages with forms share: the school's folder, the log, days, and reasons that name nobody on the registers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from dashboards.ask import AskError
from dashboards.ask.reasons import acceptable_reason, ensure_names_nobody
from dashboards.desk.access.access_control import said
from dashboards.desk.school.school_desk import SchoolDesk
from policies.errors import UserError

NamesNow = Callable[[], Sequence[str]]  # every form of every name on the registers, as their files lie there now


def ensure_names_nobody_here(request: Request, text: str, *, ids: Iterable[str] = ()) -> None:
    """Raise AskError, in one sentence, if the text has a whole name of the registers, or one of these ids."""
    names: NamesNow = request.app.state.names
    with _told_at_the_desk():
        ensure_names_nobody(text, ids=ids, everybody=names())


def reason_in(request: Request, field: str, what: str) -> str:
    """Return what was written in this field of a form; UserError where it cannot be kept."""
    names: NamesNow = request.app.state.names
    with _told_at_the_desk():
        written = request.state.form.get(field, "")
        return acceptable_reason(written, asks=f"Say {what}; name no child.", everybody=names())


@contextmanager
def _told_at_the_desk() -> Iterator[None]:
    try:
        yield
    except AskError as named:
        raise AskError(
            "What you wrote names somebody, and it is kept, so nothing was done. Go back, and say it without the name "
            "or id, such as by the role or the request's number."
        ) from named


SchoolPage = Callable[[Request, SchoolDesk], Response]


class FormError(UserError):
    """A form cannot be taken as it was filled in; the message says what to write."""


def of_school(page: SchoolPage) -> Callable[[Request], Response]:
    """Return a page that is given the school's folder; where the desk has none, there is no such page."""

    @wraps(page)
    def answer(request: Request) -> Response:
        school = request.app.state.school
        return said(request, "There is no such page at the desk.", 404) if school is None else page(request, school)

    return answer


def write_log(request: Request, action: str, subject: str) -> None:
    """Write down what whoever is signed in does; `subject` is an id or a register, and left out where it is neither."""
    person, log = request.state.session.person, request.app.state.log
    log.write(person=person, action=action, subject=_as_subject(subject), at=request.app.state.clock())


def _as_subject(text: str) -> str:
    is_id = len(text) <= 64 and all(sign.isascii() and (sign.isalnum() or sign in "_.:#=-") for sign in text)
    return text if is_id else ""


def day_in(text: str, what: str, example: str = "2027-08-31") -> date:
    """Return the day that a form gives; FormError where it is none."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day
    except ValueError as error:
        raise FormError(f"Write {what} as in {example}.") from error
