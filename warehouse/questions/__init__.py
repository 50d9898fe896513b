"""Every longer question that the rooms of the warehouse ask of it, one SQL file each; values are always bound."""

from functools import cache

from policies.toml_text import packaged_text


@cache
def question(name: str) -> str:
    """Return the SQL of this name; FileNotFoundError when there is none."""
    return packaged_text(__name__, f"{name}.sql")
