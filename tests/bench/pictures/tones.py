"""An unapproved face in a small circle, beside or upon an approved photograph, by tone and light: how often passed.

The faces are those that the detector sees in the photographs as they are, so that the table says what poor light and a
small place cost, and nothing of faces that it never sees. A tone is measured, not asked for: the individual typology
angle of the middle of the face, so that a light skin in deep shade counts as a dark one.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import product

import cv2
import numpy as np
from threadpoolctl import threadpool_limits

from engines.pictures.album import scan_picture
from engines.pictures.decoding.sandbox import Opener
from engines.pictures.features.face_detection import LEAST_CONFIDENCE, faces_as_sure
from engines.pictures.model import Box
from engines.pictures.picture import Pixels, scale_box, shrink_to_side
from tests.bench.pictures.dev import masters
from tests.bench.pictures.made import chance_of, shown
from tests.bench.pictures.measure import register_of
from tests.bench.pictures.posting import saved

LIGHTS = {"as lit": 1.0, "dim (exponent 1.8)": 1.8, "dark (exponent 2.5)": 2.5}
TONES = {"dark": -90.0, "brown": -30.0, "tan": 10.0, "intermediate": 28.0, "light": 41.0}  # degrees, from
MOST = 20  # faces of one tone
_CIRCLE, _LARGEST, _LEAST = 150, 1600, 36  # pixels: of the circle, of a photograph's side, of a face's width
_SHARES = (0.12, 0.2)  # of the longest side, that a circle upon the photograph is wide


def main() -> None:
    """Print, for each place, tone and light, how many of the faces were passed."""
    passed: Counter[tuple[str, str, str]] = Counter()
    tried: Counter[tuple[str, str, str]] = Counter()
    with threadpool_limits(1), Opener() as opener:
        approved = next(path for name, path in masters().items() if not seen(shown(path)))
        register = register_of({approved.name: approved.read_bytes}, opener)
        for tone, face in faces_by_tone():
            for (place, put), (light, exponent) in product(PLACES.items(), LIGHTS.items()):
                body = saved(put(shown(approved), face, exponent), 80)
                verdicts = {part.verdict for part in scan_picture(body, register, opener).parts}
                tried[place, tone, light] += 1
                passed[place, tone, light] += verdicts == {"approved"}
    for place, tone in product(PLACES, TONES):
        counts = (f"  {light} {passed[place, tone, light]} of {tried[place, tone, light]}" for light in LIGHTS)
        print(f"  {place:10} {tone:14}" + "".join(counts))


def faces_by_tone() -> Iterator[tuple[str, Pixels]]:
    """Yield faces of the photographs with a half of their size around them, and their tone, at most MOST of each."""
    found: dict[str, list[Pixels]] = {}
    for path in masters().values():
        pixels = shrink_to_side(shown(path), _LARGEST)
        for x, y, width, height in seen(pixels):
            tone = tone_of(pixels[y + height // 3 : y + 2 * height // 3, x + width // 4 : x + 3 * width // 4])
            if tone is not None and width >= _LEAST and min(x, y) >= 0:
                room = max(width, height) // 2
                made = pixels[max(y - room, 0) : y + height + room, max(x - room, 0) : x + width + room]
                found.setdefault(tone, []).append(made)
    for tone, some in found.items():
        order = chance_of("tone", tone).permutation(len(some))
        yield from ((tone, some[int(at)]) for at in order[:MOST])


def seen(pixels: Pixels) -> list[Box]:
    """Return the faces that the detector sees in a photograph."""
    small = shrink_to_side(pixels, 1280)
    growth = pixels.shape[1] / small.shape[1]
    return [scale_box(box, growth) for box, _ in faces_as_sure(small, LEAST_CONFIDENCE)]


def tone_of(skin: Pixels) -> str | None:
    """Return the tone of these pixels, None where their light is too coloured to tell."""
    lab = cv2.cvtColor(skin.astype(np.float32) / 255, cv2.COLOR_RGB2LAB).reshape(-1, 3)
    lightness, _, yellow = np.median(lab, axis=0)
    angle = float(np.degrees(np.arctan2(lightness - 50, yellow)))
    return [tone for tone, least in TONES.items() if angle >= least][-1] if abs(angle) < 90 else None


def beside(approved: Pixels, face: Pixels, exponent: float) -> Pixels:
    """Return a page with the approved photograph and, in a circle at its right, the face in another light."""
    page = np.full((720, 1280, 3), 245, np.uint8)
    growth = min(900 / approved.shape[1], 680 / approved.shape[0])
    whole = cv2.resize(approved, None, fx=growth, fy=growth, interpolation=cv2.INTER_AREA)
    page[20 : 20 + whole.shape[0], 20 : 20 + whole.shape[1]] = whole
    return _in_circle(page, face, exponent, (1030, 285, _CIRCLE))


def upon(approved: Pixels, face: Pixels, exponent: float) -> Pixels:
    """Return the approved photograph with the face, in another light, in a circle anywhere upon it."""
    chance = chance_of("upon", *face.shape, int(face.sum()))
    made = shrink_to_side(approved, 1280).copy()
    side = round(chance.uniform(*_SHARES) * max(made.shape))
    x, y = int(chance.integers(made.shape[1] - side)), int(chance.integers(made.shape[0] - side))
    return _in_circle(made, face, exponent, (x, y, side))


def _in_circle(page: Pixels, face: Pixels, exponent: float, place: tuple[int, int, int]) -> Pixels:
    """Put a face in another light into a circle of a page."""
    x, y, wide = place
    side = min(face.shape[:2])
    dim = np.rint(255 * (face[:side, :side] / 255) ** exponent).astype(np.uint8)
    small = cv2.resize(dim, (wide, wide), interpolation=cv2.INTER_AREA)
    circle = np.zeros((wide, wide), np.uint8)
    cv2.circle(circle, (wide // 2, wide // 2), wide // 2, 1, -1)
    page[y : y + wide, x : x + wide][circle > 0] = small[circle > 0]
    return page


PLACES = {"beside": beside, "upon": upon}


if __name__ == "__main__":
    main()
