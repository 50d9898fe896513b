"""The words of phrases.toml that speak for or against an explanation."""

import tomllib
from functools import cache
from importlib import resources


@cache
def cue_words() -> dict[str, tuple[str, ...]]:
    """Return the word lists of phrases.toml by their names."""
    text = resources.files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8")
    return {name: tuple(listed) for name, listed in tomllib.loads(text).items()}
