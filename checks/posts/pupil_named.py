"""No post should name a pupil in full, least of all beside a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import polars as pl

from checks.canary import planted
from checks.evidence import ABOUT_WORDS, QUOTE, WHOSE, Evidence
from checks.finding import Finding
from checks.model import Check, script
from checks.posts.wording import PLACE, Described, PostReading, exceptions
from checks.quotes import quoted
from engines.naming import Names, PersonName, Strength
from engines.text import Span
from policies.platforms.registry import EVERY_PLATFORM

_People = tuple[tuple[str, str, str | None, str | None, str | None, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class _NamedPupil:
    """A pupil whose full name stands in a text; `is_shared` where somebody on another register bears it too."""

    person_id: str
    is_shared: bool
    span: Span


class _Registers:
    """The names on all registers, because a pupil's name may stand within another's, or be another's too."""

    def __init__(self, people: _People) -> None:
        self._bearers = [(role, person_id) for role, person_id, *_ in people]
        self._roll = Names.of((str(number), PersonName(*said)) for number, (_, _, *said) in enumerate(people))

    def pupils_in(self, texts: Sequence[str]) -> list[list[_NamedPupil]]:
        return [self._pupils_in(text) for text in texts]

    def _pupils_in(self, text: str) -> list[_NamedPupil]:
        mentions = self._roll.mentions(text, least=Strength.FULL)
        named = [(self._bearers[int(each.who)], (each.start, each.end)) for each in mentions]
        others: set[Span] = {span for (role, _), span in named if role != "pupil"}
        return [_NamedPupil(person_id, span in others, span) for (role, person_id), span in named if role == "pupil"]


@lru_cache(maxsize=1)
def _pupils_named(people: _People, texts: tuple[str, ...]) -> list[list[_NamedPupil]]:
    """Return the pupils whom each text names; two checks of one run ask for the same ones."""
    return _Registers(people).pupils_in(texts)


def _judge(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    people: _People = tuple(db.execute(script("checks.posts", "pupil_named.sql")).fetchall())
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
    id="pupil_named",
    title="No post, title, picture description or tag gives a pupil's full name",
    finding=Finding(
        one="A post may give a pupil's full name",
        many="{count} posts may give a pupil's full name",
    ),
    why="A full name lets a stranger find a child, and beside a picture it tells them whom to look for; that is why "
    "schools show the name or the face, never both.",
    sources=EVERY_PLATFORM,
    coverage="core.named_post_coverage",
    sees="The given name or the name that a pupil is known as, together with the surname, or another whole name, of "
    "everyone on the pupils register, however it is spelt, in the titles, texts, picture descriptions and tags of "
    "standing posts, replies, quotes, videos and reposts: the school shows what it reposts. Every video counts as a "
    "picture, for its thumbnail may show the pupil.",
    cannot_see="First names alone, initials and nicknames that the register does not have; names within pictures, "
    "spoken in a video or on a web page that a post leads to; whether the words mean the pupil or somebody else of the "
    "same name: where another register has the name too, the evidence says so.",
    next_step="Take the post down, or post it anew with the first name alone and no picture. If somebody else is "
    "meant, mark the exception as mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=1,
    do_not="Do not copy the name into messages about the post; its link is enough.",
    subject_kind="post",
    concerns="pupil",
    judge=_judge,
    evidence=(
        *PLACE,
        QUOTE,
        # Whom the school's own words name; no account is said to be this pupil's.
        replace(WHOSE, links=False),
        Evidence("with_picture", "fact", changes=True),
        Evidence("also_on_other_register", "fact"),
    ),
    needs=("pupils",),
    canary=planted("checks.posts", "pupil_named", subject="canary-pupil-named"),
)
