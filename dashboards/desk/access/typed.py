"""What somebody typed whose session had run out when they sent it: kept in memory for an hour, for them alone.

Nothing is done with it but to show it again, in its own form, once they have signed in.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from dashboards.desk.access.auth_forms import cookie, now_of, people_of

KEPT_FOR = timedelta(hours=1)
_UNTOLD = frozenset({"csrf", "sequence", "decided", "run_id"})  # of the session, or of what had been read


@dataclass(slots=True)
class TypedForms:
    """What each person, by number, typed last of which case."""

    _by_person: dict[int, tuple[datetime, str, Mapping[str, str]]] = field(default_factory=dict, repr=False)
    _changing: Lock = field(default_factory=Lock, repr=False)

    def keep(self, person: int, ref: str, form: Mapping[str, str], at: datetime) -> None:
        """Keep a form in the place of what this person typed before."""
        typed = {name: value for name, value in form.items() if name not in _UNTOLD}
        with self._changing:
            self._drop_over(at)
            self._by_person[person] = (at, ref, typed)

    def of(self, person: int, ref: str, at: datetime) -> Mapping[str, str]:
        """Return what this person typed of this case; nothing where that was another, or an hour ago."""
        with self._changing:
            self._drop_over(at)
            _, of, typed = self._by_person.get(person, (at, "", {}))
        return typed if of == ref else {}

    def _drop_over(self, at: datetime) -> None:
        """Let go of what anybody typed an hour ago or earlier."""
        for person in [person for person, (since, _, _) in self._by_person.items() if at - since >= KEPT_FOR]:
            del self._by_person[person]

    def forget(self, person: int) -> None:
        """Forget what this person typed, who has sent it."""
        with self._changing:
            self._by_person.pop(person, None)


async def keep_typed(request: Request, form: Mapping[str, str]) -> bool:
    """Keep what was sent with the token of a session that ran out; say whether it was kept."""
    lapsed = await run_in_threadpool(people_of(request).lapsed, cookie(request, "desk"))
    if lapsed is None or not hmac.compare_digest(form.get("csrf", "").encode(), lapsed.csrf.encode()):
        return False
    typed: TypedForms = request.app.state.typed
    typed.keep(lapsed.person.number, request.path_params["ref"], form, now_of(request))
    return True
