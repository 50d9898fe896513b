"""Reads the words of the school's standing posts; whatever they hold of one post becomes one exception."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

import duckdb
import polars as pl

from checks.evidence import POST_LINK, POSTED_ON, SIGNS, Evidence
from checks.model import Check, script
from engines.words import Sign
from policies.platforms.registry import EVERY_PLATFORM

T = TypeVar("T")
_POST = ("platform", "account_id", "post_id")
PLACE = (POST_LINK, POSTED_ON, Evidence("where", "fact"))
EVIDENCE = (*PLACE, Evidence("kind", "fact", changes=True), SIGNS)
# A check of what the posts say: what all of these have in common.
WordingCheck = partial(
    Check, sources=EVERY_PLATFORM, coverage="core.post_coverage", subject_kind="post", evidence=EVIDENCE
)
_LEAD = ("platform", "account_id", "subject_id", "reason", "link", "posted_on", "where")


@dataclass(frozen=True, slots=True)
class PostReading(Generic[T]):
    """What the texts of one post hold; `where` are the parts of it that say so, `which` names the post."""

    which: str
    has_picture: bool
    where: tuple[str, ...]
    signs: tuple[T, ...]


Described = Mapping[str, str | None]


def exceptions(
    db: duckdb.DuckDBPyConnection,
    read: Callable[[str], Sequence[T]],
    describe: Callable[[PostReading[T]], Described],
    *,
    evidence: Sequence[str],
) -> pl.DataFrame:
    """Return one row per standing post in whose texts `read` sees something.

    `describe` gives the row its reason and these columns of evidence.
    """
    rows = [{**lead, "where": ", ".join(reading.where), **describe(reading)} for lead, reading in _readings(db, read)]
    return pl.DataFrame(rows, schema=dict.fromkeys((*_LEAD, *evidence), pl.String))


def described(reason: str, signs: Sequence[Sign]) -> Described:
    """Return the reason and the evidence of what the rule lists see; the words themselves are not repeated."""
    kinds = sorted({sign.what.replace("_", " ") for sign in signs})
    why = dict.fromkeys(sign.why for sign in signs)
    return {"reason": reason, "kind": ", ".join(kinds), "signs": " ".join(why)}


def _readings(
    db: duckdb.DuckDBPyConnection, read: Callable[[str], Sequence[T]]
) -> Iterator[tuple[dict[str, str | None], PostReading[T]]]:
    rows = db.sql(script("checks.posts", "wording.sql")).pl().iter_rows(named=True)
    for (platform, account_id, post_id), texts in groupby(rows, key=itemgetter(*_POST)):
        signed = [(text, sign) for text in texts for sign in read(text["words"])]
        if signed:
            first = signed[0][0]
            lead = {"platform": platform, "account_id": account_id, "subject_id": post_id}
            yield lead | {name: first[name] for name in ("link", "posted_on")}, _reading(first, signed)


def _reading(first: Mapping[str, Any], signed: Sequence[tuple[Mapping[str, Any], T]]) -> PostReading[T]:
    parts = tuple(dict.fromkeys(text["part"] for text, _ in signed))
    return PostReading(first["which"], first["has_picture"], parts, tuple(sign for _, sign in signed))
