"""Writes the names of drawn people as handles and shown names, piece by piece; families name how a handle is made."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from engines.text.latin import latin_letters

if TYPE_CHECKING:
    from tests.bench.people.worlds import World

_TWO_LETTERS = str.maketrans(
    dict(
        zip(
            "üöäøåæßōuÜÖÄØÅ",
            ("ue", "oe", "ae", "oe", "aa", "ae", "ss", "ou", "u", "Ue", "Oe", "Ae", "Oe", "Aa"),
            strict=True,
        )
    )
)
_LEET = str.maketrans("aeios", "43105")
_SHORT = {"Mohammed": ("Mohd", "Md", "Muhd", "Mo"), "Muhammad": ("Mohd", "Muhd", "Md", "Mo"), "Beatriz": ("Bia", "Bea")}


def _dropped(name: str, draw: random.Random) -> str:
    place = draw.randrange(1, max(len(name), 2))
    return name[:place] + name[place + 1 :]


def _swapped(name: str, draw: random.Random) -> str:
    place = draw.randrange(1, max(len(name) - 1, 2))
    return name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :]


_CHANGES: Mapping[str, Callable[[str, random.Random], str]] = {
    "consonants": lambda name, _: name[:1] + "".join(letter for letter in name[1:] if letter not in "aeiou"),
    "backwards": lambda name, _: name[::-1],
    "leet": lambda name, _: name[:1] + name[1:].translate(_LEET),
    "drawn_out": lambda name, draw: name + name[-1] * draw.randrange(1, 4),
    "dropped": _dropped,
    "swapped": _swapped,
    "cut": lambda name, draw: name[: draw.randrange(3, 5)],
    "ended": lambda name, draw: name + draw.choice(("z", "y", "ie", "x", "s")),
}


def written(name: str, draw: random.Random) -> tuple[str, bool]:
    """Return a name in plain letters, two for one of another alphabet in half of the cases, and whether it changed."""
    short = _SHORT.get(name)
    if short and draw.random() < 0.5:
        return draw.choice(short).lower(), True
    two = name.translate(_TWO_LETTERS)
    is_changed = two != name and draw.random() < 0.5
    return latin_letters(two if is_changed else name), is_changed


def drawn_handle(one: World, given: str, surname: str, born: date | None, middle: str = "") -> tuple[str, str]:
    """Return a drawn handle and the family of its style."""
    draw = one.chance
    (first, is_spelt), (last, is_spelt_too) = written(given, draw), written(surname, draw)
    orders = [[first, last]] * 6 + [
        [last, first],
        [first[:1], last],
        [last, first[:1]],
        [first, last[:1]],
        [first],
        [first, last[:1]],
    ]
    parts = list(draw.choice(orders + ([[first, latin_letters(middle)]] if middle else [])))
    family = "spelt" if is_spelt or is_spelt_too else "whole" if first in parts and last in parts else "initials"
    if middle and latin_letters(middle) in parts:
        family = "middle"
    if draw.random() < 0.25:
        change = draw.choice(sorted(_CHANGES))
        place = draw.randrange(len(parts))
        if len(parts[place]) > 3:
            parts[place], family = _CHANGES[change](parts[place], draw), change
    if draw.random() < 0.3:
        parts.insert(draw.choice((0, len(parts))), one.word("affixes"))
    if draw.random() < 0.35:
        figures = [str(draw.randrange(1, 100))] + (
            [f"{born:%y}", f"{born:%Y}", f"{born:%d%m}", f"{born:%d%m%y}"] if born else []
        )
        parts.append(draw.choice(figures))
    if draw.random() < 0.15:
        parts = [part.capitalize() for part in parts]
    return draw.choice(("", "", "_", ".", "__", "-")).join(part for part in parts if part), family


def gamer_tag(one: World) -> str:
    draw = one.chance
    first, last = draw.choice(("lunar", "pixel", "maple", "cosmo")), draw.choice(("wolf", "bean", "rush"))
    return f"{first}{last}{draw.randrange(1000)}"


def drawn_display(one: World, given: str, surname: str) -> str | None:
    draw = one.chance
    emoji = draw.choice(("", "", "", " 🌸", " ⚽", "✨"))
    whole, short = f"{given} {surname}", f"{given} {surname[:1]}"
    other = (given.lower(), f"{surname} {given}", gamer_tag(one), f"{given[:1]} {surname}")
    shown = draw.choice((None, None, given, given, whole, whole, short, *other))
    return shown + emoji if shown else None
