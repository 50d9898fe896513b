"""What a picture is remembered by: a PDQ hash, and a few hundred points with a description of their surroundings.

The points are SIFT's, described as RootSIFT; the bytes made of them hold no picture, and are made once for each master.
"""

import struct
from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
import pdqhash

from engines.pictures.picture import Numbers, Picture, Pixels, grey, smaller

FORM = 3  # raise it when the points or their bytes change: kept features of another form are made anew
MASTER_SIDE, MASTER_POINTS = 640, 700
POSTED_SIDE, POSTED_POINTS = 448, 450
GLANCE_SIDE, GLANCE_POINTS = 288, 280  # the first look, which is enough for most
HASH_SIDE = 256
_HEAD = struct.Struct("<BBHHH32s")
_PLACES = 4  # x, y, size, angle
_SHARPEST, _EDGE = 0.02, 10.0

Bits = np.ndarray[tuple[int, ...], np.dtype[np.uint64]]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Points of a picture: `places` holds x, y, size and angle (degrees), `described` 128 bytes for each."""

    places: Numbers
    described: Pixels

    def __len__(self) -> int:
        return len(self.places)

    def only(self, chosen: np.ndarray) -> "Points":
        """Return the chosen points."""
        return Points(self.places[chosen], self.described[chosen])

    def grown(self, growth: float) -> "Points":
        """Return the same points in a picture so many times as large."""
        moved = self.places.copy()
        moved[:, :2] = (moved[:, :2] + 0.5) * growth - 0.5
        moved[:, 2] *= growth
        return Points(moved, self.described)


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """A master's features; places are in its own pixels at most MASTER_SIDE a side."""

    width: int
    height: int
    quality: int
    bits: Bits
    points: Points

    def to_bytes(self) -> bytes:
        """Return the features in the form in which they are kept."""
        head = _HEAD.pack(FORM, self.quality, self.width, self.height, len(self.points), self.bits.tobytes())
        return head + self.points.places.astype("<f4").tobytes() + self.points.described.tobytes()

    @staticmethod
    def is_current(body: bytes) -> bool:
        """Say whether kept features are of the form that this engine reads."""
        return body[:1] == bytes([FORM])

    @classmethod
    def from_bytes(cls, body: bytes) -> Self:
        """Return the features that `to_bytes` wrote; a ValueError when they are of another form."""
        form, quality, width, height, count, bits = _HEAD.unpack_from(body)
        ends = _HEAD.size + count * _PLACES * 4
        if form != FORM or len(body) != ends + count * 128:
            raise ValueError("These features are of another form; make them anew.")
        places = np.frombuffer(body, "<f4", count * _PLACES, _HEAD.size).reshape(count, _PLACES)
        described = np.frombuffer(body, np.uint8, count * 128, ends).reshape(count, 128)
        return cls(width, height, quality, np.frombuffer(bits, np.uint64), Points(places, described))


def master_features(picture: Picture) -> Features:
    """Return the features of an approved master."""
    pixels = smaller(picture.pixels, MASTER_SIDE)
    bits, quality = hashed(pixels)
    height, width = pixels.shape[:2]
    return Features(width, height, quality, bits[0], points_of(pixels, MASTER_POINTS))


def hashed(pixels: Pixels) -> tuple[Bits, int]:
    """Return the PDQ hashes of the eight ways to turn and mirror a picture, the unturned first, and the quality."""
    forms, quality = pdqhash.compute_dihedral(smaller(pixels, HASH_SIDE))
    packed = np.packbits(np.asarray(forms, dtype=np.uint8), axis=1)
    return np.ascontiguousarray(packed).view(np.uint64), int(quality)


def points_of(pixels: Pixels, most: int) -> Points:
    """Return the strongest points of a picture, in a settled order."""
    finder = cv2.SIFT.create(most, 3, _SHARPEST, _EDGE, 1.6)
    found, described = finder.detectAndCompute(grey(pixels), None)
    if described is None or not len(found):
        return Points(np.zeros((0, _PLACES), np.float32), np.zeros((0, 128), np.uint8))
    places = np.array([(*one.pt, one.size, one.angle) for one in found], dtype=np.float32)[:most]
    shares = described[:most] / np.maximum(described[:most].sum(axis=1, keepdims=True), 1e-6)
    rooted = np.rint(np.sqrt(shares) * 255).astype(np.uint8)
    order = np.lexsort((places[:, 3], places[:, 1], places[:, 0]))
    return Points(places[order], rooted[order])


_MIRRORED = np.array(
    [(3 - row) * 32 + column * 8 + (8 - way) % 8 for row in range(4) for column in range(4) for way in range(8)]
)


def mirrored(points: Points, width: int) -> Points:
    """Return the points of the picture seen in a mirror, without looking at it again."""
    places = points.places.copy()
    places[:, 0] = width - 1 - places[:, 0]
    places[:, 3] = (180 - places[:, 3]) % 360
    return Points(places, points.described[:, _MIRRORED])
