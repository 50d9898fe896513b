"""Short spellings of invented people and accounts, and `explained`, which draws what the matcher says of them."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from engines.people.matching import match_people
from engines.people.model import BANDS, ActorProfile, Band, RegisterPerson, SchoolNames
from tests.drawn import draw, read

SCHOOL = SchoolNames(
    "Ousterly Vale School", ("Ousterly Vale", "OVS", "Ousterly Vale High", "Ousterly"), "Ousterly", "Marchshire"
)


def people(drawing: str) -> list[RegisterPerson]:
    """Return the drawn people."""
    return [RegisterPerson(**row) for row in _rows(drawing)]


def actor(name: str | None, bio: str | None = None, **more: Any) -> ActorProfile:
    """Return an account of platform x with the id 11."""
    return ActorProfile(**({"platform": "x", "actor_id": "11", "display_name": name, "bio": bio} | more))


def explained(drawn: str, one: ActorProfile, *, bands: Sequence[Band] = BANDS) -> str:
    """Draw who the account may belong to."""
    found = match_people(people(drawn), [one], SCHOOL, bands=bands)
    rows = [[m.role, m.person_id, m.band, m.is_best] for m in found]
    return draw(pl.DataFrame(rows, schema=["role", "person_id", "band", "is_best"], orient="row"))


def _rows(drawing: str) -> list[dict[str, Any]]:
    return list(read(drawing))
