"""Makes the desk's web application of its pages, and what every page needs."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route, compile_path

from dashboards.desk.access import openid, sign_in
from dashboards.desk.access.access_control import PAGES_AT_ONCE, UPLOADS_AT_ONCE, access_controlled, failed, refused
from dashboards.desk.access.school_pages import NamesNow
from dashboards.desk.access.tries import PROVING_AT_ONCE
from dashboards.desk.access.typed import TypedForms
from dashboards.desk.casework.open_cases import Looks, OpenCases
from dashboards.desk.pages import ask_page
from dashboards.desk.pages.routes import PAGES
from dashboards.desk.pages.waiting_files import WaitingFiles
from dashboards.desk.school.desk import Desk
from dashboards.desk.school.rendering import render
from dashboards.desk.school.school_desk import SchoolDesk
from dashboards.desk.school.setup_steps import SetUp
from warehouse.casebook.people.desk_people import AccessLog, DeskPeople
from warehouse.casebook.people.desk_secrets import new_secret, sha256_of

Awaited = TypeVar("Awaited")
LONGEST = timedelta(minutes=10)
MOST, MOST_OF_ONE = 1_000, 50  # in all and from one address, beyond which the oldest of whoever has most goes


@dataclass(slots=True)
class Pending(Generic[Awaited]):
    """What is waited for, by the hash of each browser's secret, the oldest first."""

    _waits: dict[str, tuple[datetime, Awaited, str]] = field(default_factory=dict, repr=False)
    _changing: Lock = field(default_factory=Lock, repr=False)

    def put(self, awaited: Awaited, at: datetime, address: str = "") -> str:
        """Wait for this, and return the secret that belongs to it; one address pushes out no other's."""
        secret = new_secret()
        with self._changing:
            self._waits = {key: wait for key, wait in self._waits.items() if at - wait[0] < LONGEST}
            of = Counter(wait[2] for wait in self._waits.values())
            if of[address] >= MOST_OF_ONE or len(self._waits) >= MOST:
                most = address if of[address] >= MOST_OF_ONE else max(of, key=of.__getitem__)
                del self._waits[next(key for key, wait in self._waits.items() if wait[2] == most)]
            self._waits[sha256_of(secret)] = (at, awaited, address)
        return secret

    def take(self, secret: str, at: datetime) -> Awaited | None:
        """Return what was waited for with this secret, once; None if there is none, or ten minutes are over."""
        with self._changing:
            since, awaited, _ = self._waits.pop(sha256_of(secret), (None, None, None))
        return awaited if since is not None and at - since < LONGEST else None


def make_app(
    desk: Desk,
    *,
    hosts: AbstractSet[str],
    names: NamesNow,
    is_https: bool = False,
    provider: openid.OpenIdProvider | None = None,
    school: SchoolDesk | None = None,
    tell: Callable[[str], None] = lambda _role: None,
    setup: SetUp | None = None,
) -> Starlette:
    """Return the application; `hosts` are the names, with their ports, by which it may be called.

    `is_https` says that browsers reach it by https, `provider` who else lets people in, and `school` is the school's
    own folder: without it there are no pages of photographs, registers and attestations. `names` returns every name on
    the registers, which nothing that is typed and kept may have; `tell` tells a role that it was given something.
    `setup` is the school's set-up, or its one step that goes on after it.
    """
    routes = [Route(page.path, access_controlled(page), methods=[page.method]) for page in PAGES]
    app = Starlette(routes=routes, exception_handlers={HTTPException: refused, Exception: failed})
    app.router.redirect_slashes = False
    app.state.desk = desk
    app.state.people = DeskPeople(desk.book, key=desk.key)
    app.state.log = AccessLog(desk.book)
    app.state.open_cases = OpenCases()
    app.state.looks = Looks()
    app.state.typed = TypedForms()
    app.state.clock = desk.clock
    app.state.pages = CapacityLimiter(PAGES_AT_ONCE)
    app.state.uploads = CapacityLimiter(UPLOADS_AT_ONCE)
    app.state.proving = CapacityLimiter(PROVING_AT_ONCE)
    app.state.proving_known = CapacityLimiter(1)
    app.state.in_line = Counter[str]()
    app.state.questions = CapacityLimiter(ask_page.QUESTIONS_AT_ONCE)
    app.state.hosts = hosts
    app.state.names = names
    app.state.is_https = is_https
    app.state.school_mark = sha256_of(desk.school_id)[:8]
    app.state.provider = provider
    app.state.signed_in_routes = tuple(
        compile_path(page.path)[0] for page in PAGES if page.method == "GET" and page.roles
    )
    app.state.codes = Pending[sign_in.CodeWanted]()
    app.state.left = Pending[openid.LeftForProvider]()
    app.state.school = school
    app.state.tell = tell
    app.state.setup, app.state.setup_begun = setup, ""  # the hash of the session that began it
    app.state.files = WaitingFiles()
    app.state.render = render
    return app
