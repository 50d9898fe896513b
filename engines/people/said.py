"""What a profile says of everybody in a group alike, and what a handle's digits say of a date of birth."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from engines.people.context import Told
from engines.people.known import Known

_CENTURIES = frozenset({"19", "20"})
_TELLING = frozenset({2, 4, 6, 8})
Item = tuple[str, float, str]  # the evidence, its size, the text that shows it


def telling_digits(digits: Sequence[str]) -> list[str]:
    """Return the runs of digits that are as long as a year, a day or a date of birth."""
    return [run for run in digits if len(run) in _TELLING]


def births_of(run: str) -> Sequence[str]:
    """Return what a telling run of digits may say of a date of birth."""
    if len(run) == 4 and run[:2] in _CENTURIES:
        return "birth.year", "birth.other_year"
    return {2: ("birth.yy",), 4: ("birth.day",)}.get(len(run), ("birth.date",))


def digits_of(known: Known, digits: Sequence[str]) -> Iterator[Item]:
    """Yield what the handle's telling digits say of somebody whose date of birth is known."""
    born = known.person.date_of_birth
    if born is None:
        return
    for run in digits:
        fits, *others = births_of(run)
        if run in _dates(born):
            yield fits, 1.0, run
        elif others:
            yield others[0], 1.0, run


@lru_cache(maxsize=10_000)
def _dates(born: date) -> frozenset[str]:
    """Return how a year, a day and a date of birth may be written in a handle."""
    year = f"{born.year:04}"
    days = {day for day in (f"{born:%d%m}", f"{born:%m%d}") if day[:2] not in _CENTURIES}
    return frozenset({year, year[-2:], *days, f"{born:%d%m%y}", f"{born:%d%m}{year}", f"{year}{born:%m%d}"})


def cues_of(group: str, told: Told) -> Iterator[Item]:
    """Yield what a profile says of everybody in a group alike."""
    kinds = told.cues.kinds
    named = told.school or told.school_in_handle
    if named:
        yield f"{group}.former" if told.is_former else f"{group}.school", 1.0, ""
    for name, is_so in (
        ("other_school", told.cues.names_other_school),
        ("town", told.town and not named),
        ("far", told.far),
        ("city", told.city),
        ("family", told.family),
        ("family_at_school", named and "family" in kinds and kinds.isdisjoint({"job", "governor"})),
        ("job", "job" in kinds),
        ("governs", "governor" in kinds),
        ("trade", "trade" in kinds or told.grown > 0),
        ("no_bio", not told.has_bio),
        ("leaver", "leaver" in kinds),
    ):
        if is_so:
            yield f"{group}.{name}", 1.0, ""
    if told.likes:
        yield f"{group}.likes", float(min(told.likes, 2)), ""
    if group in {"child", "leaver"}:
        if told.title:
            yield f"{group}.title", 1.0, told.title
        return
    if told.years and "job" not in kinds:
        yield f"{group}.years", 1.0, ""
    if told.ages and min(told.ages) < 18:
        yield f"{group}.young", 1.0, ""
