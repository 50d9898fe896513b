"""What the simulated platforms share while they run: the world they show, the clock, cuts, switches."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from demo.cuts import Cuts
from demo.model import World, XCredential

FORCE_SSL = "https://www.googleapis.com/auth/youtube.force-ssl"  # the scope that comments ask for


@dataclass(frozen=True, slots=True)
class Bill:
    """What one answer costs: the price in US dollars of each resource in it, and quota units."""

    prices: Mapping[str, Decimal] = field(default_factory=dict)
    units: int = 0


class Simulator:
    """The state behind the three servers; a test may turn every switch while they run.

    `x_api_version` is "2.166" or "2.167" (before and after X renamed its fields); `youtube_repeats` makes the
    subscriber lists repeat their first page.
    """

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self.world = world
        self.now = now
        self.cuts = Cuts()
        self.x_api_version = "2.166"
        self.youtube_repeats = False

    def x_credentials(self) -> Sequence[XCredential]:
        """Return every key that X knows."""
        return self.world.x.credentials

    def youtube_scopes(self, token: str) -> frozenset[str] | None:
        """Return what this token may do at YouTube; None where it is no token of the channel's owner."""
        return frozenset({FORCE_SSL}) if token and token == self.world.youtube.token else None

    def is_quota_spent(self) -> bool:
        """Say whether YouTube's quota of the day is used up; that of a demo never is."""
        return False
