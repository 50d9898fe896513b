"""The texts that may be what a check looks for and are not sure enough to be listed: a person should read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from dashboards.report.words import count, day, listed, source

SHOWN_AT_ONCE = 20
_NOUNS = {"comment": "comment", "post": "post", "actor": "profile"}


@dataclass(frozen=True, slots=True)
class TextToRead:
    """One such text, by its link alone; `family` is what it may be, `score` how likely, from 0 to 1."""

    fingerprint: str
    check_id: str
    check_title: str
    platform: str
    account_handle: str | None
    subject_kind: str
    link: str | None
    posted_on: date | None
    family: str
    score: float


@dataclass(frozen=True, slots=True)
class TextsOfCheck:
    """The texts to read of one check: how many, in words, and a row of a table for each."""

    check_title: str
    how_many: str
    at_once: tuple[TextToRead, ...]
    folded: tuple[TextToRead, ...]


def to_read(texts: Sequence[TextToRead]) -> tuple[TextsOfCheck, ...]:
    """Return the texts by check, those that are most likely shown at once."""
    by_check = [tuple(group) for _, group in groupby(texts, key=lambda text: text.check_id)]
    return tuple(
        TextsOfCheck(group[0].check_title, texts_sentence(group), group[:SHOWN_AT_ONCE], group[SHOWN_AT_ONCE:])
        for group in by_check
    )


def texts_sentence(texts: Sequence[TextToRead]) -> str:
    """Return how many texts of one check a person should read, such as `2 comments may be abuse or hate`."""
    families = sorted({family.replace("_", " ") for text in texts for family in text.family.split(", ")})
    what = listed(families).replace(" and ", " or ")
    return f"{count(len(texts), _NOUNS.get(texts[0].subject_kind, 'text'))} may be {what}"


def where(text: TextToRead) -> str:
    """Return where a text stands, and since when."""
    handle = f", {text.account_handle}" if text.account_handle else ""
    return f"{source(text.platform)}{handle}{f', {day(text.posted_on)}' if text.posted_on else ''}"
