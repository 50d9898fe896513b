"""Nobody should be threatened or abused in what others write to the school in public."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.canary import planted
from checks.comments.people_named import names_of_pupils_and_staff
from checks.evidence import POSTED_ON, Evidence
from checks.model import Check, script
from engines.words import Sign, abusive, contact_details
from policies.platforms.registry import EVERY_PLATFORM

LONGEST_EXCERPT = 200
BEFORE = 60  # how much of what leads up to the sign an excerpt shows
_WRITTEN = {"reply": "A reply to", "mention": "A mention of", "quote": "A quote of", "comment": "A comment to"}
# The most severe first: the reason is about that one, and the evidence names them all.
SAYS = {
    "threat": "seems to threaten somebody",
    "lure": "seems to draw somebody into private contact",
    "slur": "uses a slur or degrades people for who they are",
    "abuse": "seems to abuse a pupil or a member of staff",
    "allegation": "says of somebody what may be a crime or a breach of trust",
    "obscenity": "uses obscene words against somebody",
}
# What the reading of contact details calls an offer of a chat name, and a call to private talk or a meeting.
_LURES = frozenset({"handle", "private_contact"})
_COLUMNS = ("platform", "account_id", "subject_id", "reason", "link", "posted_on", "abuse", "threat", "excerpt")


def _judge(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> pl.DataFrame:
    names = names_of_pupils_and_staff(db)
    comments = db.sql(script("checks.comments", "abusive_comment.sql")).pl().iter_rows(named=True)
    judged = ((comment, [*abusive(comment["text"], names=names), *lures(comment["text"])]) for comment in comments)
    rows = [_row(comment, signs) for comment, signs in judged if signs]
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


def lures(text: str) -> list[Sign]:
    """Return where the text offers or asks for private contact."""
    return [replace(sign, what="lure") for sign in contact_details(text) if sign.what in _LURES]


def _row(comment: Mapping[str, Any], signs: Sequence[Sign]) -> tuple[str, ...]:
    what = {sign.what for sign in signs}
    kinds = [kind for kind in SAYS if kind in what]
    reason = f"{_WRITTEN[comment['kind']]} {comment['handle']} {SAYS[kinds[0]]}."
    return (
        comment["platform"],
        comment["account_id"],
        comment["subject_id"],
        reason,
        comment["link"],
        comment["posted_on"],
        ", ".join(kinds),
        "yes" if "threat" in kinds else "no",
        excerpt(comment["text"], min(sign.span[0] for sign in signs)),
    )


def excerpt(text: str, start: int) -> str:
    """Return the text on one line; of a long one, the part about `start` that a reader needs to judge it."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_EXCERPT:
        return line
    room = LONGEST_EXCERPT - 2
    at = len(" ".join(text[:start].split()))
    first = max(0, min(at - BEFORE, len(line) - room))
    part = line[first : first + room]
    return f"{'…' if first else ''}{part}{'…' if first + room < len(line) else ''}"


CHECK = Check(
    id="abusive_comment",
    title="No public reply or comment threatens, abuses or degrades anybody, or draws a child into private contact",
    why="Abuse under the school's name is read by children and families, and a threat may be meant; the law and the "
    "platforms give ways to have both removed.",
    sources=EVERY_PLATFORM,
    coverage="core.comment_coverage",
    sees="Replies, mentions and quotes on X, and public comments and replies on YouTube, whose words are on the lists "
    "of threats, slurs and abuse, also where they are spelled with signs for letters; words of contempt beside the "
    "name of a pupil or a member of staff; and offers of a chat name, or calls to private talk or a secret meeting.",
    cannot_see="Words in quotation marks, denied or condemned, which are not counted against the writer; irony, "
    "innuendo and what only those who were there would understand; what pictures, videos and links show; whether an "
    "accusation is true; languages other than English; replies by protected accounts; quotes of posts older than 30 "
    "days; what was deleted or is held back.",
    next_step="Read the comment in its context. Keep a copy as evidence, report it to the platform and hide it. Where "
    "somebody is threatened, tell the designated safeguarding lead and the police the same day. If it is harmless, "
    "mark the exception as mistaken.",
    owner_role="dsl",
    days_to_act=1,
    do_not="Do not answer it in public, and do not delete it before a copy is kept.",
    subject_kind="comment",
    concerns="comment",
    judge=_judge,
    evidence=(
        Evidence("link", "platform_id", identifies=True),
        POSTED_ON,
        Evidence("abuse", "fact", changes=True),
        Evidence("threat", "fact"),
        Evidence("excerpt", "strangers_text", identifies=True, changes=True),
    ),
    heeds=("pupils", "staff"),
    canary=planted("checks.comments", "abusive_comment", subject="canary-abusive-comment"),
)
