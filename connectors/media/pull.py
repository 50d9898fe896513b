"""Pulls the bytes of pictures that posts carry; a picture that cannot be had is a record too, with the problem."""

import hashlib
import io
import struct
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from PIL import Image, UnidentifiedImageError

from connectors.errors import SourceUnavailable
from connectors.media.addresses import NotAllowed, picture_address, resolve
from connectors.media.fetch import Fetched, Fetcher, PictureLimits
from connectors.records import MediumFile, Record
from connectors.source import Endpoints, RequestCost, Store

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True)
class PictureProperties:
    """What a picture's own bytes say of it; width and height in pixels."""

    content_type: str
    width: int
    height: int


class NotReadable(NotAllowed):
    """Says in a word, its only argument, why bytes are not a usable picture: too_large, truncated, not_a_picture."""


def decode(body: bytes, *, max_pixels: int) -> PictureProperties:
    """Return what these bytes show; raises NotReadable, and nothing else, when they are no whole picture."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)
        try:
            return _decoded(body, max_pixels)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
            raise NotReadable("too_large") from None


def _decoded(body: bytes, max_pixels: int) -> PictureProperties:
    try:
        image = Image.open(io.BytesIO(body), formats=tuple(FORMATS))
    except UnidentifiedImageError:
        raise NotReadable("not_a_picture") from None
    except _BROKEN:
        raise NotReadable("truncated") from None
    with image:
        width, height = image.size
        if width * height > max_pixels:
            raise NotReadable("too_large")
        try:
            image.load()
        except _BROKEN:
            raise NotReadable("truncated") from None
        return PictureProperties(FORMATS[image.format or ""], width, height)


ENDPOINT = "GET picture"
_SILENCES_ALLOWED = 3


@dataclass(frozen=True, slots=True)
class MediumWanted:
    """One picture to fetch: the medium's id, and the address the platform gave for it."""

    platform: str
    medium_id: str
    url: str


@dataclass(slots=True)
class Hosts:
    """How the hosts behave: how often each answered, and how often it kept silent without ever answering."""

    answers: Counter[str] = field(default_factory=Counter)
    silences: Counter[str] = field(default_factory=Counter)

    def note(self, host: str, fetched: Fetched) -> None:
        """Count one request."""
        if fetched.status is not None and fetched.status < 500:
            self.answers[host] += 1
        elif fetched.problem == "unavailable":
            self.silences[host] += 1

    def is_down(self, host: str) -> bool:
        """Say whether asking this host again would only cost time."""
        return not self.answers[host] and self.silences[host] >= _SILENCES_ALLOWED

    @property
    def are_all_silent(self) -> bool:
        """Whether at least one host was asked and none ever answered."""
        return bool(self.silences) and not self.answers


class _NotNow(NotAllowed):
    """A picture could not be had, and may be had a little later."""


class MediaSource:
    """Pictures from the platforms' own hosts, each fetched once; `timeout` is in seconds, for one request."""

    name = "media"

    def __init__(
        self,
        media: Sequence[MediumWanted],
        *,
        endpoints: Endpoints,
        clock: Callable[[], datetime],
        resolve: Callable[[str, int], list[str]] = resolve,
        timeout: float = 30.0,
        max_bytes: int = 20_000_000,
        max_pixels: int = 50_000_000,
    ) -> None:
        self.media = tuple({(medium.platform, medium.medium_id): medium for medium in media}.values())
        self.endpoints = endpoints
        self.clock = clock
        self.resolve = resolve
        self.limits = PictureLimits(timeout, max_bytes, max_pixels)

    def pull(self, store: Store) -> Iterator[Record]:
        """Yield one MediumFile for each picture; SourceUnavailable at the end if no host answered at all.

        What could not be had just then is asked for once more after all others.
        """
        hosts = Hosts()
        fetcher = Fetcher(self.endpoints.media, self.resolve, self.limits)
        with closing(fetcher):
            later = []
            for medium in self.media:
                try:
                    yield self._file(medium, fetcher, hosts, store)
                except _NotNow:
                    later.append(medium)
            for medium in later:
                try:
                    yield self._file(medium, fetcher, hosts, store)
                except _NotNow as again:
                    yield _without(medium, again.problem)
        if hosts.are_all_silent:
            raise SourceUnavailable("No picture host answered.")

    def _file(self, medium: MediumWanted, fetcher: Fetcher, hosts: Hosts, store: Store) -> MediumFile:
        try:
            body = self._body(medium, fetcher, hosts, store)
            picture = decode(body, max_pixels=self.limits.max_pixels)
        except _NotNow:
            raise
        except NotAllowed as no:
            return _without(medium, no.problem)
        return MediumFile(
            platform=medium.platform,
            medium_id=medium.medium_id,
            url=medium.url,
            sha256=hashlib.sha256(body).hexdigest(),
            body=body,
            content_type=picture.content_type,
            width=picture.width,
            height=picture.height,
        )

    def _body(self, medium: MediumWanted, fetcher: Fetcher, hosts: Hosts, store: Store) -> bytes:
        """Return the picture's bytes, at the best size there is; NotAllowed when they cannot be had."""
        wanted = picture_address(medium.url)
        problem = "unavailable"
        for path in wanted.paths:
            if hosts.is_down(wanted.host):
                break
            now = self.clock()
            fetched = fetcher.fetch(wanted.host, path)
            store.note(ENDPOINT, fetched.status, now, RequestCost())
            hosts.note(wanted.host, fetched)
            if fetched.body is not None:
                return fetched.body
            problem = fetched.problem or problem
            if fetched.may_improve:
                raise _NotNow(problem)
            if problem != "not_found":
                break
        raise NotAllowed(problem)


def _without(medium: MediumWanted, problem: str) -> MediumFile:
    return MediumFile(platform=medium.platform, medium_id=medium.medium_id, url=medium.url, problem=problem)
