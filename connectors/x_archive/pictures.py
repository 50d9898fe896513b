"""The pictures in an archive's media folders: found by the post they stand on, measured, never shown or kept."""

import hashlib
import io
import warnings
from collections import defaultdict
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from PIL import Image, UnidentifiedImageError

from connectors.records import Medium, MediumFile
from connectors.x_archive.archive_file import MOST_PICTURE_BYTES, ArchiveFile
from connectors.x_archive.layout import Layout

SUFFIXES = {".jpg", ".jpeg", ".png", ".gif", ".webp"}
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_NO_PICTURE = (
    UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombWarning, Image.DecompressionBombError,
)  # fmt: skip


class ArchivePictures:
    """The picture files of one archive, by the id of the post that begins their name; videos are left out."""

    def __init__(self, archive: ArchiveFile, layout: Layout) -> None:
        self._archive = archive
        self._by_post: dict[str, list[str]] = defaultdict(list)
        self._by_name: dict[str, str] = {}
        for name in archive.names:
            path = PurePosixPath(name)
            if f"{path.parent}/" in layout.media_folders and path.suffix.lower() in SUFFIXES:
                self._by_post[path.name.partition("-")[0]].append(name)
                self._by_name.setdefault(path.name, name)

    def file(self, medium: Medium, *, is_only_one: bool) -> MediumFile:
        """Return the bytes of a photo; `is_only_one` allows a file whose name has the post's id alone to go by.

        Problem is `missing`, `unreadable` or, for an animation (a film, in an archive), `not_read` when there are none.
        SourceRefused("input") when the archive is damaged.
        """
        file = MediumFile(platform="x", medium_id=medium.medium_id, url=medium.url or "")
        if medium.kind != "photo":
            return replace(file, problem="not_read")
        name = self._find(medium, is_only_one=is_only_one)
        if name is None:
            return replace(file, problem="missing")
        body = self._archive.read(name, most=MOST_PICTURE_BYTES)
        measured = _measure(body)
        if measured is None:
            return replace(file, problem="unreadable")
        content_type, width, height = measured
        sha256 = hashlib.sha256(body).hexdigest()
        return replace(file, sha256=sha256, body=body, content_type=content_type, width=width, height=height)

    def _find(self, medium: Medium, *, is_only_one: bool) -> str | None:
        names = self._by_post.get(medium.post_id, [])
        wanted = f"{medium.post_id}-{_name_in(medium.url or '')}"
        exact = self._by_name.get(wanted)
        if exact is None and is_only_one and len(names) == 1:
            return names[0]
        return exact


def _name_in(url: str) -> str:
    try:
        return PurePosixPath(urlsplit(url).path).name
    except ValueError:  # no address at all, such as one with half a bracket
        return ""


def _measure(body: bytes) -> tuple[str, int, int] | None:
    """Return content type, width and height in pixels; None when the bytes are no picture that X would show."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(body), formats=FORMATS) as picture:
                return f"image/{str(picture.format).lower()}", picture.width, picture.height
        except _NO_PICTURE:
            return None
