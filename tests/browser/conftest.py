"""Keeps the tests of a file on one worker: each file's browser, desk and reports take seconds to make."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.xdist_group(f"browser-{item.path.stem}"))
