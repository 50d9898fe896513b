"""From files to verdicts: opens each file with care, takes the masters' features, and looks at what was posted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from engines.pictures.decode import FINE_SIDE
from engines.pictures.engine import look
from engines.pictures.features import MASTER_SIDE, hashed, master_features
from engines.pictures.opening import Opener
from engines.pictures.people import UNKNOWN, Seen, faces_in, people_of
from engines.pictures.picture import Part, Pixels, smaller
from engines.pictures.register import Register
from engines.pictures.unreadable import Unreadable

_SHARP = 95  # of 100: what is kept of a master's pixels while a register is at hand
_UNREADABLE = {
    "too_large": "The picture is too large to be looked at safely.",
    "truncated": "The picture's file is broken off.",
    "not_a_picture": "The file is no picture that can be read.",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What is said of one file: its parts, whether it shows people, and its PDQ hash as hexadecimal digits."""

    parts: tuple[Part, ...]
    seen: Seen = UNKNOWN
    pdq: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Album:
    """A register made of files, and which of the files could not be read, by their names."""

    register: Register
    unreadable: Mapping[str, str]


def album_of(names: Iterable[str], read: Callable[[str], bytes], opener: Opener) -> Album:
    """Return the register of these masters; their pixels are kept small and compressed while it is at hand."""
    kept: list[tuple[str, bytes]] = []
    small: dict[str, bytes] = {}
    unreadable: dict[str, str] = {}
    for name in names:
        picture = opener.open(read(name))
        if isinstance(picture, Unreadable):
            unreadable[name] = _UNREADABLE.get(picture.problem, _UNREADABLE["truncated"])
            continue
        with threadpool_limits(1):
            kept.append((name, master_features(picture).to_bytes()))
        small[name] = packed(smaller(picture.pixels, MASTER_SIDE))
    with threadpool_limits(1):
        register = Register.from_features(
            kept, lambda name: unpacked(small[name]), lambda name: seen_closely(read(name), opener)
        )
        return Album(register, unreadable)


def looked_at(body: bytes, register: Register, opener: Opener, *, people: bool = True) -> Looked:
    """Return what is to be said of a posted picture's bytes; `people` switches the detector of faces on."""
    picture = opener.open(body)
    if isinstance(picture, Unreadable):
        why = _UNREADABLE.get(picture.problem, _UNREADABLE["truncated"])
        return Looked((Part("unreadable", why=why),))
    with threadpool_limits(1):
        bits, _ = hashed(picture.pixels)
        faces = faces_in(picture.pixels) if people else None
        parts = look(picture, register, [face.box for face in faces or ()])
        return Looked(parts, people_of(faces, picture.pixels), bits[0].tobytes().hex())


def seen_closely(body: bytes, opener: Opener) -> Pixels | None:
    """Return the pixels of a master's bytes, more of them than its points are found in; None when it cannot be read."""
    picture = opener.open(body, FINE_SIDE)
    return None if isinstance(picture, Unreadable) else picture.pixels


def packed(pixels: Pixels) -> bytes:
    """Return pixels compressed, for as long as they are at hand."""
    _, body = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _SHARP])
    return body.tobytes()


def unpacked(body: bytes) -> Pixels:
    """Return the pixels that `packed` compressed."""
    shown = cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(cv2.cvtColor(shown, cv2.COLOR_BGR2RGB), np.uint8)  # type: ignore[arg-type]
