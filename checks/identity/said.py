"""What a profile says of everybody in a group alike, and what a handle's digits say of a date of birth."""

from collections.abc import Iterator

from checks.identity.context import Told
from checks.identity.roll import Known

Item = tuple[str, float, str]  # the evidence, its size, the text that shows it


def digits_of(known: Known, told: Told) -> Iterator[Item]:
    """Yield what the handle's digits say of somebody whose date of birth is known."""
    born = known.person.date_of_birth
    if born is None:
        return
    for run in told.digits:
        if len(run) == 4 and run[:2] in {"19", "20"}:
            yield ("birth.year" if int(run) == born.year else "birth.other_year"), 1.0, run
        elif len(run) == 2 and int(run) == born.year % 100:
            yield "birth.yy", 1.0, run
        elif len(run) == 4 and run in {f"{born:%d%m}", f"{born:%m%d}"}:
            yield "birth.day", 1.0, run
        elif len(run) in {6, 8} and run in {f"{born:%d%m%y}", f"{born:%d%m%Y}", f"{born:%Y%m%d}"}:
            yield "birth.date", 1.0, run


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
