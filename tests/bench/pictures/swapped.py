"""Another person's face put where an approved photograph shows a face, everything else alike: it must not pass.

Faces are those of the same half that the detector sees; the one put in is of another photograph, turned alike where one
is. Each photograph is cut around a face until that is so large a share of the longest side, and the cut is the master.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from threadpoolctl import threadpool_limits

from engines.pictures.album import scan_picture
from engines.pictures.decoding.sandbox import Opener
from engines.pictures.features.face_detection import Face, detect_faces
from engines.pictures.model import Box
from engines.pictures.picture import Pixels, shrink_to_side
from tests.bench.pictures.dev import Half, half_of, masters
from tests.bench.pictures.made import MASTER_QUALITY, chance_of, shown
from tests.bench.pictures.measure import register_of
from tests.bench.pictures.posting import WAYS, saved

SHARES = {"3 %": 0.03, "5 %": 0.05, "8 %": 0.08, "15 %": 0.15, "30 %": 0.3}  # of the longest side
HOW = ("sharp", "feathered", "sharp, toned", "feathered, toned", "blended", "lighter skin", "darker skin")
POSTED = tuple(way for way in WAYS if way not in ("banner_text", "combo_hard", "sticker_cover", "crop_20_40"))
_LARGEST, _LEAST_SIDE = 1600, 256  # pixels of a photograph's longest side, and of a cut's
MOST = 6  # faces of one photograph
_LEAST_FACE = 12  # pixels of a face in the post, below which nobody is known by it
_HEAD = (1.25, 1.3)  # of a face's box: with the hair that frames it


@dataclass(frozen=True, slots=True, eq=False)
class SwappedCase:
    """A master, and a post of it in which a face is another's; `box` is the face in the master."""

    name: str
    share: str
    how: str
    way: str
    master: Pixels
    swapped: Pixels
    box: Box


def main(half: Half, every: int) -> None:
    """Print how many posts with another's face were passed, by its size, how it was put in and how it was posted."""
    passed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    with threadpool_limits(1), Opener() as opener:
        for case in swapped_cases(half, every):
            register = register_of({case.name: lambda case=case: saved(case.master, MASTER_QUALITY)}, opener)
            chance = chance_of("post", case.name, case.share, case.how)
            body = saved(WAYS[case.way](case.swapped, chance), int(chance.integers(60, 86)))
            is_passed = all(part.verdict == "approved" for part in scan_picture(body, register, opener).parts)
            for counted in (f"size {case.share}", case.how, case.way, "all"):
                tried[counted] += 1
                passed[counted] += is_passed
    for name, many in sorted(tried.items()):
        print(f"  {name:20} passed {passed[name]:4} of {many}")


def swapped_cases(half: Half, every: int) -> Iterator[SwappedCase]:
    """Yield one case in `every` of the faces of each size in each photograph, and of the ways of HOW."""
    found = [
        (name, pixels, face) for name, pixels in _photographs(half) for face in (detect_faces(pixels) or ())[:MOST]
    ]
    heads = [(name, _cut(pixels, _head(face.box)), face) for name, pixels, face in found if face.box[2] >= 24]
    number = 0
    for name, pixels, face in found:
        for share, wanted in SHARES.items():
            cut = _cut_to_share(pixels, face.box, wanted)
            if cut is None:
                continue
            for how in HOW:
                number += 1
                chance = chance_of("swap", name, *face.box, share, how)
                way = str(chance.choice(POSTED))
                if number % every or face.box[2] * _shrinks(way, cut[0].shape) < _LEAST_FACE:
                    continue
                donor = _donor(heads, name, face, chance)
                if donor is not None:
                    made = swapped(*cut, how, donor)
                    yield SwappedCase(f"{name} {face.box}", share, how, way, cut[0], made, cut[1])


def _photographs(half: Half) -> Iterator[tuple[str, Pixels]]:
    for name, path in masters().items():
        if half_of(name) == half and not name.startswith(("redacted", "cropped", "poster")):
            yield name, shrink_to_side(shown(path), _LARGEST)


