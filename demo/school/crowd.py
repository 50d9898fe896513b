"""The crowd on the simulated platforms: parents with vague names, strangers, organisations, bots. None of them matters.

No name here is a pupil's or a member of staff's: whoever is to be found stands in `demo/school/cast.toml`.
"""

import random
from datetime import UTC, datetime, timedelta

from demo.model import XUser
from demo.school.cast import RegisterEntry
from demo.school.names import InventedNames, fold
from demo.school.people import SchoolRegisters
from demo.tables import read_tables

FIRST_USER = 9_100_000_000_000_100_000
_WORDS = read_tables("demo.school", "words.toml")["crowd"]


class Crowd:
    """Makes accounts of people who do not matter, the same ones every time."""

    def __init__(self, registers: SchoolRegisters) -> None:
        self._chance = random.Random("crowd")
        self._names = InventedNames(self._chance, ())
        self._parents = registers.parents
        self._forbidden = {fold(name) for e in (*registers.pupils, *registers.staff) for name in e.names}
        self._handles: set[str] = set()
        self._made = 0

    def users(self, count: int) -> list[XUser]:
        """Make this many accounts of all kinds."""
        kinds = _WORDS["kinds"]
        return [self.user(kind) for kind in self._chance.choices(list(kinds), kinds.values(), k=count)]

    def user(self, kind: str) -> XUser:
        """Make one account of this kind."""
        chance = self._chance
        self._made += 1
        name = self.name(kind)
        return XUser(
            id=str(FIRST_USER + self._made * 17),
            username=self._handle(name),
            name=name,
            created_at=datetime(2009, 3, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(8_900_000)),
            description=chance.choice(_WORDS["bios"][kind]),
            location=chance.choice(_WORDS["towns"]),
            protected=kind in {"parent", "stranger"} and chance.random() < 0.05,
            followers_count=chance.randrange(4, 900),
            following_count=chance.randrange(20, 1_500),
            post_count=chance.randrange(0, 6_000),
        )

    def name(self, kind: str) -> str:
        """Draw a display name for an account of this kind; never one of a pupil or a member of staff."""
        chance = self._chance
        if kind == "organisation":
            return f"{chance.choice(_WORDS['places'])} {chance.choice(_WORDS['trades'])}"
        if kind == "bot":
            return f"{chance.choice(('Best', 'Daily', 'Top', 'Smart'))} {chance.choice(('Deals', 'Wins', 'Picks'))}"
        if kind == "parent":
            return self._parent_name(chance.choice(self._parents))
        return self._names.stranger()

    def _parent_name(self, parent: RegisterEntry) -> str:
        given, surname = parent.given_names, parent.surname
        full = f"{given} {surname}"
        styles: list[str] = [
            given,
            f"{given} {surname[0]}",
            f"{given[0]} {surname}",
            self._chance.choice(_WORDS["parent_names"]),
        ]
        if fold(full) not in self._forbidden:
            styles.append(full)
        return self._chance.choice(styles)

    def _handle(self, name: str) -> str:
        stem = fold(name).replace(" ", self._chance.choice(("", "_")))
        stem = "".join(c for c in stem if c.isascii())[:10] or "someone"
        handle = f"{stem}{self._chance.randrange(10, 100_000)}"[:15]
        while handle in self._handles:
            handle = f"{stem[:9]}{self._chance.randrange(100_000, 999_999)}"
        self._handles.add(handle)
        return handle
