"""Every platform that the program knows, by its id. A platform more is a record, its id, and a case in `_record`."""

from collections.abc import Mapping
from typing import assert_never, get_args

from policies.platforms.record import AccountList, Feature, Platform, PlatformId
from policies.platforms.x import X
from policies.platforms.youtube import YOUTUBE


class UnknownPlatformError(LookupError):
    """There is no such platform; the message names it and those that there are."""


def _record(platform: PlatformId) -> Platform:
    match platform:
        case "x":
            return X
        case "youtube":
            return YOUTUBE
        case _:
            assert_never(platform)


PLATFORMS: Mapping[str, Platform] = {platform: _record(platform) for platform in get_args(PlatformId)}
EVERY_PLATFORM: tuple[str, ...] = tuple(PLATFORMS)


def platform_of(platform: str) -> Platform:
    """Return the platform of this id; UnknownPlatformError if there is none."""
    try:
        return PLATFORMS[platform]
    except KeyError as error:
        message = f"There is no platform {platform!r}; there are: {', '.join(PLATFORMS)}."
        raise UnknownPlatformError(message) from error


def platforms_with(wanted: AccountList | Feature) -> tuple[str, ...]:
    """Return the ids of the platforms that have this list or feature."""
    return tuple(platform.id for platform in PLATFORMS.values() if wanted in platform.has)
