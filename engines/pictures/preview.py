"""Makes a small picture to be shown to a person, from decoded pixels alone: nothing else of the file comes along."""

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

from engines.pictures.features.descriptors import master_features
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import Box
from engines.pictures.picture import DecodedPicture, shrink_to_side
from engines.pictures.recognition import find_masters
from engines.pictures.threads import on_one_thread

PREVIEW_SIDE = 640
MEDIA_TYPE = "image/webp"
_QUALITY = 80  # of 100
_ALL, _HARDLY = (0.0, 0.0, 1.0, 1.0), 0.02  # of a side: what lies as near to every edge is the whole picture

Fractions = tuple[float, float, float, float]  # left, top, right, bottom
Registration = tuple[float, float, float, float, float, float]  # x becomes a x + b y + c, and y becomes d x + e y + f


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """The bytes of a picture that was made small, and the size of the file that it was made of."""

    body: bytes
    width: int
    height: int


def small_picture(picture: DecodedPicture, side: int = PREVIEW_SIDE) -> SmallPicture:
    """Return a picture to be shown, of so many pixels a side: its own compressed anew, without any metadata."""
    made = io.BytesIO()
    pixels = shrink_to_side(picture.pixels, side)
    Image.fromarray(pixels).save(made, "WEBP", quality=_QUALITY)
    return SmallPicture(made.getvalue(), picture.width, picture.height)


@on_one_thread()
def registration_of(posted: bytes, approved: bytes) -> Registration | None:
    """Return how one small picture lies in another, both made by `small_picture`; None where it is not found there."""
    master, picture = _opened(approved), _opened(posted)
    features = master_features(master, people=False)
    register = MasterIndex.from_features([("approved", features.to_bytes())], lambda _: master.pixels)
    found = find_masters(picture, register)
    if not found.masters:
        return None
    placing = found.masters[0].match.map  # from pixel to pixel, each counted from its middle
    size, whole = np.array([features.width, features.height]), np.array(found.posted.shape[1::-1])
    turn = placing[:, :2] * size / whole[:, None]
    shift = (placing[:, 2] + 0.5 - placing[:, :2].sum(axis=1) / 2) / whole
    a, b, c, d, e, f = (round(float(value), 6) for value in np.column_stack([turn, shift]).ravel())
    return a, b, c, d, e, f


def boxes_of(new_area: str, where: Box | None, size: tuple[int, int]) -> tuple[Fractions, ...]:
    """Return where a part is new, or else where it lies unless that is all of it, in a picture of this size.

    `new_area` is as it is kept with a part: boxes with `;` between them, and `,` between their numbers.
    """
    if new := [_box(text) for text in new_area.split(";") if text]:
        return tuple(as_fractions(box, size) for box in new)
    lies = as_fractions(where, size) if where else _ALL
    return () if max(abs(edge - whole) for edge, whole in zip(lies, _ALL, strict=True)) < _HARDLY else (lies,)


def as_fractions(box: Box, size: tuple[int, int]) -> Fractions:
    """Return a box of a picture of this width and height as fractions of it, cut off at its edges."""
    left, top, width, height = box
    wide, high = size
    return _share(left, wide), _share(top, high), _share(left + width, wide), _share(top + height, high)


def around(boxes: tuple[Fractions, ...]) -> Fractions | None:
    """Return the smallest box round all of these; None where there are none."""
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _box(text: str) -> Box:
    left, top, width, height = (int(number) for number in text.split(","))
    return left, top, width, height


def _opened(body: bytes) -> DecodedPicture:
    with Image.open(io.BytesIO(body), formats=("WEBP",)) as image:
        pixels = np.asarray(image.convert("RGB"), np.uint8)
    return DecodedPicture(pixels, image.width, image.height)


def _share(place: int, whole: int) -> float:
    return round(min(max(place / whole, 0.0), 1.0), 5)
