"""A picture that somebody sent: decoded in a child process, made small to be shown, and held beside the register's."""

from collections.abc import Iterator

from dashboards.desk.school.school_desk import Likeness, PhotographTrial
from engines.pictures.album import UNREADABLE, open_album, scan_picture
from engines.pictures.decoding import Opener, UnreadablePicture, has_position
from engines.pictures.preview import small_picture
from flows.desk.folder import sha256_of
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.pictures.masters import VIDEOS
from flows.pictures.photo_files import is_there, kept_features
from flows.registers.register_files import RegisterOfPhotographs

# By what a file begins with, what it is called; a picture of no such beginning is not taken.
_SUFFIXES = ((b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"GIF8", ".gif"))
_BRANDS = {b"avif": ".avif", b"avis": ".avif", b"heic": ".heic", b"heix": ".heic", b"mif1": ".heic"}
_NO_PICTURE = "The file is no picture that can be kept. Send it as JPEG, PNG, WebP, GIF, AVIF or HEIC."


def suffix_of(body: bytes) -> str:
    """Return how a picture's file name ends, by its bytes; ConfigurationError for what is none of the known forms."""
    for begin, suffix in _SUFFIXES:
        if body.startswith(begin):
            return suffix
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return ".webp"
    if body[4:8] == b"ftyp" and body[8:12] in _BRANDS:
        return _BRANDS[body[8:12]]
    raise ConfigurationError(_NO_PICTURE)


def looked_at(context: Context, body: bytes, register: RegisterOfPhotographs) -> PhotographTrial:
    """Return what a new picture is; ConfigurationError where it cannot be read within bounds of time and memory."""
    suffix_of(body)
    with Opener() as opener:
        picture = opener.open(body)
        if isinstance(picture, UnreadablePicture):
            why = UNREADABLE.get(picture.problem, UNREADABLE["truncated"])
            raise ConfigurationError(f"{why} Save it anew as JPEG or PNG, and send that.")
        small = small_picture(picture)
        return PhotographTrial(
            sha256=sha256_of(body),
            preview=small.body,
            width=small.width,
            height=small.height,
            tells_place=has_position(body) is True,
            likenesses=tuple(_likenesses(context, body, register, opener)),
        )


def _likenesses(context: Context, body: bytes, register: RegisterOfPhotographs, opener: Opener) -> Iterator[Likeness]:
    """Yield the photographs that the picture is, or is nearly; what has ended is compared as well as what stands."""
    folder = context.places.photographs
    named = {row.file_name: row for row in register.rows if row.file_name and is_there(folder / row.file_name, folder)}
    names = [name for name in named if not name.casefold().endswith(tuple(VIDEOS))]
    kept = kept_features(context.settings, context.places)
    album = open_album(names, lambda name: (folder / name).read_bytes(), opener, people=False, kept=kept)
    told = set[str]()
    for part in scan_picture(body, album.register, opener, people=False).parts:
        row = named.get(part.master_id or "")
        if row is not None and row.photograph_id not in told:
            told.add(row.photograph_id)
            yield Likeness(row.photograph_id, part.verdict == "approved", register.ended(row))
