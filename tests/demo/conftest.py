"""What the tests of the simulators share: servers that run from the first test to the last, and real clients."""

from collections.abc import Iterator
from typing import Any

import pytest
import tweepy

from tests.demo.small import NOW, small_world, x_client, youtube_client
from tests.simulated.serve import Servers, serve


@pytest.fixture(scope="session")
def running() -> Iterator[Servers]:
    """Run the servers, in whatever state the last test left them."""
    with serve(small_world(), now=lambda: NOW) as servers:
        yield servers


@pytest.fixture
def servers(running: Servers) -> Servers:
    """Lend the servers as they are when they start: a fresh world, no mood, no cut, nothing on the meter."""
    running.show(small_world())
    running.moods.clear()
    running.cuts.clear()
    running.meter.clear()
    running.x_api_version, running.youtube_repeats, running.youtube_quota = "2.166", False, 10_000
    return running


@pytest.fixture
def client(servers: Servers) -> tweepy.Client:
    """Lend tweepy's client, signing as the school."""
    return x_client(servers.x_url)


@pytest.fixture
def youtube(servers: Servers) -> Iterator[Any]:
    """Lend Google's client, asking as the channel's owner."""
    with youtube_client(servers.youtube_url) as service:
        yield service
