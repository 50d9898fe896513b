"""An official account should reply to, repost, quote and like only those whom the policy allows."""

import polars as pl

from checks.comments.touching import WHOSE_ACCOUNT, known_touching
from checks.evidence import POSTED_ON, Evidence
from checks.followers.known import WHOM, unsettled
from checks.model import Check
from checks.papers import papers
from checks.registers import OF_THE_ROLES
from engines.people import REGISTER_OF
from policies.platforms.registry import platforms_with

CHECK = Check(
    **papers(__name__),
    sources=platforms_with("likes"),
    judge=known_touching(
        "official_interaction", pl.format("{} a post of an {}.", "action", "such_account"), says_whom=True
    ),
    evidence=(
        Evidence("link", "platform_id", identifies=True),
        Evidence("kind", "fact", changes=True, about="setting", values=("reply", "repost", "quote", "like")),
        POSTED_ON,
        Evidence("actor", "platform_id", identifies=True, links=True),
        *WHOSE_ACCOUNT,
        WHOM,
    ),
    vocabulary={"roles": tuple(REGISTER_OF)},
    unseen=unsettled("partner", "somebody's"),
    needs=(OF_THE_ROLES,),
)
