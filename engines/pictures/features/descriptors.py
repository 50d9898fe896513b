"""What a picture is remembered by: a PDQ hash, and a few hundred points with a description of their surroundings.

The points are SIFT's, described as RootSIFT; the bytes made of them hold no picture, and are made once for each master.
"""

import struct
from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np

from engines.pictures.features.face_detection import Face, detect_faces
from engines.pictures.features.pdq import Bits, pdq_hashes
from engines.pictures.model import Box
from engines.pictures.picture import DecodedPicture, Mask, Numbers, Pixels, grey, shrink_to_side
from engines.pictures.threads import on_one_thread

FORMAT = 5  # raise it when the points or their bytes change: kept features of another form are made anew
_STRETCHED = 4  # the form before, whose faces lie in pixels stretched to multiples of 32: they are put back
_WITHOUT_FACES = 3  # the form before faces were kept, which is read as it is: nobody has looked for faces in it
MASTER_SIDE, MASTER_POINTS = 640, 700
POSTED_SIDE, POSTED_POINTS = 448, 450
GLANCE_SIDE, GLANCE_POINTS = 288, 280  # the first look, which is enough for most
_HEAD = struct.Struct("<BBHHH32s")
_PLACES = 4  # x, y, size, angle
_COUNT, _FACE = struct.Struct("<H"), struct.Struct("<hhHHB")
_NOBODY_LOOKED = 0xFFFF  # instead of a count of faces
_SHARPEST, _EDGE = 0.02, 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Keypoints:
    """Points of a picture: `places` holds x, y, size and angle (degrees), `described` 128 bytes for each."""

    places: Numbers
    descriptors: Pixels

    def __len__(self) -> int:
        return len(self.places)

    def subset(self, chosen: np.ndarray) -> "Keypoints":
        """Return the chosen points."""
        return Keypoints(self.places[chosen], self.descriptors[chosen])

    def within(self, ground: Mask) -> "Keypoints":
        """Return the points that lie on this ground."""
        places, last = np.rint(self.places[:, :2]).astype(int), [ground.shape[1] - 1, ground.shape[0] - 1]
        across, down = np.clip(places, 0, last).T
        return self.subset(np.flatnonzero(ground[down, across]))

    def scaled(self, growth: float) -> "Keypoints":
        """Return the same points in a picture so many times as large."""
        moved = self.places.copy()
        moved[:, :2] = (moved[:, :2] + 0.5) * growth - 0.5
        moved[:, 2] *= growth
        return Keypoints(moved, self.descriptors)


@dataclass(frozen=True, slots=True, eq=False)
class PictureFeatures:
    """A master's features; places are in its own pixels at most MASTER_SIDE a side; None where nobody sought faces."""

    width: int
    height: int
    quality: int
    bits: Bits
    points: Keypoints
    faces: tuple[Face, ...] | None = None

    def to_bytes(self) -> bytes:
        """Return the features in the form in which they are kept."""
        head = _HEAD.pack(FORMAT, self.quality, self.width, self.height, len(self.points), self.bits.tobytes())
        points = self.points.places.astype("<f4").tobytes() + self.points.descriptors.tobytes()
        return head + points + _packed_faces(self.faces)

    @staticmethod
    def is_current(body: bytes) -> bool:
        """Say whether kept features are of the form that this engine reads."""
        return body[:1] in {bytes([form]) for form in (FORMAT, _STRETCHED, _WITHOUT_FACES)}

    @classmethod
    def from_bytes(cls, body: bytes) -> Self:
        """Return the features that `to_bytes` wrote; a ValueError when they are of another form."""
        form, quality, width, height, count, bits = _HEAD.unpack_from(body)
        ends = _HEAD.size + count * _PLACES * 4
        faces_at = ends + count * 128
        if not cls.is_current(body) or len(body) < faces_at or (form == _WITHOUT_FACES and len(body) != faces_at):
            raise ValueError("These features are of another form; make them anew.")
        places = np.frombuffer(body, "<f4", count * _PLACES, _HEAD.size).reshape(count, _PLACES)
        described = np.frombuffer(body, np.uint8, count * 128, ends).reshape(count, 128)
        faces = None if form == _WITHOUT_FACES else _unpacked_faces(body[faces_at:])
        if faces is not None and form == _STRETCHED:
            faces = tuple(Face(_put_back(face.box, width, height), face.facing) for face in faces)
        return cls(width, height, quality, np.frombuffer(bits, np.uint64), Keypoints(places, described), faces)


