"""Every longer question that the rooms of the warehouse ask of it, one SQL file each; values are always bound."""

from functools import cache
from importlib import resources


@cache
def question(name: str) -> str:
    """Return the SQL of this name; FileNotFoundError when there is none."""
    return resources.files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
