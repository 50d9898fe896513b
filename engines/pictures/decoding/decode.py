"""Makes pixels of a picture's bytes, which are hostile until they have been decoded: few formats, limits, one frame."""

import io
import logging
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pillow_heif
from PIL import Image, ImageFile, UnidentifiedImageError

from engines.pictures.picture import DecodedPicture, Pixels, UnreadablePicture, grey, shrink_to_side

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
MOVING = frozenset({"PNG", "WEBP", "GIF", "AVIF"})  # of which a file may hold more than one frame to be shown
MOST_BYTES = 40_000_000
MOST_PIXELS = 80_000_000
MOST_JPEG_PIXELS = 250_000_000  # a camera's JPEG is decoded at an eighth of its size, and takes little room
MOST_SIDE = 30_000
MOST_FRAMES, MOST_LATER = 2_000, 30  # frames of a moving picture that are read, and that show something else
SIDE = 640
_LIKENESS_SIDE, _ELSE = 160, 12  # pixels a side at which frames are compared; grey levels from which one differs
_DRAFT_SHARE = 0.84  # of the side asked for: a JPEG whose half, quarter or eighth is as large as that is decoded so
_SIDEWAYS = frozenset({5, 6, 7, 8})  # Exif's ways to hold a camera that swap width and height
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)
_BROKEN_TOO = (AttributeError, AssertionError, OverflowError, ZeroDivisionError, RuntimeError, RecursionError)
_GPS = 0x8825  # the Exif tag of the GPS directory (Exif 2.32, table 4)
_LATITUDE, _LONGITUDE = 2, 4  # tags within it (table 15)
_XMP_MARKS = (b"GPSLatitude", b"GPSLongitude")

# At DEBUG it tells every tag that it reads, where a picture was taken among them.
logging.getLogger("PIL").setLevel(logging.INFO)


def decode_picture(body: bytes, side: int = SIDE) -> DecodedPicture | UnreadablePicture:
    """Return the first frame of the picture in these bytes, at most `side` pixels a side, or why there is none."""
    [made] = _guarded(body, lambda image: iter([_decoded_image(image, side)]))
    return made


def decode_later_frames(body: bytes, side: int = SIDE) -> Iterator[DecodedPicture | UnreadablePicture]:
    """Yield the frames after the first that show something else than the last one yielded.

    The last says why not all can be looked at, where there are too many, or one of them is broken.
    """
    yield from _guarded(body, lambda image: _later_frames(image, side))


def _guarded(
    body: bytes, read: Callable[[Image.Image], Iterator[DecodedPicture | UnreadablePicture]]
) -> Iterator[DecodedPicture | UnreadablePicture]:
    """Yield what is read of an image, and why there is no more of it where it is broken or too large."""
    if len(body) > MOST_BYTES:
        yield UnreadablePicture("too_large")
        return
    # WeasyPrint sets this for the whole process, and half a picture would pass as whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(body), formats=formats()) as image:
                _refuse_bombs(image)
                yield from read(image)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
            yield UnreadablePicture("too_large")
        except UnidentifiedImageError:
            yield UnreadablePicture("not_a_picture")
        except (*_BROKEN, *_BROKEN_TOO):
            yield UnreadablePicture("truncated")


def _refuse_bombs(image: Image.Image) -> None:
    most = MOST_JPEG_PIXELS if image.format in {"JPEG", "MPO"} else MOST_PIXELS
    if image.width * image.height > most or max(image.size) > MOST_SIDE:
        raise Image.DecompressionBombError


def _decoded_image(image: Image.Image, side: int) -> DecodedPicture:
    width, height = image.size
    orientation = image.getexif().get(0x0112, 1)
    draft_scale = side * _DRAFT_SHARE / max(width, height)
    image.draft("RGB", (round(width * draft_scale), round(height * draft_scale)))
    moves = image.format in MOVING and getattr(image, "n_frames", 1) > 1
    image.load()
    pixels = _upright_pixels(shrink_to_side(_rgb_on_white(_eight_bit(image), side), side), orientation)
    return DecodedPicture(pixels, *((height, width) if orientation in _SIDEWAYS else (width, height)), moves=moves)


def _later_frames(image: Image.Image, side: int) -> Iterator[DecodedPicture | UnreadablePicture]:
    last, shown = _likeness(_decoded_image(image, side)), 0
    for number in range(1, getattr(image, "n_frames", 1)):
        if number >= MOST_FRAMES or shown >= MOST_LATER:
            yield UnreadablePicture("too_many")
            return
        image.seek(number)
        frame = _decoded_image(image, side)
        likeness = _likeness(frame)
        if np.abs(likeness - last).max() >= _ELSE:
            last, shown = likeness, shown + 1
            yield frame


def _likeness(picture: DecodedPicture) -> np.ndarray:
    """Return a small grey picture, by which a frame that shows the same is known."""
    return grey(shrink_to_side(picture.pixels, _LIKENESS_SIDE)).astype(np.int16)


def _eight_bit(image: Image.Image) -> Image.Image:
    """Return the picture with eight bits a colour and no palette."""
    if image.mode.startswith(("I", "F")):
        values = np.asarray(image, dtype=np.float32)
        top_value = 65535.0 if image.mode.startswith("I;16") or values.max(initial=0) > 255 else 255.0
        return Image.fromarray(np.clip(values * (255.0 / top_value), 0, 255).astype(np.uint8))
    if image.mode in {"P", "PA", "1", "LA"}:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _rgb_on_white(image: Image.Image, side: int) -> Pixels:
    """Return the colours of a picture, on white where one sees through it; a very large one is made smaller first."""
    image_shown = image
    factor = int(max(image.size) / (2 * side))
    if factor > 1:
        image_shown = image_shown.reduce(factor)
    if image.has_transparency_data:
        image_shown = Image.alpha_composite(Image.new("RGBA", image_shown.size, "white"), image_shown.convert("RGBA"))
    return np.asarray(image_shown.convert("RGB"), dtype=np.uint8)


def _upright_pixels(pixels: Pixels, orientation: int) -> Pixels:
    turned = pixels.transpose(1, 0, 2) if orientation in _SIDEWAYS else pixels
    across, down = orientation in {2, 3, 6, 7}, orientation in {3, 4, 7, 8}
    return np.ascontiguousarray(turned[:: -1 if down else 1, :: -1 if across else 1])


@cache
def formats() -> tuple[str, ...]:
    """Return the formats that can be opened here; HEIC by a plug-in."""
    Image.init()
    Image.MAX_IMAGE_PIXELS = MOST_JPEG_PIXELS
    pillow_heif.register_heif_opener()
    return tuple(form for form in FORMATS if form in Image.OPEN)


def has_position(body: bytes) -> bool | None:
    """Return whether the file's Exif or XMP holds a latitude and a longitude; None when the file cannot be read.

    The position itself is never read out or kept.
    """
    try:
        with Image.open(io.BytesIO(body), formats=formats()) as image:
            directory = image.getexif().get_ifd(_GPS)
            xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    except (UnidentifiedImageError, Image.DecompressionBombError, *_BROKEN):
        return None
    text = xmp.encode() if isinstance(xmp, str) else xmp
    return {_LATITUDE, _LONGITUDE} <= directory.keys() or all(mark in text for mark in _XMP_MARKS)
