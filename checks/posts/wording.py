"""The words of the school's standing posts, and how what is found in them becomes one exception a post."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

import duckdb
import polars as pl

from checks.model import script
from engines.words import Sign

T = TypeVar("T")
_POST = ("platform", "account_id", "post_id")
_LEAD = ("platform", "account_id", "subject_id", "reason", "link", "posted_on", "where")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What was found in the texts of one post; `where` are the parts of it that say so, `which` names the post."""

    which: str
    has_picture: bool
    where: tuple[str, ...]
    found: tuple[T, ...]


Described = Mapping[str, str | None]


def exceptions(
    db: duckdb.DuckDBPyConnection,
    read: Callable[[str], Sequence[T]],
    describe: Callable[[Reading[T]], Described],
    *,
    evidence: Sequence[str],
) -> pl.DataFrame:
    """Return one row per standing post in whose texts something is found.

    `describe` gives the row its reason and these columns of evidence.
    """
    rows = [{**lead, "where": ", ".join(reading.where), **describe(reading)} for lead, reading in _readings(db, read)]
    return pl.DataFrame(rows, schema=dict.fromkeys((*_LEAD, *evidence), pl.String))


def described(reason: str, found: Sequence[Sign]) -> Described:
    """Return the reason and the evidence of what the rule lists found; the words themselves are not repeated."""
    kinds = sorted({one.what.replace("_", " ") for one in found})
    signs = dict.fromkeys(one.why for one in found)
    return {"reason": reason, "kind": ", ".join(kinds), "signs": " ".join(signs)}


def _readings(
    db: duckdb.DuckDBPyConnection, read: Callable[[str], Sequence[T]]
) -> Iterator[tuple[dict[str, str | None], Reading[T]]]:
    texts = db.sql(script("checks.posts", "wording.sql")).pl().iter_rows(named=True)
    for (platform, account_id, post_id), said in groupby(texts, key=itemgetter(*_POST)):
        heard = [(text, found) for text in said for found in read(text["said"])]
        if heard:
            first = heard[0][0]
            lead = {"platform": platform, "account_id": account_id, "subject_id": post_id}
            yield lead | {name: first[name] for name in ("link", "posted_on")}, _reading(first, heard)


def _reading(first: Mapping[str, Any], heard: Sequence[tuple[Mapping[str, Any], T]]) -> Reading[T]:
    parts = tuple(dict.fromkeys(text["part"] for text, _ in heard))
    return Reading(first["which"], first["has_picture"], parts, tuple(found for _, found in heard))