def _packed_faces(faces: tuple[Face, ...] | None) -> bytes:
    if faces is None:
        return _COUNT.pack(_NOBODY_LOOKED)
    return _COUNT.pack(len(faces)) + b"".join(_FACE.pack(*face.box, face.facing) for face in faces)


def _unpacked_faces(body: bytes) -> tuple[Face, ...] | None:
    """Return the faces that `_packed_faces` wrote; a ValueError when there are more or fewer bytes than it writes."""
    (count,) = _COUNT.unpack_from(body) if len(body) >= _COUNT.size else (0,)
    looked = count != _NOBODY_LOOKED
    if len(body) != _COUNT.size + (count * _FACE.size if looked else 0):
        raise ValueError("These features are of another form; make them anew.")
    rows = _FACE.iter_unpack(body[_COUNT.size :])
    return tuple(Face((x, y, wide, high), bool(facing)) for x, y, wide, high, facing in rows) if looked else None


def _put_back(box: Box, width: int, height: int) -> Box:
    """Return a box of pixels that were stretched to multiples of 32 as a box of those of this width and height."""
    across, down = width / (width + -width % 32), height / (height + -height % 32)
    return round(box[0] * across), round(box[1] * down), round(box[2] * across), round(box[3] * down)


@on_one_thread()
def master_features(picture: DecodedPicture, *, people: bool = False) -> PictureFeatures:
    """Return the features of an approved master; with `people` its faces too, where the detector is installed."""
    pixels = shrink_to_side(picture.pixels, MASTER_SIDE)
    bits, quality = pdq_hashes(pixels)
    height, width = pixels.shape[:2]
    faces = detect_faces(pixels) if people else None
    points = keypoints(pixels, MASTER_POINTS)
    return PictureFeatures(width, height, quality, bits[0], points, None if faces is None else tuple(faces))


def glance_keypoints(posted: Pixels) -> Keypoints:
    """Return few points of the picture made small, at their places in the picture as it is."""
    small = shrink_to_side(posted, GLANCE_SIDE)
    return keypoints(small, GLANCE_POINTS).scaled(posted.shape[1] / small.shape[1])


def keypoints(pixels: Pixels, most: int) -> Keypoints:
    """Return the strongest points of a picture, in a settled order."""
    detector = cv2.SIFT.create(most, 3, _SHARPEST, _EDGE, 1.6)
    detected, described = detector.detectAndCompute(grey(pixels), None)
    if described is None or not len(detected):
        return Keypoints(np.zeros((0, _PLACES), np.float32), np.zeros((0, 128), np.uint8))
    places = np.array([(*point.pt, point.size, point.angle) for point in detected], dtype=np.float32)[:most]
    shares = described[:most] / np.maximum(described[:most].sum(axis=1, keepdims=True), 1e-6)
    rooted = np.rint(np.sqrt(shares) * 255).astype(np.uint8)
    order = np.lexsort((places[:, 3], places[:, 1], places[:, 0]))
    return Keypoints(places[order], rooted[order])


_MIRRORED_ORDER = np.array(
    [(3 - row) * 32 + column * 8 + (8 - way) % 8 for row in range(4) for column in range(4) for way in range(8)]
)


def mirror_keypoints(points: Keypoints, width: int) -> Keypoints:
    """Return the points of the picture seen in a mirror, without looking at it again."""
    places = points.places.copy()
    places[:, 0] = width - 1 - places[:, 0]
    places[:, 3] = (180 - places[:, 3]) % 360
    return Keypoints(places, points.descriptors[:, _MIRRORED_ORDER])
