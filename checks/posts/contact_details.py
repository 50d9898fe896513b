"""No post should give private contact details, or a link that lets strangers in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.canary import planted
from checks.finding import Finding
from checks.posts.wording import WordingCheck, family_exceptions
from engines.words import TextFamily


def _judge(db: duckdb.DuckDBPyConnection, _as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    return family_exceptions(db, ["contact"], _reason, official=parameters["official"])


def _reason(which: str, families: Sequence[TextFamily]) -> str:
    is_seen = any(family.signs for family in families)
    return f"{which} {'gives' if is_seen else 'seems to give'} private contact details."


CHECK = WordingCheck(
    id="contact_details",
    title="No post gives a private address, telephone number, home or link that lets strangers in",
    finding=Finding(
        one="A post may give away a private contact, a home or an open link",
        many="{count} posts may give away a private contact, a home or an open link",
    ),
    why="A private number or a home that stands under a school's name can be found by anybody, for ever; an open "
    "link lets a stranger into a meeting with children.",
    sees="E-mail addresses, telephone numbers, homes with a postcode or a street, and links into meetings, chats and "
    "shared documents, in the titles, texts, picture descriptions and tags of standing posts, reposts, quotes, replies "
    "and videos. What the pack's official parameter and the school's website name is the school's own. The reports "
    "for the Lead and the safeguarding lead quote the words, and no other does. A learned score reads them too: what "
    "it is sure of is listed, and what may be so is counted for a person to read.",
    cannot_see="Details within pictures, such as a photographed letter, or spoken in a video; details spelled out so "
    "that no machine may read them; whether a number belongs to a person or to a firm.",
    next_step="Take the post down, or post it anew without the detail, and tell the person whose it is. If it is one "
    "of the school's own, add it to the official parameter in the policy's pack.",
    may="give private contact details",
    owner_role="enterprise_and_technology_lead",
    days_to_act=1,
    do_not="Do not ring the number, open the link or write to the address to find out whose it is.",
    concerns="post",
    judge=_judge,
    defaults={"official": []},
    canary=planted("checks.posts", "contact_details", subject="canary-contact-details"),
)
