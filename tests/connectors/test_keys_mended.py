"""Keys of another account, which a person has mended: the run of the same day takes them, and asks once for that."""

from collections.abc import Callable

import pytest

from connectors.errors import SourceRefused
from connectors.source import Source
from connectors.x.client import XCredentials
from demo.model import XCredential
from tests.connectors.memory import MemoryStore
from tests.connectors.pulling import pulled
from tests.connectors.town import SCHOOL, SIGNING, x_source, youtube_source
from tests.simulated.serve import Servers

OTHERS = XCredentials(consumer_key="ck2", consumer_secret="cs2", access_token="at2", access_token_secret="ats2")


def x_of_another(servers: Servers) -> Source:
    servers.world.x.credentials.append(XCredential("9001", None, "ck2", "cs2", "at2", "ats2"))
    return x_source(servers, credentials=OTHERS)


def youtube_of_another(servers: Servers) -> Source:
    servers.world.youtube.channel_id = "UChillview00000000000000"
    return youtube_source(servers)


def x_mended(servers: Servers) -> Source:
    return x_source(servers, credentials=SIGNING)


def youtube_mended(servers: Servers) -> Source:
    servers.world.youtube.channel_id = "UCousterlyvale0000000000"
    return youtube_source(servers)


@pytest.mark.parametrize(
    ("of_another", "mended", "profile"),
    [(x_of_another, x_mended, f"profile:{SCHOOL}"), (youtube_of_another, youtube_mended, "profile:UCousterlyvale")],
    ids=["X", "YouTube"],
)
def test_a_run_with_mended_keys_reads_the_account_and_a_page_that_was_right_is_not_asked_for_again(
    servers: Servers, of_another: Callable[[Servers], Source], mended: Callable[[Servers], Source], profile: str
) -> None:
    store = MemoryStore()
    _, refused = pulled(of_another(servers), store)
    _, none = pulled(mended(servers), store)
    asked = len(servers.meter.requests)
    _, replayed = pulled(mended(servers), store)

    assert isinstance(refused, SourceRefused)
    assert refused.reason == "credentials"
    assert (none, replayed) == (None, None)
    assert len([name for name in store.pages if name.startswith(profile)]) == 2
    assert len(servers.meter.requests) == asked
