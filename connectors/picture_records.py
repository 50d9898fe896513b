"""The records of media: what stands on a post, and the bytes of it as the platform serves them."""

from dataclasses import dataclass
from typing import ClassVar

from connectors.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium(Record):
    """A medium on a post; kind is photo, animated_gif, video, unknown, thumbnail or shorts_thumbnail (the upright)."""

    TABLE: ClassVar[str] = "media"
    platform: str
    account_id: str
    post_id: str
    medium_id: str
    kind: str
    url: str | None
    alt_text: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumFile(Record):
    """The bytes of one medium as the platform serves it; problem says in a word why there are none."""

    TABLE: ClassVar[str] = "medium_files"
    platform: str
    medium_id: str
    url: str
    sha256: str | None
    body: bytes | None
    content_type: str | None
    width: int | None
    height: int | None
    problem: str | None = None
