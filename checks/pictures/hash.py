"""Makes the PDQ hash of a picture's bytes, with care: four formats, a limit on pixels, the first frame, whole or not.

PDQ is a 256-bit hash of how a picture looks; two hashes of the same photograph differ in few bits.
"""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pdqhash
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 100_000_000
SIDE = 512  # pixels; PDQ looks at far fewer, and decoding at full size takes most of the time
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)

Problem = Literal["too_large", "truncated", "not_a_picture", "missing"]


@dataclass(frozen=True, slots=True)
class PictureHash:
    """A PDQ hash as 64 hexadecimal digits, and its quality from 0 (featureless) to 100."""

    hex: str
    quality: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Says in a word why bytes are not a picture that can be hashed."""

    problem: Problem


def pdq(body: bytes, *, most_pixels: int = MOST_PIXELS) -> PictureHash | Unreadable:
    """Return the hash of the picture in these bytes, or why there is none; never raises for bad bytes."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)
        try:
            pixels = _pixels(body, most_pixels)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
            return Unreadable("too_large")
        except UnidentifiedImageError:
            return Unreadable("not_a_picture")
        except _BROKEN:
            return Unreadable("truncated")
    bits, quality = pdqhash.compute(pixels)
    return PictureHash(np.packbits(bits.astype(np.uint8)).tobytes().hex(), int(quality))


def _pixels(body: bytes, most_pixels: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return the first frame as it is seen: turned as the camera was held, on white, at most SIDE pixels a side."""
    with Image.open(io.BytesIO(body), formats=FORMATS) as image:
        if image.width * image.height > most_pixels:
            raise Image.DecompressionBombError
        image.draft("RGB", (SIDE, SIDE))
        image.load()
        upright = ImageOps.exif_transpose(image)
        if upright.has_transparency_data:
            upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
        shown = upright.convert("RGB")
        shown.thumbnail((SIDE, SIDE))
        return np.asarray(shown)
