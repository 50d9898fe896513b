"""No official account should show where to find a member of staff in private."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.comments.touching import WHOSE_ACCOUNT
from checks.evidence import POST_LINK, POSTED_ON, Evidence
from checks.followers.known import known_accounts
from checks.model import from_sql
from checks.papers import papers
from checks.posts.wording import SaidCheck, texts_of_posts

# A handle may hold dots and dashes on one platform, and end before them on another.
_HANDLE = re.compile(r"(?<![\w@./])@(?P<first>\w{1,30})(?P<more>(?:[.-]\w{1,30}){0,5})")
_DECLARED = "The staff register declares this account, by its handle."
_MET = "select platform, actor_id, handle, display_name as shown_name from core.actors where handle is not null"
EVIDENCE = (
    POST_LINK,
    POSTED_ON,
    Evidence("where", "fact"),
    Evidence("actor", "platform_id", identifies=True, links=True),
    *WHOSE_ACCOUNT,
)
Handles = Mapping[tuple[str, str], Mapping[str, Any]]


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    handles = {**_declared(db, as_of), **_known(db, as_of, parameters)}
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for text in texts_of_posts(db, own_comments=True):
        for handle in _handles(text["words"]):
            if whose := handles.get((text["platform"], handle)):
                place = (text["platform"], text["account_id"], text["post_id"])
                rows.setdefault(place, {"subject_id": place[2], **_row(text, handle, whose)})
    names = ("platform", "account_id", "subject_id", "reason", *(declared.label for declared in EVIDENCE))
    return pl.DataFrame(list(rows.values()), schema=dict.fromkeys(names, pl.String))


def _row(text: Mapping[str, Any], handle: str, whose: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: text[name] for name in ("platform", "account_id", "link", "posted_on")},
        "reason": f"{text['which']} shows an {whose['such_account']}.",
        "where": text["part"],
        "account": f"@{handle}",
        "actor": whose["actor_id"],
        **{name: whose[name] for name in ("shown_name", "band", "roll_id", "signs", "quote")},
    }


def _known(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> Handles:
    """Return the accounts that are known to be staff's among those that the school has met, by platform and handle."""
    known = known_accounts("staff")(db, as_of, parameters)
    met = pl.DataFrame(db.sql(_MET)).join(known, on=["platform", "actor_id"])
    return {(row["platform"], row["handle"].removeprefix("@").lower()): row for row in met.iter_rows(named=True)}


def _declared(db: duckdb.DuckDBPyConnection, as_of: date) -> Handles:
    """Return those that the staff register declares by their handle and that the school has not met."""
    rows = from_sql("checks.posts", "staff_handle_shown")(db, as_of, {}).to_dicts()
    said = {"such_account": "account declared as that of a member of staff", "band": "declared", "signs": _DECLARED}
    blank = dict.fromkeys(("actor_id", "shown_name", "quote"))
    return {(row["platform"], row["handle"]): {**blank, **said, "roll_id": row["roll_id"]} for row in rows}


def _handles(words: str) -> Iterator[str]:
    for match in _HANDLE.finditer(words):
        yield from dict.fromkeys(handle.lower() for handle in (match["first"] + match["more"], match["first"]))


CHECK = SaidCheck(**papers(__name__), judge=_judge, evidence=EVIDENCE)
