"""What a pack may set a check's parameters to."""

from typing import Any

_LONGEST_DAYS = 3660
# By the last word of a parameter's name.
_BOUNDS = {"hour": (0, 24), "age": (1, 120), "percent": (1, 100), "pixels": (1, 100_000)}


def wanted(name: str, value: Any, default: Any, words: tuple[str, ...] | None) -> str | None:
    """Return what this parameter must be, or None where the value is that."""
    if isinstance(default, bool):
        return None if isinstance(value, bool) else "true or false"
    if isinstance(default, int):
        least, most = _BOUNDS.get(name.rpartition("_")[2], (1, _LONGEST_DAYS))
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return None if is_whole and least <= value <= most else f"a whole number from {least} to {most}"
    if isinstance(default, str):
        return None if _is_word(value, words) else f"one of: {', '.join(words)}" if words else "a text"
    if isinstance(value, list | tuple) and (value or not default) and all(_is_word(word, words) for word in value):
        return None
    return ("a list of texts" if default == [] else "a list of one text or more") + (
        f", each one of: {', '.join(words)}" if words else ""
    )


def _is_word(value: Any, words: tuple[str, ...] | None) -> bool:
    return isinstance(value, str) and (value in words if words else bool(value.strip()))
