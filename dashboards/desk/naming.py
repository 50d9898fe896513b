"""What is typed at the desk and kept names nobody on the registers: a reason, what something rests on, why one asks."""

from collections.abc import Callable, Iterable, Sequence

from starlette.requests import Request

from dashboards.ask.names_nobody import ensure_names_nobody
from dashboards.ask.problems import AskError

NamesNow = Callable[[], Sequence[str]]  # every form of every name on the registers, as their files lie there now


def ensure_names_nobody_here(request: Request, text: str, *, ids: Iterable[str] = ()) -> None:
    """Raise AskError, in one sentence, if the text has a whole name of the registers, or one of these ids."""
    names: NamesNow = request.app.state.names
    try:
        ensure_names_nobody(text, ids=ids, everybody=names())
    except AskError as named:
        raise AskError(
            "What you wrote names somebody, and it is kept, so nothing was done. Go back, and say it without the name "
            "or id, such as by the role or the request's number."
        ) from named
