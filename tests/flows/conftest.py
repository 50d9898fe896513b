"""Spreads the flows' tests over the workers: those of one file share its fixtures, so one worker has them all.

A file's fixtures are runs, seconds each, which every worker would make again. Where each test makes a run of its own
and hardly anything is shared, the tests are spread one by one. The longest files begin first, in the order below, and
what is spread comes last, so that both workers end together (`make test` has xdist keep this order).
"""

import pytest

SPREAD = frozenset({"test_faults", "test_pictures"})
STACKS = frozenset({"test_group", "test_group_silent", "test_prefect"})  # theirs alone are together in the soak, too
LONGEST = (
    *(
        "test_demo",
        "test_prefect",
        "test_group_by_process",
        "test_proved",
        "test_killed",
        "test_stored_home",
        "test_leaks",
    ),
    *("test_asking_command", "test_subject_pack", "test_erase", "test_erase_killed", "test_cli", "test_backup"),
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if is_together(item):
            item.add_marker(pytest.mark.xdist_group(item.path.stem.removeprefix("test_")))
    items.sort(key=place)


def is_together(item: pytest.Item) -> bool:
    if item.path.parent.name != "flows" or item.path.stem in SPREAD:
        return False
    return item.path.stem in STACKS or item.get_closest_marker("soak") is None


def place(item: pytest.Item) -> int:
    """Return where a test comes: the longest files in their order, then other files, then what is spread."""
    if not is_together(item):
        return len(LONGEST) + 1
    return LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST)
