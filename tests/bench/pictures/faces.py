"""Faces hidden in masters, as a school hides them, by their size: which are told when they are shown.

The faces to hide are found in tiles of the photograph at twice its size, where the detector sees far smaller ones than
the engine does at any size that it looks at; so a face that the engine does not see is counted too.
"""

import argparse
from collections import Counter
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.random import Generator
from threadpoolctl import threadpool_limits

from engines.pictures.album import scan_picture
from engines.pictures.decoding.sandbox import Opener
from engines.pictures.features.face_detection import LEAST_CONFIDENCE, detect_faces, faces_as_sure
from engines.pictures.model import Box
from engines.pictures.picture import Pixels, shrink_to_side
from tests.bench.pictures.dev import Half, half_of, masters
from tests.bench.pictures.made import MASTER_QUALITY, chance_of, shown
from tests.bench.pictures.measure import register_of
from tests.bench.pictures.posting import WAYS, saved
from tests.bench.pictures.showing import HIDING, covered

LARGEST = 1600  # pixels of a master's longest side
LEAST = 14  # pixels of a face's width
MOST = 3  # faces of one size in one photograph
SIZES = {"1.5-3": 0.015, "3-5": 0.03, "5-8": 0.05, "8-15": 0.08, "15-": 0.15}  # per cent of the longest side, from
HOW = (*HIDING, "chequered finely", "blurred half", "painted out", "one colour")
POSTED = ("reencode", "resize_1200x675", "crop_5_15", "filter_mild")
_TILE, _STEP = 640, 480  # pixels of the photograph at twice its size


def main(half: Half, every: int) -> None:
    """Print how many uncovered faces were passed, and how many posts of the master itself were not approved."""
    passed: Counter[tuple[str, str]] = Counter()
    tried: Counter[tuple[str, str]] = Counter()
    with threadpool_limits(1), Opener() as opener:
        for size, how, is_post, is_approved in judged(half, every, opener):
            for name in (size, how):
                what = "shown, passed" if is_post else "hidden still, not approved"
                tried[name, what] += 1
                passed[name, what] += is_approved == is_post
    for name, what in sorted(tried):
        print(f"  {name:20} {what:28} {passed[name, what]:4} of {tried[name, what]}")


def judged(half: Half, every: int, opener: Opener) -> Iterator[tuple[str, str, bool, bool]]:
    """Yield the size of a face, how it was hidden, whether the post shows it, and whether the post was approved."""
    number = 0
    for name, path in masters().items():
        if half_of(name) != half or name.startswith(("redacted", "cropped", "poster")):
            continue
        pixels = shrink_to_side(shown(path), LARGEST)
        for size, face in _faces_by_size(pixels, name):
            for how in HOW:
                number += 1
                if number % every:
                    continue
                chance = chance_of("hide", name, *face, how)
                master = hidden(pixels, how, face, chance)
                register = register_of({name: lambda master=master: saved(master, MASTER_QUALITY)}, opener)
                way, seed = str(chance.choice(POSTED)), int(chance.integers(1 << 30))
                for of in (pixels, master):
                    body = saved(WAYS[way](of, np.random.default_rng(seed)), int(chance.integers(60, 86)))
                    parts = scan_picture(body, register, opener).parts
                    yield size, how, of is pixels, all(part.verdict == "approved" for part in parts)


def hidden(pixels: Pixels, how: str, box: Box, chance: Generator) -> Pixels:
    """Return the pixels with a face hidden in one of the ways of HOW."""
    if how in HIDING:
        return covered(pixels, how, box, chance)
    made, (x, y, width, height) = pixels.copy(), box
    part = made[y : y + height, x : x + width]
    if how == "chequered finely":
        squares = min(int(chance.integers(8, 16)), max(width // 2, 3))
        small = cv2.resize(part, (squares, max(round(squares * height / width), 2)), interpolation=cv2.INTER_AREA)
        part[:] = cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
    elif how == "blurred half":
        part[:] = cv2.GaussianBlur(made, (0, 0), width / chance.uniform(7, 10))[y : y + height, x : x + width]
    else:
        oval = np.zeros(made.shape[:2], np.uint8)
        cv2.ellipse(oval, (x + width // 2, y + height // 2), (width // 2, height // 2), 0, 0, 360, 255, -1)
        if how == "painted out":
            return np.asarray(cv2.inpaint(made, oval, 3, cv2.INPAINT_TELEA), np.uint8)
        made[oval > 0] = part.reshape(-1, 3).mean(axis=0).astype(np.uint8)
    return made


def _faces_by_size(pixels: Pixels, name: str) -> Iterator[tuple[str, Box]]:
    """Yield a few of the faces of each size, each with the edge of the hair around it."""
    high, wide = pixels.shape[:2]
    by_size: dict[str, list[Box]] = {}
    for x, y, width, height in labelled(pixels):
        size = [known for known, least in SIZES.items() if width >= least * max(high, wide)]
        box = (x - width // 10, y - height // 10, round(width * 1.2), round(height * 1.2))
        if size and width >= LEAST and min(box[:2]) >= 0 and box[0] + box[2] <= wide and box[1] + box[3] <= high:
            by_size.setdefault(size[-1], []).append(box)
    for size, boxes in by_size.items():
        order = chance_of("pick", name, size).permutation(len(boxes))
        yield from ((size, boxes[int(at)]) for at in order[:MOST])


def labelled(pixels: Pixels) -> list[Box]:
    """Return the faces that are seen in tiles at twice the size, and the large ones that are seen in the whole."""
    double = np.asarray(cv2.resize(pixels, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)
    boxes = [face.box for face in detect_faces(pixels) or ()]
    for top in range(0, max(double.shape[0] - _TILE // 3, 1), _STEP):
        for left in range(0, max(double.shape[1] - _TILE // 3, 1), _STEP):
            tile = np.ascontiguousarray(double[top : top + _TILE, left : left + _TILE])
            for (x, y, width, height), _ in faces_as_sure(tile, LEAST_CONFIDENCE):
                if min(x, y) > 2 and x + width < tile.shape[1] - 2 and y + height < tile.shape[0] - 2:
                    boxes.append(((x + left) // 2, (y + top) // 2, width // 2, height // 2))
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda box: -box[2] * box[3]):
        x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
        if not any(a <= x < a + wide and b <= y < b + high for a, b, wide, high in kept):
            kept.append(box)
    return kept


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures what is said of faces that masters hide.")
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    parser.add_argument("--every", type=int, default=1, help="of the faces hidden, one in so many")
    given = parser.parse_args()
    main(given.half, given.every)
