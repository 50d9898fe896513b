"""Lists whoever is known, by the matches made before, to have written to, reposted or been answered by the school."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import ACCOUNT, BAND, QUOTE, SHOWN_NAME, SIGNS, WHOSE, Evidence
from checks.followers.known import ACTOR, WHOM, known_accounts, unsettled
from checks.model import Check, Judge, from_sql
from checks.papers import papers
from policies.platforms.registry import EVERY_PLATFORM

PLACE = ["platform", "account_id", "subject_id"]
WHOSE_ACCOUNT = (ACCOUNT, SHOWN_NAME, BAND, WHOSE, SIGNS, QUOTE)


def known_touching(stem: str, sentence: pl.Expr, *roles: str, says_whom: bool = False) -> Judge:
    """Return a judge that lists what `<stem>.sql` finds, where the account is known to be somebody's in these roles.

    The SQL answers with platform, account_id, subject_id, actor_id, `action`, then its evidence, to which those of
    WHOSE_ACCOUNT that it lacks are added, and whom each row concerns. The sentence may use `action`, and
    `such_account`: what the account is called by whose it is. A pack's roles come before ours. Where it `says_whom`,
    every role of whom the account may be is evidence too.
    """
    touching, all_accounts = from_sql("checks.comments", stem), known_accounts(*roles)

    def judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
        people = all_accounts(db, as_of, parameters)
        rows = touching(db, as_of, {}).join(people, on=ACTOR, maintain_order="left")
        reason = sentence.alias("reason")
        left_out = () if says_whom else (WHOM.label,)
        evidence = pl.all().exclude(*PLACE, "actor_id", "action", "such_account", *left_out)
        return rows.unique(PLACE, keep="first", maintain_order=True).select(*PLACE, reason, evidence)

    return judge


EVIDENCE = (
    Evidence("newest", "platform_id", identifies=True),
    Evidence("newest_on", "fact"),
    Evidence("comments", "fact"),
    Evidence("kinds", "fact", values=("reply", "mention", "quote", "comment")),
    *WHOSE_ACCOUNT,
)


def commenter_check(module: str, role: str, whose: str) -> Check:
    """Return the check of a module that nobody in a role, whose account is known, writes to or about the school."""
    return Check(
        **papers(module),
        sources=EVERY_PLATFORM,
        coverage="core.commenter_coverage",
        subject_kind="actor",
        evidence=EVIDENCE,
        judge=known_touching("commenter", pl.format("An {} {}.", "such_account", "action"), role),
        unseen=unsettled("writer", whose, role),
    )
