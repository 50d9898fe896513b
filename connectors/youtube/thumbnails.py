"""Reads the thumbnails that YouTube offers: the largest of the ordinary ones, and the upright one of a Short."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from connectors.json_fields import Fields
from connectors.records import Medium

# Width by height in pixels where YouTube names a size and does not give it; the three largest exist since 2026.
SIZES = {
    "default": (120, 90),
    "medium": (320, 180),
    "high": (480, 360),
    "standard": (640, 480),
    "maxres": (1280, 720),
    "fhd": (1920, 1080),
    "qhd": (2560, 1440),
    "uhd": (3840, 2160),
}
UPRIGHT = "shortsAspectRatio"


@dataclass(frozen=True, slots=True)
class OfferedThumbnail:
    """Where a picture is, and its size in pixels; None when YouTube does not say."""

    url: str
    width: int | None
    height: int | None


def largest(thumbnails: Fields | None) -> OfferedThumbnail | None:
    """Return the largest of the ordinary thumbnails; the upright one of a Short is another picture."""
    if thumbnails is None:
        return None
    thumbnails.ignore(UPRIGHT)
    offered = [(_area(name, picture := _picture(each)), picture) for name, each in thumbnails.children().items()]
    return max(offered, key=itemgetter(0), default=(0, None))[1]


def media(thumbnails: Fields | None, account_id: str, post_id: str) -> Iterator[Medium]:
    """Yield a video's thumbnail and, where it has one, the upright one of a Short."""
    if thumbnails is None:
        return
    upright = thumbnails.maybe_part(UPRIGHT)
    by_kind = {"thumbnail": largest(thumbnails), "shorts_thumbnail": _picture(upright) if upright else None}
    for kind, picture in by_kind.items():
        if picture is not None:
            yield Medium(
                platform="youtube",
                account_id=account_id,
                post_id=post_id,
                medium_id=f"{post_id}/{kind.partition('_')[0]}",
                kind=kind,
                url=picture.url,
                width=picture.width,
                height=picture.height,
            )


def _picture(offered: Fields) -> OfferedThumbnail:
    return OfferedThumbnail(
        offered.text("url"), offered.maybe_integer("width") or None, offered.maybe_integer("height") or None
    )


def _area(name: str, picture: OfferedThumbnail) -> int:
    width, height = SIZES.get(name, (0, 0))
    return (picture.width or width) * (picture.height or height)
