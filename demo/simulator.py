"""What the simulated platforms share while they run: the world they show, the clock, moods, cuts, meter, switches."""

import threading
from collections.abc import Callable
from datetime import datetime

from demo.consents import Consents
from demo.cuts import Cuts
from demo.meter import Meter
from demo.model import World
from demo.moods import Moods


class Simulator:
    """The state behind the three servers; a test may turn every switch while they run.

    `x_api_version` is "2.166" or "2.167" (before and after X renamed its fields); `youtube_repeats` makes the
    subscriber lists repeat their first page; `youtube_quota` is in units a day. The consents of the two
    platforms outlive a change of the world that is shown.
    """

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self.world = world
        self.now = now
        self.moods = Moods()
        self.cuts = Cuts()
        self.meter = Meter()
        self.x_consents = Consents(now, rotates=True, access_seconds=7_200, code_seconds=30)
        self.youtube_consents = Consents(now, rotates=False, access_seconds=3_599, code_seconds=600)
        self.x_api_version = "2.166"
        self.youtube_repeats = False
        self.youtube_quota = 10_000
        self.closing = threading.Event()
