"""Nobody should be threatened or abused in what others write to the school in public."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.canary import planted
from checks.comments.people_named import names_of_pupils_and_staff
from checks.evidence import ABOUT_WORDS, FOUND_BY, POSTED_ON, SCORE, SIGNS, UNREAD, Evidence
from checks.families import found_by, kinds_of, signs, unread
from checks.finding import Finding
from checks.model import Check, script
from checks.quotes import quoted
from engines.text import Span
from engines.words import TextFamily, read_texts
from policies.platforms.registry import EVERY_PLATFORM

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
    **dict.fromkeys(("abuse", "threat", "excerpt", "signs", "found_by", ABOUT_WORDS, UNREAD), pl.String),
    SCORE: pl.Float64,
}


def _judge(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    comments = db.execute(script("checks.comments", "abusive_comment.sql")).pl().to_dicts()
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


def _kinds(family: TextFamily) -> list[str]:
    return ["lure"] if family.family == "contact" else kinds_of(family)


def _row(comment: Mapping[str, Any], families: Sequence[TextFamily]) -> dict[str, str | float | None]:
    found = {kind for family in families for kind in _kinds(family)}
    kinds = [kind for kind in SAYS if kind in found]
    return {
        **{name: comment[name] for name in ("platform", "account_id", "subject_id", "link", "posted_on")},
        "reason": f"{_WRITTEN[comment['kind']]} {comment['handle']} {SAYS[kinds[0]]}.",
        "abuse": ", ".join(kinds),
        "threat": "yes" if "threat" in kinds else "no",
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
    id="abusive_comment",
    title="No public reply or comment threatens, abuses or degrades anybody, or draws a child into private contact",
    finding=Finding(
        one="A comment may be abusive, threatening or a danger to a child",
        many="{count} comments may be abusive, threatening or a danger to a child",
    ),
    why="Abuse under the school's name is read by children and families, and a threat may be meant; the law and the "
    "platforms give ways to have both removed.",
    sources=EVERY_PLATFORM,
    coverage="core.comment_coverage",
    sees="Replies, mentions and quotes on X, and public comments and replies on YouTube, whose words are on the lists "
    "of threats, slurs and abuse, also where they are spelled with signs for letters; what is said against people for "
    "who they are, with or without a slur; words of contempt beside the name of a pupil or a member of staff; offers "
    "of a chat name, or calls to private talk or a secret meeting; and what a learned score is sure is one of these. "
    "What may be one is counted for a person to read.",
    cannot_see="Words in quotation marks, denied or condemned, which are not counted against the writer; irony, "
    "innuendo and what only those who were there would understand; what pictures, videos and links show; whether an "
    "accusation is true; languages other than English; replies by protected accounts; quotes of posts older than 30 "
    "days; what was deleted or is held back.",
    next_step="Read the comment in its context. Keep a copy as evidence, report it to the platform and hide it. Where "
    "somebody is threatened, tell the designated safeguarding lead and the police the same day. If it is harmless, "
    "mark the exception as mistaken.",
    may="be abusive",
    owner_role="dsl",
    days_to_act=1,
    do_not="Do not answer it in public, and do not delete it before a copy is kept.",
    subject_kind="comment",
    concerns="comment",
    judge=_judge,
    evidence=(
        Evidence("link", "platform_id", identifies=True),
        POSTED_ON,
        Evidence("abuse", "fact", changes=True, about="words"),
        Evidence("threat", "fact"),
        Evidence("excerpt", "strangers_text", identifies=True, changes=True),
        SIGNS,
        FOUND_BY,
    ),
    heeds=("pupils", "staff"),
    canary=planted("checks.comments", "abusive_comment", subject="canary-abusive-comment"),
)
