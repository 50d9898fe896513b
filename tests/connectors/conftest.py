"""What the connector tests share: the simulated platforms, started once and stopped at the end."""

from collections.abc import Iterator

import pytest

from tests.connectors.town import close_town, town
from tests.simulated.serve import Servers


@pytest.fixture(scope="session", autouse=True)
def _town_closes_at_the_end() -> Iterator[None]:
    yield
    close_town()


@pytest.fixture
def servers() -> Iterator[Servers]:
    """Lend the simulated platforms, showing a fresh town in its best mood."""
    with town() as running:
        yield running
