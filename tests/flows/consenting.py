"""A village whose accounts are signed in to: its apps at both platforms, and a browser that does as it is told."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from flows.home.context import Context
from flows.home.integrity import guarded
from flows.login.login import WhoSignsIn, sign_in
from flows.login.online import answers
from flows.login.tokens import KeptGrant, Tokens
from flows.weekly.pull import PullEnded, pull
from policies.school import OfficialAccount
from tests.connectors import town
from tests.flows.receiving import free_port
from tests.flows.village import MONDAY, SCHOOL, Village, village
from tests.simulated.consents import ConsentApp

X_APP, X_PUBLIC, X_SIGNING, GOOGLE_APP = "x-client", "x-public", "x-consumer", "google-client"
X_SECRET, SIGNING_SECRET, GOOGLE_SECRET = "x-client-secret", "x-consumer-secret", "google-client-secret"
YOUTUBE = f'[youtube]\nclient_id = "{GOOGLE_APP}"\nclient_secret = "{GOOGLE_SECRET}"\n'
BY_CODE = f'[x_main]\nclient_id = "{X_APP}"\nclient_secret = "{X_SECRET}"\n\n{YOUTUBE}'
PUBLIC = f'[x_main]\nclient_id = "{X_PUBLIC}"\n\n{YOUTUBE}'
BY_SIGNATURE = f'[x_main]\nconsumer_key = "{X_SIGNING}"\nconsumer_secret = "{SIGNING_SECRET}"\n\n{YOUTUBE}'


# A browser as a program: it opens what it is given, and goes wherever it is led.
VISIT = """\
import sys, urllib.request
with urllib.request.urlopen(sys.argv[1], timeout=20) as answer:
    answer.read()
"""


@contextmanager
def consenting(home: Path, credentials: str = BY_CODE) -> Iterator["Consenting"]:
    """Serve a village whose credentials.toml holds its apps alone."""
    with village(home, has_warehouse=True) as here:
        made = Consenting(here, free_port())
        made.begin(credentials)
        yield made


class Consenting:
    """The village, and the port to which X sends a browser back."""

    def __init__(self, here: Village, port: int) -> None:
        self.here, self.port = here, port
        self.visited: list[str] = []
        self.said: list[str] = []

    def begin(self, credentials: str = BY_CODE) -> None:
        """Forget every consent, and have the official accounts answer again."""
        (self.here.places.folder / "credentials.toml").write_text(credentials)
        self.here.places.tokens.unlink(missing_ok=True)
        self.here.servers.moods.clear()
        self.here.servers.world.youtube.handle = "@OusterlyValeSchool"
        backs = (f"http://127.0.0.1:{self.port}/",)
        servers, now = self.here.servers, self.here.servers.now
        for consents, who in ((servers.x_consents, town.SCHOOL), (servers.youtube_consents, town.CHANNEL)):
            consents.__init__(now, rotates=consents.rotates, access_seconds=7_200, code_seconds=30)  # type: ignore[misc]
            consents.answering_as = who
        servers.x_consents.apps = [
            ConsentApp(X_APP, X_SECRET, backs),
            ConsentApp(X_PUBLIC, None, backs),
            ConsentApp(redirects=backs, consumer_key=X_SIGNING, consumer_secret=SIGNING_SECRET),
        ]
        servers.youtube_consents.apps = [ConsentApp(GOOGLE_APP, GOOGLE_SECRET)]
        self.visited, self.said = [], []

    def account(self, platform: str) -> OfficialAccount:
        return next(a for a in self.context().school.account if a.platform == platform)

    def context(self, at: datetime | None = None) -> Context:
        """Return today's context, or one whose clock stands at this time."""
        context = self.here.context()
        return context if at is None else replace(context, settings=replace(context.settings, clock=lambda: at))

    def person(self, **more: object) -> WhoSignsIn:
        given = {"say": self.said.append, "ask": lambda _question: "", "browse": self.browse, "port": self.port}
        return WhoSignsIn(**(given | {"seconds": 5.0} | more))  # type: ignore[arg-type]

    def browse(self, address: str) -> bool:
        self.visited.append(address)
        return visited(address) == 200

    def sign_in(self, platform: str, **more: object) -> str:
        port = {"port": None} if platform == "youtube" else {}
        return sign_in(self.context(), self.account(platform), self.person(**(port | more)))

    def answer(self, platform: str, at: datetime | None = None) -> str:
        """Return what the platform says of its account to the keys as a run would use them."""
        return next(a.says for a in answers(self.context(at)) if a.account.platform == platform)

    def pull(self, platform: str, day: date = MONDAY) -> PullEnded:
        context = self.here.context(day)
        with guarded(context):
            return pull(context, platform)

    def kept(self, platform: str) -> KeptGrant | None:
        context = self.here.context()
        return Tokens(context.places, context.key).of(self.account(platform))

    @property
    def environment(self) -> dict[str, str]:
        return self.here.environment

    @property
    def school(self) -> str:
        return SCHOOL


def visited(address: str) -> int:
    """Open an address as a browser does, wherever it leads; return the status that it ends with."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def led_to(address: str) -> str:
    """Return the address to which a page sends a browser that has no way to go there."""

    class Still(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args: object, **_more: object) -> None:
            return None

    try:
        with urllib.request.build_opener(Still).open(address, timeout=10) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        error.close()
        return str(error.headers["Location"])
