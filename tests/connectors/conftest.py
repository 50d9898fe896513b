"""What the connector tests share: the simulated platforms, started once and stopped at the end."""

from collections.abc import Iterator

import pytest

from tests.connectors.town import close_town


@pytest.fixture(scope="session", autouse=True)
def _town_closes_at_the_end() -> Iterator[None]:
    yield
    close_town()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that count what a platform was asked on one worker: they must meet no other's requests."""
    for item in items:
        if item.path.parent.name == "connectors":
            item.add_marker(pytest.mark.xdist_group("connectors"))
