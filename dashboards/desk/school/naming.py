"""What is typed at the desk and kept names nobody on the registers: a reason, what something rests on, why one asks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from starlette.requests import Request

from dashboards.ask.acceptable_reason import acceptable_reason
from dashboards.ask.names_nobody import ensure_names_nobody
from dashboards.ask.problems import AskError

NamesNow = Callable[[], Sequence[str]]  # every form of every name on the registers, as their files lie there now


def ensure_names_nobody_here(request: Request, text: str, *, ids: Iterable[str] = ()) -> None:
    """Raise AskError, in one sentence, if the text has a whole name of the registers, or one of these ids."""
    names: NamesNow = request.app.state.names
    with _told_at_the_desk():
        ensure_names_nobody(text, ids=ids, everybody=names())


def reason_in(request: Request, field: str, what: str) -> str:
    """Return what was written in this field of a form; ReasonError or AskError where it cannot be kept."""
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
