"""What YouTube's answers cost: units of the daily quota, from the dated prices.toml."""

import tomllib
from importlib import resources

from connectors.source import RequestCost


def read_units(text: str) -> dict[str, int]:
    """Return the units written in this TOML text, by endpoint."""
    return dict(tomllib.loads(text)["units"])


UNITS = read_units(resources.files("connectors.youtube").joinpath("prices.toml").read_text(encoding="utf-8"))


def cost(endpoint: str, returned: int = 0) -> RequestCost:
    """Return what a request of this endpoint costs, whatever it brings."""
    return RequestCost(resources=returned, units=UNITS[endpoint])
