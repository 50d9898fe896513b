"""Makes pixels of untrusted bytes, in a process of their own, and reads what the file says of itself."""

from engines.pictures.decoding.decode import MOST_BYTES, has_position
from engines.pictures.decoding.sandbox import Opener
from engines.pictures.picture import UnreadablePicture

__all__ = ["MOST_BYTES", "Opener", "UnreadablePicture", "has_position"]
