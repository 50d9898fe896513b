"""Very small pictures of the school's approved photographs, for the list at the desk."""

from threading import Lock

from engines.pictures.decoding import Opener, UnreadablePicture
from engines.pictures.preview import small_picture
from flows.desk.folder import SchoolFolder
from flows.pictures.photo_files import is_there

_SIDE, _MOST_SHOWN = 160, 25_000_000  # pixels of a thumbnail, and bytes of a file that one is made of


class Thumbnails:
    """Makes a very small picture of a photograph's file, once for as long as the file stays as it is."""

    def __init__(self, folder: SchoolFolder) -> None:
        self._folder = folder
        self._made: dict[str, tuple[tuple[int, int], bytes | None]] = {}
        self._making = Lock()

    def __call__(self, name: str) -> bytes | None:
        """Return it as WebP; None for a file that is not there, or is no picture that can be shown."""
        within = self._folder.context().places.photographs
        path = within / name
        if not is_there(path, within):
            return None
        stat = path.stat()
        version = (stat.st_mtime_ns, stat.st_size)
        with self._making:
            if self._made.get(name, (None, None))[0] != version:
                self._made[name] = (version, _thumbnail(path.read_bytes()) if stat.st_size <= _MOST_SHOWN else None)
            return self._made[name][1]


def _thumbnail(body: bytes) -> bytes | None:
    with Opener() as opener:
        picture = opener.open(body, _SIDE)
        return None if isinstance(picture, UnreadablePicture) else small_picture(picture, _SIDE).body
