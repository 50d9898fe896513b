"""Which column of a register file is which, whatever program exported it: headers.toml, applied."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

PEOPLE = ("pupils", "staff", "governors", "parents", "leavers")
REGISTERS = (*PEOPLE, "photographs", "accounts")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each canonical column stands in one file's header (0-based), and what is left over."""

    header: tuple[str, ...]
    places: Mapping[str, int]
    unknown: tuple[str, ...]

    def has(self, *names: str) -> bool:
        """Say whether every one of these canonical columns is in the file."""
        return all(name in self.places for name in names)

    def title(self, name: str) -> str | None:
        """Return the header that the file itself uses for this canonical column."""
        return self.header[self.places[name]] if name in self.places else None


def fold(header: str) -> str:
    """Return the header without case, spaces and punctuation, so that `Reg. Group` is `reggroup`."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", header).casefold() if sign.isalnum())


@cache
def aliases(register: str) -> Mapping[str, tuple[str, ...]]:
    """Return the headers that are looked for in this register, by canonical column, best first."""
    text = resources.files("connectors.registers").joinpath("headers.toml").read_text(encoding="utf-8")
    known: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    chosen = {**known["people"], **known.get(register, {})} if register in PEOPLE else known[register]
    return {column: (column, *names) for column, names in chosen.items()}


def find_columns(header: Sequence[str], register: str) -> Columns:
    """Return which column is which; of two headers for one column the better alias wins, then the left one."""
    at: dict[str, int] = {}
    for place, text in enumerate(header):
        at.setdefault(fold(text), place)
    places: dict[str, int] = {}
    for column, names in aliases(register).items():
        found = [at[fold(name)] for name in names if fold(name) in at]
        if found:
            places[column] = found[0]
    known = {fold(name) for names in aliases(register).values() for name in names}
    unknown = tuple(dict.fromkeys(text for text in header if fold(text) and fold(text) not in known))
    return Columns(tuple(header), places, unknown)
