"""What a pack may ask of the checks: they hand it over, since policies import nothing of theirs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True, slots=True)
class KnownCheck:
    """What a pack may ask of a check: `refused` gives the parameters that it cannot take, `labels` are its evidence."""

    refused: Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]
    labels: frozenset[str]


Known = Mapping[str, KnownCheck]


def no_such_check(check: str, checks: Known) -> str:
    """Return the sentence for a check that there is not, with the one whose name is nearest."""
    near = get_close_matches(check, list(checks), n=1)
    return "there is no such check" + (f"; is it {near[0]}?" if near else ".")
