"""A protected account should be followed by those alone whom the school has approved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.evidence import ACCOUNT, ACCOUNT_LINK, BAND, QUOTE, SHOWN_NAME, SIGNS, WHOSE, Evidence
from checks.followers.known import ACTOR, known_accounts, lines
from checks.model import Check
from checks.papers import papers
from checks.registers import OF_THE_ROLES
from engines.people import REGISTER_OF
from policies.platforms.registry import platforms_with

_ACCOUNT = ["platform", "account_id"]
_PROTECTED = "select platform, account_id from core.profiles where is_protected"
_APPROVED = (
    "select distinct platform, actor_id from core.matches where band = 'declared' and list_contains($roles, role)"
)
_followers = lines("follower")
_known_accounts = known_accounts("pupil", "leaver", "parent", "staff", "governor")


def _judge(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> pl.DataFrame:
    approved = pl.DataFrame(db.sql(_APPROVED, params={"roles": list(parameters["roles"])}))
    unapproved = (
        _followers(db, as_of, {})
        .filter(pl.col("platform").is_in(platforms_with("follower_approval")))
        .join(pl.DataFrame(db.sql(_PROTECTED)), on=_ACCOUNT, how="semi", maintain_order="left")
        .join(approved, on=ACTOR, how="anti", maintain_order="left")
        .join(_known_accounts(db, as_of, {}), on=ACTOR, how="left", maintain_order="left")
    )
    sentence = "An account that is not on the list of approved followers follows {}, which is protected."
    return unapproved.select(
        "platform",
        "account_id",
        pl.col("actor_id").alias("subject_id"),
        pl.format(sentence, pl.col("official")).alias("reason"),
        "account",
        "link",
        pl.format("An {}.", pl.col("such_account")).alias("may_be"),
        "band",
        "signs",
        "quote",
        "shown_name",
        "roll_id",
    )


CHECK = Check(
    **papers(__name__),
    sources=platforms_with("follower_approval"),
    judge=_judge,
    evidence=(
        ACCOUNT,
        ACCOUNT_LINK,
        Evidence("may_be", "fact"),
        BAND,
        SIGNS,
        QUOTE,
        SHOWN_NAME,
        # Said beside the question, which is whether the account was approved: a mistake in that rejects no link.
        replace(WHOSE, links=False, about=None),
    ),
    vocabulary={"roles": tuple(REGISTER_OF)},
    needs=(OF_THE_ROLES,),
    only=(_PROTECTED, "No official account on X is known to be private, so there is no list of approved followers."),
)
