"""From files to verdicts: opens each file with care, takes the masters' features, and looks at what was posted."""

import hashlib
import os
import tempfile
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np

from engines.pictures.decoding.decode import SIDE
from engines.pictures.decoding.sandbox import Opener
from engines.pictures.features.descriptors import MASTER_SIDE, master_features
from engines.pictures.features.face_detection import UNKNOWN, FaceSummary, detect_faces, faces_as_sure, summarise_faces
from engines.pictures.features.pdq import pdq_hashes
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import PicturePart
from engines.pictures.picture import FINE_SIDE, DecodedPicture, Pixels, UnreadablePicture, shrink_to_side
from engines.pictures.recognition import recognise
from engines.pictures.threads import on_one_thread

_JPEG_QUALITY = 95  # of 100: what is kept of a master's pixels while a register is at hand


@dataclass(frozen=True, slots=True)
class ScannedPicture:
    """What is said of one file: its parts, whether it shows people, and its PDQ hash as hexadecimal digits."""

    parts: tuple[PicturePart, ...]
    faces: FaceSummary = UNKNOWN
    pdq: str | None = None
    is_final: bool = True  # not so where only time ran out, which another run may have


@dataclass(frozen=True, slots=True, eq=False)
class Album:
    """A register made of files, and which of the files could not be read, by their names."""

    register: MasterIndex
    unreadable: Mapping[str, str]


class _BytesAside:
    """Bytes put aside in a file that has no name and is gone with this object: memory would not hold them all."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this object
        self._end = 0
        weakref.finalize(self, self._file.close)

    def put(self, body: bytes) -> Callable[[], bytes]:
        """Put bytes aside; return a way to read them."""
        self._file.write(body)
        self._file.flush()
        start, self._end = self._end, self._end + len(body)
        return partial(self._read, start, len(body))

    def _read(self, start: int, size: int) -> bytes:
        return os.pread(self._file.fileno(), size, start)


def open_album(
    names: Iterable[str],
    read: Callable[[str], bytes],
    opener: Opener,
    *,
    people: bool = True,
    kept: Mapping[str, bytes] | None = None,
) -> Album:
    """Return the register of these masters.

    Their features and pixels, small and compressed, lie in a file without a name for as long as it is at hand.
    A file of which features are `kept`, by the SHA-256 of its bytes, is not opened before its pixels are asked for.
    """
    aside = _BytesAside()
    features: list[tuple[str, Callable[[], bytes]]] = []
    compressed: dict[str, Callable[[], bytes]] = {}
    unreadable: dict[str, str] = {}
    for name in names:
        body = read(name)
        if known := (kept or {}).get(hashlib.sha256(body).hexdigest()):
            features.append((name, aside.put(known)))
            continue
        picture = opener.open(body)
        if isinstance(picture, UnreadablePicture):
            unreadable[name] = picture.why
            continue
        features.append((name, aside.put(master_features(picture, people=people).to_bytes())))
        compressed[name] = aside.put(compress_pixels(shrink_to_side(picture.pixels, MASTER_SIDE)))

    def see(name: str) -> Pixels | None:
        return decompress_pixels(compressed[name]()) if name in compressed else _pixels(read(name), opener)

    register = MasterIndex.from_features(features, see, lambda name: _pixels(read(name), opener, FINE_SIDE))
    return Album(register, unreadable)


@on_one_thread()
def scan_picture(body: bytes, register: MasterIndex, opener: Opener, *, people: bool = True) -> ScannedPicture:
    """Return what is to be said of a posted picture's bytes; `people` switches the detector of faces on.

    Of a picture that moves every frame that shows something else is looked at.
    """
    picture = opener.open(body)
    if isinstance(picture, UnreadablePicture):
        return ScannedPicture((PicturePart("unreadable", why=picture.why),), is_final=picture.problem != "too_slow")
    bits, _ = pdq_hashes(picture.pixels)
    first = _scan_frame(picture, register, bits[0].tobytes().hex(), people=people)
    for frame in opener.later_frames(body) if picture.moves else ():
        first = _with_later_frame(first, frame, register, people=people)
    return first


def _scan_frame(picture: DecodedPicture, register: MasterIndex, pdq: str, *, people: bool) -> ScannedPicture:
    seen = recognise(picture, register, faces_as_sure if people else None)
    if not people:
        return ScannedPicture(seen.parts, UNKNOWN, pdq)
    faces = detect_faces(picture.pixels) if seen.faces is None else seen.faces
    return ScannedPicture(seen.parts, summarise_faces(faces, picture.pixels), pdq)


def _with_later_frame(
    before: ScannedPicture, frame: DecodedPicture | UnreadablePicture, register: MasterIndex, *, people: bool
) -> ScannedPicture:
    """Return a scan with what a later frame shows besides: another photograph, or something not approved."""
    if isinstance(frame, UnreadablePicture):
        parts = (*before.parts, PicturePart("unreadable", why=frame.why))
        return replace(before, parts=parts, is_final=before.is_final and frame.problem != "too_slow")
    scan = _scan_frame(frame, register, before.pdq or "", people=people)
    named = {(part.verdict, part.master_id, part.why) for part in before.parts}
    new = [part for part in scan.parts if (part.verdict, part.master_id, part.why) not in named]
    return replace(before, parts=(*before.parts, *new), faces=_more_faces(before.faces, scan.faces))


def _more_faces(first: FaceSummary, second: FaceSummary) -> FaceSummary:
    shares = [faces.face_share for faces in (first, second) if faces.face_share is not None]
    people = "yes" if "yes" in {first.people, second.people} else first.people
    return FaceSummary(people, max(shares, default=None))


def fine_pixels(body: bytes, opener: Opener) -> Pixels | None:
    """Return the pixels of a master's bytes, more of them than its points are found in; None when it cannot be read."""
    return _pixels(body, opener, FINE_SIDE)


def _pixels(body: bytes, opener: Opener, side: int = SIDE) -> Pixels | None:
    picture = opener.open(body, side)
    return None if isinstance(picture, UnreadablePicture) else picture.pixels


def compress_pixels(pixels: Pixels) -> bytes:
    """Return pixels compressed, for as long as they are at hand."""
    _, body = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    return body.tobytes()


def decompress_pixels(body: bytes) -> Pixels:
    """Return the pixels that `compress_pixels` compressed."""
    bgr = cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)  # type: ignore[arg-type]
