"""Says whether a picture's file tells where it was taken; the position itself is never read out or kept."""

import io
import logging
import struct

from PIL import Image, UnidentifiedImageError

from engines.pictures.decoding.decode import formats

# At DEBUG it tells every tag that it reads, where a picture was taken among them.
logging.getLogger("PIL").setLevel(logging.INFO)

_GPS = 0x8825  # the Exif tag of the GPS directory (Exif 2.32, table 4)
_LATITUDE, _LONGITUDE = 2, 4  # tags within it (table 15)
_XMP_MARKS = (b"GPSLatitude", b"GPSLongitude")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)


def has_position(body: bytes) -> bool | None:
    """Return whether the file's Exif or XMP holds a latitude and a longitude; None when the file cannot be read."""
    try:
        with Image.open(io.BytesIO(body), formats=formats()) as image:
            directory = image.getexif().get_ifd(_GPS)
            xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    except (UnidentifiedImageError, Image.DecompressionBombError, *_BROKEN):
        return None
    text = xmp.encode() if isinstance(xmp, str) else xmp
    return {_LATITUDE, _LONGITUDE} <= directory.keys() or all(mark in text for mark in _XMP_MARKS)
