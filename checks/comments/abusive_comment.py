"""Nobody should be threatened or abused in what others write to the school in public."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import ABOUT_WORDS, FOUND_BY, POSTED_ON, SCORE, SIGNS, UNREAD, Evidence
from checks.model import Check
from checks.papers import papers
from checks.texts import found_by, kinds_of, quoted, signs, unread
from engines.naming import PersonName, is_whole_name
from engines.people import REGISTER_OF
from engines.text import Span
from engines.words import TextFamily, read_texts
from policies.platforms.registry import EVERY_PLATFORM
from policies.toml_text import packaged_text

_PEOPLE = """
select full_name, given_names, surname, known_as, other_names, case when role = 'staff' then title end as title
from core.people where role in ('pupil', 'staff')
"""


def names_of_pupils_and_staff(db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return every full name on the two registers, and each member of staff's surname after a title."""
    names = set[str]()
    for *said, title in db.execute(_PEOPLE).fetchall():
        person = PersonName(*said)
        names.update(form for form in person.forms if "," not in form and is_whole_name(form))
        names |= {f"{title} {person.surname}"} if title and person.surname else set()
    return frozenset(name.casefold() for name in names)


LONGEST_EXCERPT = 200
_WRITTEN = {"reply": "A reply to", "mention": "A mention of", "quote": "A quote of", "comment": "A comment to"}
# The most severe first: the reason is about that one, and the evidence names them all.
SAYS = {
    "threat": "seems to threaten somebody",
    "lure": "seems to draw somebody into private contact",
    "hate": "seems to attack people for who they are",
    "slur": "uses a slur or degrades people for who they are",
    "abuse": "seems to abuse a pupil or a member of staff",
    "allegation": "says of somebody what may be a crime or a breach of trust",
    "obscenity": "uses obscene words against somebody",
}
# What the reading of contact details calls an offer of a chat name, and a call to private talk or a meeting.
_LURES = frozenset({"handle", "private_contact"})
_SCHEMA = {
    **dict.fromkeys(("platform", "account_id", "subject_id", "reason", "link", "posted_on"), pl.String),
    **dict.fromkeys(("abuse", "threat", "written_by", "excerpt", "signs", "found_by", ABOUT_WORDS, UNREAD), pl.String),
    SCORE: pl.Float64,
}


def _judge(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    comments = pl.DataFrame(db.sql(packaged_text("checks.comments", "abusive_comment.sql"))).to_dicts()
    texts = [comment["text"] for comment in comments]
    readings = read_texts(texts, "comment", names=names_of_pupils_and_staff(db))
    judged = zip(comments, map(bearing, readings), strict=True)
    return pl.DataFrame([_row(comment, families) for comment, families in judged if families], schema=_SCHEMA)


def bearing(reading: Sequence[TextFamily]) -> Sequence[TextFamily]:
    """Return the families that are listed; where none is, those that may be.

    Contact details alone, such as a plumber's number, offer nobody private contact: where the learned score speaks of
    it too, a person should read them, and otherwise they do not bear on this check.
    """
    families = [
        family if _lures(family) else replace(family, is_listed=False)
        for family in reading
        if _lures(family) or family.basis != "rule"
    ]
    return [family for family in families if family.is_listed] or families


def _lures(family: TextFamily) -> bool:
    """Say whether a family is one of abuse, or of an offer of private contact, and no mere contact detail."""
    return family.family != "contact" or not family.signs or any(sign.what in _LURES for sign in family.signs)


def _row(comment: Mapping[str, Any], families: Sequence[TextFamily]) -> dict[str, str | float | None]:
    found = {kind for each in families for kind in (["lure"] if each.family == "contact" else kinds_of(each))}
    kinds = [kind for kind in SAYS if kind in found]
    return {
        **{name: comment[name] for name in ("platform", "account_id", "subject_id", "link", "posted_on")},
        "reason": f"{_WRITTEN[comment['kind']]} {comment['handle']} {SAYS[kinds[0]]}.",
        "abuse": ", ".join(kinds),
        "threat": "yes" if "threat" in kinds else "no",
        "written_by": comment["written_by"],
        "excerpt": quoted(comment["text"], min(map(_span, families)), longest=LONGEST_EXCERPT),
        ABOUT_WORDS: comment["text"],
        "signs": signs(families),
        "found_by": found_by(families),
        **unread(families),
    }


def _span(family: TextFamily) -> Span:
    """Return where the first words stand that the check goes by."""
    spans = [sign.span for sign in family.signs if family.family != "contact" or sign.what in _LURES]
    return min(spans, default=family.span)


CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=_judge,
    evidence=(
        Evidence("link", "platform_id", identifies=True),
        POSTED_ON,
        Evidence("abuse", "fact", changes=True, about="words", values=tuple(SAYS)),
        Evidence("threat", "fact"),
        Evidence("written_by", "fact", values=(*REGISTER_OF, "nobody known")),
        Evidence("excerpt", "strangers_text", identifies=True, changes=True),
        SIGNS,
        FOUND_BY,
    ),
)
