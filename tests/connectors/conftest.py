"""What the connector tests share: the simulated platforms, started once and stopped at the end."""

from collections.abc import Iterator

import pytest

from tests.connectors.town import close_town


@pytest.fixture(scope="session", autouse=True)
def _town_closes_at_the_end() -> Iterator[None]:
    yield
    close_town()
