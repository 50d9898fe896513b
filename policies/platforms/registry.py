"""Every platform that the program knows, by its id. A platform more is its id, and its record in a TOML file here."""

from collections.abc import Mapping
from typing import get_args

from pydantic import TypeAdapter

from policies.platforms.record import AccountList, Feature, Platform, PlatformId
from policies.toml_text import packaged_toml


class UnknownPlatformError(LookupError):
    """There is no such platform; the message names it and those that there are."""


_RECORDS = TypeAdapter(Platform)
PLATFORMS: Mapping[str, Platform] = {
    platform: _RECORDS.validate_python(packaged_toml(__package__, f"{platform}.toml"))
    for platform in get_args(PlatformId)
}
X, YOUTUBE = PLATFORMS["x"], PLATFORMS["youtube"]
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