def _cut_to_share(pixels: Pixels, face: Box, share: float) -> tuple[Pixels, Box] | None:
    """Return the photograph cut around a face so that it is this share of the longest side, and the face in it."""
    high, wide = pixels.shape[:2]
    shrink = min(face[2] / share / max(high, wide), 1.0)
    if face[2] < 0.75 * share * max(high, wide) * shrink or max(high, wide) * shrink < _LEAST_SIDE:
        return None
    width, height = round(wide * shrink), round(high * shrink)
    left = int(np.clip(face[0] + face[2] // 2 - width // 2, 0, wide - width))
    top = int(np.clip(face[1] + face[3] // 2 - height // 2, 0, high - height))
    x, y = face[0] - left, face[1] - top
    head = _head((x, y, *face[2:]))
    if min(head[:2]) < 0 or head[0] + head[2] > width or head[1] + head[3] > height:
        return None
    return pixels[top : top + height, left : left + width].copy(), (x, y, *face[2:])


def _shrinks(way: str, shape: tuple[int, ...]) -> float:
    """Return how many times as large as it was a photograph is in a post."""
    room = {"letterbox_480x360": (480, 360), "yt_thumb_320x180": (320, 180), "crop_1x1": (1080, 1080)}.get(way)
    return min(1.0, room[0] / shape[1], room[1] / shape[0]) if room else min(1.0, 680 / max(shape))


def _head(face: Box) -> Box:
    x, y, width, height = face
    wide, high = round(width * _HEAD[0]), round(height * _HEAD[1])
    return x - (wide - width) // 2, y - (high - height) * 3 // 4, wide, high


def _cut(pixels: Pixels, box: Box) -> Pixels:
    x, y, width, height = box
    return pixels[max(y, 0) : max(y, 0) + height, max(x, 0) : max(x, 0) + width]


def _donor(heads: list[tuple[str, Pixels, Face]], name: str, face: Face, chance: Generator) -> Pixels | None:
    """Return the head of somebody in another photograph, with pixels enough, turned alike where one is."""
    large = [(pixels, other) for of, pixels, other in heads if of != name and other.box[2] >= 0.7 * face.box[2]]
    alike = [pixels for pixels, other in large if other.facing == face.facing] or [pixels for pixels, _ in large]
    return alike[int(chance.integers(len(alike)))] if alike else None


def swapped(pixels: Pixels, face: Box, how: str, donor: Pixels) -> Pixels:
    """Return the pixels with the face as `how` says: another's, or its own in another skin tone."""
    x, y, width, height = _head(face)
    there = pixels[y : y + height, x : x + width]
    if how.endswith("skin"):
        light = 255 * (there / 255) ** (0.55 if how.startswith("lighter") else 2.0)
        put = light.astype(np.uint8)
    else:
        put = np.asarray(cv2.resize(donor, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    if how.endswith("toned"):
        put = _toned(put, there)
    oval = np.zeros((height, width), np.uint8)
    cv2.ellipse(oval, (width // 2, height // 2), (width // 2 - 1, height // 2 - 1), 0, 0, 360, 255, -1, cv2.LINE_AA)
    if how == "blended":
        middle = (x + width // 2, y + height // 2)
        return np.asarray(cv2.seamlessClone(put, pixels, oval, middle, cv2.NORMAL_CLONE), np.uint8)
    if how.startswith("feathered"):
        inner = np.asarray(cv2.erode(oval, np.ones((max(width // 6, 1) | 1,) * 2, np.uint8)), np.uint8)
        oval = np.asarray(cv2.GaussianBlur(inner, (0, 0), max(width / 14, 0.7)), np.uint8)
    weight = oval[..., None].astype(np.float32) / 255
    made = pixels.copy()
    made[y : y + height, x : x + width] = np.rint(weight * put + (1 - weight) * there)
    return made


def _toned(pixels: Pixels, like: Pixels) -> Pixels:
    """Return pixels with the mean and the spread of others, in each channel of CIE Lab."""
    own, other = (cv2.cvtColor(each.astype(np.float32) / 255, cv2.COLOR_RGB2LAB) for each in (pixels, like))
    moved = [(each.mean(axis=(0, 1)), each.std(axis=(0, 1)) + 1e-3) for each in (own, other)]
    lab = (own - moved[0][0]) * (moved[1][1] / moved[0][1]) + moved[1][0]
    return np.rint(np.clip(cv2.cvtColor(lab.astype(np.float32), cv2.COLOR_LAB2RGB), 0, 1) * 255).astype(np.uint8)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures what is said of another's face in an approved photograph.")
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    parser.add_argument("--every", type=int, default=1, help="one in so many")
    given = parser.parse_args()
    main(given.half, given.every)
