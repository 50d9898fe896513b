"""Reads the words of the school's standing posts, all at once; whatever they hold of one post becomes one row."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

import duckdb
import polars as pl

from checks.evidence import ABOUT_WORDS, FOUND_BY, POST_LINK, POSTED_ON, QUOTE, SCORE, SIGNS, UNREAD, Evidence
from checks.model import Check, Judge
from checks.papers import script
from checks.texts import described, kinds_of, quoted, words_of
from engines.text import Span
from engines.words import TextFamily, read_texts
from policies.platforms.registry import EVERY_PLATFORM

T = TypeVar("T")
_POST = ("platform", "account_id", "post_id")
PLACE = (POST_LINK, POSTED_ON, Evidence("where", "fact"))
KIND = Evidence("kind", "fact", changes=True, about="words")
EVIDENCE = (*PLACE, QUOTE, KIND, SIGNS, FOUND_BY)
# A check of what the posts say: what all of these have in common.
WordingCheck = partial(
    Check, sources=EVERY_PLATFORM, coverage="core.post_coverage", subject_kind="post", evidence=EVIDENCE
)
Described = Mapping[str, str | float | None]
_WEBSITES = "select website from core.school where website is not null"
_LEAD = ("platform", "account_id", "subject_id", "reason", "link", "posted_on", "where")


@dataclass(frozen=True, slots=True)
class PostReading(Generic[T]):
    """What the texts of one post hold.

    `which` names the post, `where` are the parts of it that say so, `first_text` is the one with the first sign, and
    `texts` has for each sign the text that it stands in.
    """

    which: str
    has_picture: bool
    where: tuple[str, ...]
    first_text: str
    signs: tuple[T, ...]
    texts: tuple[str, ...]


def exceptions(
    db: duckdb.DuckDBPyConnection,
    read: Callable[[Sequence[str]], Sequence[Sequence[T]]],
    describe: Callable[[PostReading[T]], Described],
    *,
    evidence: Sequence[str],
    is_sure: Callable[[T], bool] = lambda _: True,
) -> pl.DataFrame:
    """Return one row per standing post in whose texts `read`, which is given all of them at once, sees something.

    `describe` gives the row its reason and these columns of evidence. Where something `is_sure` in a post, nothing else
    of the post is told.
    """
    rows = [
        {**lead, "where": ", ".join(reading.where), **describe(reading)}
        for lead, reading in _readings(db, read, is_sure)
    ]
    schema = {
        **dict.fromkeys((*_LEAD, *evidence), pl.String),
        ABOUT_WORDS: pl.String,
        UNREAD: pl.String,
        SCORE: pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema)


def judge_of(
    families: Collection[str],
    reason: Callable[[str, Sequence[TextFamily]], str],
    kinds: Callable[[TextFamily], Sequence[str]] = kinds_of,
) -> Judge:
    """Return a judge that gives one row per standing post whose texts are of one of these families, or may be.

    `reason` makes the sentence of what the post is called and its families; `kinds` is what the evidence calls the
    words of a family. A pack's `official` are contact details that are the school's own, beside its website.
    """

    def describe(reading: PostReading[TextFamily]) -> Described:
        quote = quoted(reading.first_text, _first_span(reading.signs[0]))
        about = sorted({words_of(text, [sign]) for text, sign in zip(reading.texts, reading.signs, strict=True)})
        said = {"reason": reason(reading.which, reading.signs), "quote": quote, ABOUT_WORDS: " … ".join(about)}
        return {**said, **described(reading.signs, kinds)}

    def judge(db: duckdb.DuckDBPyConnection, _as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
        websites = [site for (site,) in db.execute(_WEBSITES).fetchall()]
        official = frozenset([*parameters.get("official", ()), *websites])

        def read(texts: Sequence[str]) -> list[list[TextFamily]]:
            readings = _all_families(tuple(texts), official)
            return [[family for family in reading if family.family in families] for reading in readings]

        evidence = ("quote", "kind", "signs", "found_by")
        return exceptions(db, read, describe, evidence=evidence, is_sure=lambda family: family.is_listed)

    return judge


@lru_cache(maxsize=1)
def _all_families(texts: tuple[str, ...], official: frozenset[str]) -> tuple[tuple[TextFamily, ...], ...]:
    """Return every family of these texts; the checks of one run ask for the same ones one after the other."""
    return tuple(read_texts(texts, "post", official=official))


def _first_span(family: TextFamily) -> Span:
    """Return where the first words of a family stand; the whole text where the score alone speaks."""
    return min((sign.span for sign in family.signs), default=family.span)


def _readings(
    db: duckdb.DuckDBPyConnection,
    read: Callable[[Sequence[str]], Sequence[Sequence[T]]],
    is_sure: Callable[[T], bool],
) -> Iterator[tuple[dict[str, str | None], PostReading[T]]]:
    rows = db.execute(script("checks.posts", "wording.sql")).pl().to_dicts()
    read_rows = zip(rows, read([row["words"] for row in rows]), strict=True)
    for (platform, account_id, post_id), texts in groupby(read_rows, key=lambda pair: itemgetter(*_POST)(pair[0])):
        signed = [(text, sign) for text, signs in texts for sign in signs]
        if signed:
            first = signed[0][0]
            lead = {"platform": platform, "account_id": account_id, "subject_id": post_id}
            sure = [(text, sign) for text, sign in signed if is_sure(sign)]
            yield lead | {name: first[name] for name in ("link", "posted_on")}, _reading(first, sure or signed)


def _reading(first: Mapping[str, Any], signed: Sequence[tuple[Mapping[str, Any], T]]) -> PostReading[T]:
    parts = tuple(dict.fromkeys(text["part"] for text, _ in signed))
    texts, signs = tuple(text["words"] for text, _ in signed), tuple(sign for _, sign in signed)
    return PostReading(first["which"], first["has_picture"], parts, texts[0], signs, texts)
