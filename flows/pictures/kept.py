"""What an earlier run kept of the masters, for a command that looks at pictures between two runs."""

import duckdb

from engines.pictures.features.descriptors import PictureFeatures
from flows.home.keys import find_key
from flows.home.settings import ConfigurationError, Settings
from warehouse.runs import run_memory
from warehouse.store.open import WarehouseError, opened
from warehouse.store.places import Places


def kept_features(settings: Settings, places: Places) -> dict[str, bytes]:
    """Return the features of photographs by the SHA-256 of their files; none where no run can be read just now.

    What is missing is only made anew: a school that has not run yet, a key that is not at hand, or a run under way
    makes the command slower and nothing else.
    """
    if not places.warehouse.exists():
        return {}
    try:
        with opened(places.warehouse, find_key(settings, places), read_only=True) as db:
            every = run_memory.features(db)
    except (ConfigurationError, WarehouseError, duckdb.CatalogException):
        return {}
    return {
        sha256: body
        for sha256, masters in every.items()
        for master, body in masters
        if master == sha256 and PictureFeatures.is_current(body)
    }
