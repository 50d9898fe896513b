"""Real photographs, where they lie beside the checkout: what was posted finds its master, and nothing else does."""

import pytest

from engines.pictures.decoding.sandbox import Opener
from tests.bench.pictures.dev import DEV, PostedCase, cases, masters
from tests.bench.pictures.measure import measured, register_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DEV.is_dir(), reason=f"THE PHOTOGRAPHS TO MEASURE ON ARE NOT THERE: {DEV}"),
]


def some() -> list[PostedCase]:
    """Return two cases of each transform, of the half that nothing was tuned on."""
    chosen: dict[str, list[PostedCase]] = {}
    for case in cases():
        if case.half == "report":
            chosen.setdefault(case.transform, []).append(case)
    return [case for one in chosen.values() for case in one[:2]]


def test_real_photographs_are_told_apart() -> None:
    with Opener() as opener:
        approved = {name: path.read_bytes for name, path in masters().items()}
        tallies = measured(some(), register_of(approved, opener), opener)

    assert sum(one.parts for one in tallies.values()) > 30
    assert sum(one.found for one in tallies.values()) >= sum(one.parts for one in tallies.values()) - 1
    assert sum(one.wrong + one.passed for one in tallies.values()) == 0
