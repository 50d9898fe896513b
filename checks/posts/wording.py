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

from checks.comments.abusive_comment import names_of_pupils_and_staff
from checks.evidence import ABOUT_WORDS, FOUND_BY, POST_LINK, POSTED_ON, QUOTE, SCORE, SIGNS, UNREAD, Evidence
from checks.model import Check, Judge
from checks.texts import described, kinds_of, quoted, words_of
from engines.naming import PersonName
from engines.text import Span
from engines.words import TextFamily, TextKind, memory_at_hand, read_texts
from policies.platforms.registry import EVERY_PLATFORM
from policies.toml_text import packaged_text

T = TypeVar("T")
_POST = ("platform", "account_id", "post_id")
PLACE = (POST_LINK, POSTED_ON, Evidence("where", "fact"))


def evidence_of(*kinds: str) -> tuple[Evidence, ...]:
    """Return the evidence of a check of words, whose kinds are these where they are few."""
    return (*PLACE, QUOTE, Evidence("kind", "fact", values=kinds, changes=True, about="words"), SIGNS, FOUND_BY)


# A check of what the posts say: what all of these have in common.
WordingCheck = partial(
    Check, sources=EVERY_PLATFORM, coverage="core.post_coverage", subject_kind="post", evidence=evidence_of()
)
# The same, where what official accounts comment under their videos is read too.
SaidCheck = partial(WordingCheck, coverage="core.said_coverage")
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
    own_comments: bool = False,
) -> pl.DataFrame:
    """Return one row per standing post in whose texts `read`, which is given all of them at once, sees something.

    `describe` gives the row its reason and these columns of evidence. Where something `is_sure` in a post, nothing else
    of the post is told. With `own_comments`, what official accounts comment under it is among its texts.
    """
    rows = [
        {**lead, "where": ", ".join(reading.where), **describe(reading)}
        for lead, reading in _readings(texts_of_posts(db, own_comments=own_comments), read, is_sure)
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
    also: Callable[[Sequence[TextFamily]], Described] = lambda _: {},
    *,
    own_comments: bool = False,
) -> Judge:
    """Return a judge that gives one row per standing post whose texts are of one of these families, or may be.

    `reason` makes the sentence of what the post is called and its families; `kinds` is what the evidence calls the
    words of a family, and `also` gives further evidence. A pack's `official` are contact details that are the school's
    own, beside its website.
    """
    evidence = ("quote", "kind", "signs", "found_by", *also(()))

    def describe(reading: PostReading[TextFamily]) -> Described:
        quote = quoted(reading.first_text, _first_span(reading.signs[0]))
        about = sorted({words_of(text, [sign]) for text, sign in zip(reading.texts, reading.signs, strict=True)})
        said = {"reason": reason(reading.which, reading.signs), "quote": quote, ABOUT_WORDS: " … ".join(about)}
        return {**said, **described(reading.signs, kinds), **also(reading.signs)}

    def judge(db: duckdb.DuckDBPyConnection, _as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
        websites = [site for (site,) in db.execute(_WEBSITES).fetchall()]
        official = frozenset([*parameters.get("official", ()), *websites])
        people = (names_of_pupils_and_staff(db), _called(db))

        def read(texts: Sequence[str]) -> list[list[TextFamily]]:
            all_families = _read if memory_at_hand() is None else _read.__wrapped__  # a run's memory keeps what it read
            readings = all_families(tuple(texts), "post", official, *people)
            return [[family for family in reading if family.family in families] for reading in readings]

        return exceptions(
            db, read, describe, evidence=evidence, is_sure=lambda family: family.is_listed, own_comments=own_comments
        )

    return judge


_PUPILS = "select full_name, given_names, surname, known_as, other_names from core.people where role = 'pupil'"


def _called(db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return what the pupils on the register are called: by whole names, and by the first names that they go by."""
    forms = {form for said in db.execute(_PUPILS).fetchall() for form in PersonName(*said).forms if "," not in form}
    return frozenset(forms | {form.split()[0] for form in forms})


@lru_cache(maxsize=4)
def _read(
    texts: tuple[str, ...], kind: TextKind, official: frozenset[str], names: frozenset[str], pupils: frozenset[str]
) -> tuple[tuple[TextFamily, ...], ...]:
    """Return every family of these texts; the checks of one self-test ask for the same ones one after the other."""
    return tuple(read_texts(texts, kind, official=official, names=names, pupils=pupils))


def _first_span(family: TextFamily) -> Span:
    """Return where the first words of a family stand; the whole text where the score alone speaks."""
    return min((sign.span for sign in family.signs), default=family.span)


def texts_of_posts(db: duckdb.DuckDBPyConnection, *, own_comments: bool) -> list[dict[str, Any]]:
    """Return one row per text of each standing post, as wording.sql gives them."""
    asked = {"with_own_comments": own_comments}
    return pl.DataFrame(db.sql(packaged_text("checks.posts", "wording.sql"), params=asked)).to_dicts()


def _readings(
    rows: Sequence[Mapping[str, Any]],
    read: Callable[[Sequence[str]], Sequence[Sequence[T]]],
    is_sure: Callable[[T], bool],
) -> Iterator[tuple[dict[str, str | None], PostReading[T]]]:
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
