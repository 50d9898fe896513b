"""How many people of the country bear each given name."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def given_names() -> Mapping[str, int]:
    """Return how many people of the country were given each name (given_names.csv)."""
    text = resources.files(__package__).joinpath("given_names.csv").read_text(encoding="utf-8")
    return {row["name"]: int(row["count"]) for row in csv.DictReader(text.splitlines())}
