"""The demo's servers in the hands of a test, which may turn every switch while they run."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType

from starlette.routing import Route

import demo.serve
from demo.endpoint import SimulatedPlatform
from demo.model import World, XCredential
from tests.simulated.consent_pages import ConsentPages
from tests.simulated.consents import Consents
from tests.simulated.door import MoodyDoor
from tests.simulated.failing_cuts import FailingCuts
from tests.simulated.meter import Meter
from tests.simulated.moods import Moods
from tests.simulated.signed_consents import SignedConsents

# What each platform says of a code or a refresh token that is none, or is used up.
_NO_TOKEN_OF_X = {"error": "invalid_request", "error_description": "Value passed for the token was invalid."}
_NO_TOKEN_OF_YOUTUBE = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}


class Servers(demo.serve.Servers):
    """The simulated platforms, running; the consents of the two outlive a change of the world that is shown."""

    cuts: FailingCuts

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self.closing = threading.Event()
        self.moods, self.meter = Moods(), Meter()
        self.youtube_quota = 10_000
        self.x_consents = Consents(now, rotates=True, access_seconds=7_200, code_seconds=30)
        self.youtube_consents = Consents(now, rotates=False, access_seconds=3_599, code_seconds=600)
        self._signed = SignedConsents(self.x_consents)
        super().__init__(world, now)
        self.cuts = FailingCuts()

    def routes(self, platform: SimulatedPlatform) -> list[Route]:
        """Return the addresses of this platform, those of its consents first."""
        return [*self._consent_routes(platform.name), *super().routes(platform)]

    def _consent_routes(self, name: str) -> list[Route]:
        if name == "x":
            pages = ConsentPages(name, self.x_consents, self.moods, _NO_TOKEN_OF_X)
            dance = self._signed.routes()
            return [*pages.routes("/i/oauth2/authorize", "/2/oauth2/token", "/2/oauth2/revoke"), *dance]
        if name == "youtube":
            pages = ConsentPages(name, self.youtube_consents, self.moods, _NO_TOKEN_OF_YOUTUBE)
            return pages.routes("/o/oauth2/auth", "/token", "/revoke")
        return []

    def door(self, platform: SimulatedPlatform, endpoint: str) -> MoodyDoor:
        """Return the application of one endpoint of this platform, in the mood that is set."""
        return MoodyDoor(self, platform, endpoint)

    def x_credentials(self) -> Sequence[XCredential]:
        """Return every key that X knows, those of consents too."""
        given = [XCredential(user_id, bearer=token) for token, user_id in self.x_consents.tokens()]
        return [*given, *super().x_credentials(), *self._signed.keys]

    def youtube_scopes(self, token: str) -> frozenset[str] | None:
        """Return what this token may do at YouTube; None where it is no token of the channel's owner."""
        if self.youtube_consents.user_of(token) is not None:
            return self.youtube_consents.scopes_of(token)
        return super().youtube_scopes(token)

    def is_quota_spent(self) -> bool:
        """Say whether YouTube's quota of the day is used up; `youtube_quota` is in units a day."""
        return self.meter.units_on(self.now()) >= self.youtube_quota

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        super().__exit__(kind, error, trace)


def serve(world: World, *, now: Callable[[], datetime]) -> Servers:
    """Start the three servers for this world; `now` (aware) is their clock, and may be called from any thread."""
    return Servers(world, now)
