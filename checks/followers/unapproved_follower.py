"""A protected account should be followed by those alone whom the school has approved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.canary import planted
from checks.evidence import ACCOUNT, ACCOUNT_LINK, BAND, QUOTE, SHOWN_NAME, SIGNS, WHOSE, Evidence
from checks.finding import Finding
from checks.followers.known import ACTOR, known_accounts, lines
from checks.model import Check
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
    approved = db.execute(_APPROVED, {"roles": list(parameters["roles"])}).pl()
    unapproved = (
        _followers(db, as_of, {})
        .filter(pl.col("platform").is_in(platforms_with("follower_approval")))
        .join(db.execute(_PROTECTED).pl(), on=_ACCOUNT, how="semi", maintain_order="left")
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
    id="unapproved_follower",
    title="Every follower of a protected official account is on the school's list of approved followers",
    finding=Finding(
        one="A follower of {account} is not on the list of approved followers",
        many="{count} followers of {account} are not on the list of approved followers",
    ),
    why="A protected account shows its posts to those alone whom the school let in; one follower whom nobody knows "
    "undoes that for every child in the pictures.",
    sources=platforms_with("follower_approval"),
    coverage="core.follower_coverage",
    sees="On official X accounts whose own profile is protected: every follower whose account is declared, by id or "
    "handle, on none of the registers of those who may be approved, which are parents unless the policy says "
    "otherwise.",
    cannot_see="Who was approved by word of mouth: an account that no register declares counts as not approved, even "
    "if it bears a parent's name. An account that is open to everybody approves no followers, and is not looked at. "
    "YouTube channels have no followers to approve.",
    next_step="Ask whoever approved the follower whose account it is. If it is a parent's, enter the account on the "
    "parents register; if nobody knows, remove the follower.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not write to the account to ask who its owner is, and do not search for more about its owner.",
    subject_kind="actor",
    concerns="pupil",
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
    defaults={"roles": ["parent"]},
    vocabulary={"roles": tuple(REGISTER_OF)},
    needs=(OF_THE_ROLES,),
    only=(_PROTECTED, "No official account on X is known to be private, so there is no list of approved followers."),
    canary=planted("checks.followers", "unapproved_follower", subject="canary-unapproved-follower"),
)
