"""Names for invented people: drawn from lists by heritage, each full name used once unless asked otherwise."""

import random
import unicodedata

from demo.tables import read_tables


def fold(name: str) -> str:
    """Return the name in small letters, with accents, punctuation and needless spaces dropped."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c for c in plain if c.isalnum() or c.isspace()).split())


_LISTS = read_tables("demo.school", "names.toml")


def known_as(given: str) -> str:
    """Return the short form that goes with this given name, or nothing."""
    short: str = _LISTS["known_as"].get(given, "")
    return short


class InventedNames:
    """Draws names by chance and never the same full name twice; `taken` are full names already used."""

    def __init__(self, chance: random.Random, taken: tuple[str, ...]) -> None:
        self._chance = chance
        self._taken = {fold(name) for name in taken}
        self._heritages = [key for key, lists in _LISTS.items() if "share" in lists]
        self._shares = [_LISTS[key]["share"] for key in self._heritages]

    def family(self) -> tuple[str, str]:
        """Return a heritage and a surname of it."""
        heritage = self._chance.choices(self._heritages, self._shares)[0]
        return heritage, self._chance.choice(_LISTS[heritage]["surname"])

    def given(self, heritage: str, surname: str, generation: str) -> str | None:
        """Return a given name (generation is child or adult) free with this surname; None if all are taken."""
        for given in self._chance.sample(_LISTS[heritage][generation], k=8):
            names = {fold(f"{given} {surname}"), fold(f"{known_as(given) or given} {surname}")}
            if not names & self._taken:
                self._taken |= names
                return str(given)
        return None

    def person(self, generation: str) -> tuple[str, str]:
        """Return a given name and a surname that nobody has yet."""
        while True:
            heritage, surname = self.family()
            given = self.given(heritage, surname, generation)
            if given is not None:
                return given, surname

    def stranger(self) -> str:
        """Return the full name of somebody on no register; names of strangers may repeat."""
        given = self._chance.choice(_LISTS[self._chance.choice(self._heritages)]["adult"])
        return f"{given} {self._chance.choice(_LISTS['stranger']['surname'])}"
