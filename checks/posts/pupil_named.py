"""No post should name a pupil in full, least of all beside a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import polars as pl

from checks.evidence import ABOUT_WORDS, QUOTE, WHOSE, Evidence
from checks.model import Check
from checks.papers import papers
from checks.posts.wording import PLACE, Described, PostReading, exceptions
from checks.texts import quoted
from engines.naming import Names, PersonName, Strength
from engines.text import Span
from policies.platforms.registry import EVERY_PLATFORM
from policies.toml_text import packaged_text

_People = tuple[tuple[str, str, str | None, str | None, str | None, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class _NamedPupil:
    """A pupil whose full name stands in a text; `is_shared` where somebody on another register bears it too."""

    person_id: str
    is_shared: bool
    span: Span


@lru_cache(maxsize=1)
def _pupils_named(people: _People, texts: tuple[str, ...]) -> list[list[_NamedPupil]]:
    """Return the pupils whom each text names; two checks of one run ask for the same ones.

    All registers are asked, because a pupil's name may stand within another's, or be another's too.
    """
    bearers = [(role, person_id) for role, person_id, *_ in people]
    roll = Names.of((str(number), PersonName(*said)) for number, (_, _, *said) in enumerate(people))
    return [_pupils_in(text, roll, bearers) for text in texts]


def _pupils_in(text: str, roll: Names, bearers: Sequence[tuple[str, str]]) -> list[_NamedPupil]:
    mentions = roll.mentions(text, least=Strength.FULL)
    named = [(bearers[int(each.who)], (each.start, each.end)) for each in mentions]
    others: set[Span] = {span for (role, _), span in named if role != "pupil"}
    return [_NamedPupil(person_id, span in others, span) for (role, person_id), span in named if role == "pupil"]


def _judge(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    people: _People = tuple(db.execute(packaged_text("checks.posts", "pupil_named.sql")).fetchall())
    evidence = ("quote", "roll_id", "with_picture", "also_on_other_register")
    return exceptions(db, lambda texts: _pupils_named(people, tuple(texts)), _describe, evidence=evidence)


def _describe(reading: PostReading[_NamedPupil]) -> Described:
    beside = ", beside a picture" if reading.has_picture else ""
    return {
        "reason": f"{reading.which} gives the full name of a pupil{beside}.",
        "quote": quoted(reading.first_text, reading.signs[0].span),
        ABOUT_WORDS: reading.first_text,
        "roll_id": ", ".join(sorted({pupil.person_id for pupil in reading.signs})),
        "with_picture": "yes" if reading.has_picture else "no",
        "also_on_other_register": "yes" if all(pupil.is_shared for pupil in reading.signs) else "no",
    }


CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=_judge,
    evidence=(
        *PLACE,
        QUOTE,
        # Whom the school's own words name; no account is said to be this pupil's.
        replace(WHOSE, links=False),
        Evidence("with_picture", "fact", changes=True, values=("yes", "no")),
        Evidence("also_on_other_register", "fact", values=("yes", "no")),
    ),
)
