"""Lists the lines between official accounts and accounts that are known to be somebody's; matching was done before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import duckdb
import polars as pl

from checks.evidence import ACCOUNT, ACCOUNT_LINK, BAND, CONCERNS, QUOTE, SHOWN_NAME, SIGNS, WHOSE, Evidence
from checks.model import Check, Judge, Remark, bound, from_sql
from checks.papers import papers
from checks.texts import joined_column
from engines.people import REGISTER_OF
from policies.platforms.registry import EVERY_PLATFORM
from policies.toml_text import packaged_text

PACKAGE = "checks.followers"
GROWN_UP = 18
Touch = Literal["follower", "following", "writer", "reposter", "partner"]


def unsettled(touch: Touch, whose: str, *roles: str) -> Remark:
    """Return what says how many accounts bear the name of somebody in these roles, and nobody can tell whose they are.

    `touch` is what they have to do with an official one: a partner was answered, reposted, quoted or liked. A pack's
    roles come before ours.
    """

    def unseen(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> str | None:
        asked = {"roles": list(roles), "until_age": GROWN_UP, **parameters, "as_of": as_of, "touch": touch}
        sql = packaged_text(PACKAGE, "unsettled.sql")
        [(count,)] = db.execute(sql, bound(db, sql, asked, where="unsettled")).fetchall()
        return _sentence(int(count), whose)

    return unseen


def _sentence(count: int, whose: str) -> str | None:
    if not count:
        return None
    if count == 1:
        return f"1 further account bears {whose} name but shows too little else; it is not listed."
    return f"{count:,} further accounts bear {whose} name but show too little else; they are not listed."


ACTOR = ["platform", "actor_id"]
Direction = Literal["follower", "following"]
EVIDENCE = (ACCOUNT, ACCOUNT_LINK, BAND, SIGNS, QUOTE, SHOWN_NAME, WHOSE)
WHOM = Evidence("whom", "fact", values=tuple(REGISTER_OF))  # every role of whom it may be: an account may be of several


def lines(direction: Direction) -> Judge:
    """Return what asks for the current lines in this direction, with what the actors show and how to name them."""
    return from_sql(PACKAGE, "follow_line", direction=direction)


def known_accounts(*roles: str) -> Judge:
    """Return what asks for the accounts known to be somebody's in these roles; a pack's parameters come first."""
    known = from_sql(PACKAGE, "known_person", roles=list(roles), until_age=GROWN_UP)

    def judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
        return known(db, as_of, parameters).with_columns(joined_column("words").alias("quote")).drop("words")

    return judge


def known_lines(direction: Direction, sentence: pl.Expr, *roles: str, evidence: Sequence[Evidence] = EVIDENCE) -> Judge:
    """Return a judge that lists these lines where the account is known to be somebody's, each with this sentence."""
    all_lines, all_accounts = lines(direction), known_accounts(*roles)

    def judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
        rows = all_lines(db, as_of, {}).join(all_accounts(db, as_of, parameters), on=ACTOR, maintain_order="left")
        return rows.select(
            "platform",
            "account_id",
            pl.col("actor_id").alias("subject_id"),
            sentence.alias("reason"),
            CONCERNS,
            *(declared.label for declared in evidence),
        )

    return judge


def known_follower_check(module: str, role: str, whose: str, **more: Any) -> Check:
    """Return the check of a module that nobody in a role, whose account is known, follows an official account."""
    sentence = pl.format("An {} {} {}.", pl.col("such_account"), pl.col("follows"), pl.col("official"))
    return Check(
        **papers(module),
        sources=EVERY_PLATFORM,
        coverage="core.follower_coverage",
        subject_kind="actor",
        evidence=EVIDENCE,
        judge=known_lines("follower", sentence, role),
        unseen=unsettled("follower", whose, role),
        **more,
    )


def known_followed(*roles: str) -> Judge:
    """Return a judge that lists whom official accounts follow, where they are known to be somebody in these roles."""
    sentence = pl.format("{} follows an {}.", pl.col("official"), pl.col("such_account"))
    return known_lines("following", sentence, *roles, evidence=(*EVIDENCE, WHOM))
