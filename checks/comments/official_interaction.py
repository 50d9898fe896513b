"""An official account should reply to, repost, quote and like only those whom the policy allows."""

import polars as pl

from checks.canary import planted
from checks.comments.touching import WHOSE_ACCOUNT, known_touching
from checks.evidence import POSTED_ON, Evidence
from checks.finding import Finding
from checks.model import Check
from checks.registers import OF_THE_ROLES
from engines.people import REGISTER_OF
from policies.platforms.registry import platforms_with

CHECK = Check(
    id="official_interaction",
    title="Official accounts reply to, repost, quote and like only accounts that they may",
    finding=Finding(
        one="{account} answered, liked or reposted an account that it may not",
        many="{account} answered, liked or reposted {count} times where it may not",
    ),
    why="When the school answers or likes a private account in public, it shows that person to everybody who follows "
    "the school, and it can look like a favour or like contact with a child.",
    sources=platforms_with("likes"),
    coverage="core.interaction_coverage",
    sees="Replies, reposts, quotes and likes of the official accounts on X for an account that a register declares, or "
    "that shows a full name on a register together with a public sign of that role. The policy's pack says which roles "
    "count. A former pupil counts until 18, or where the age is not known.",
    cannot_see="Direct messages; likes before the newest 500; accounts under another name, unless a register declares "
    "them; reposts and quotes for which X does not say whose post it was. YouTube shows neither whom a channel answers "
    "nor what it likes.",
    next_step="Look at what was answered. If the policy allows it, as an answer to a parent's question may be, record "
    "that it is allowed; if not, delete the reply or undo the repost or like, and remind whoever keeps the account. If "
    "it is not that person's account, mark the exception as mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not explain yourself to the other account in public, and do not block it for having been answered.",
    subject_kind="post",
    concerns="account",
    judge=known_touching("official_interaction", pl.format("{} a post of an {}.", "action", "such_account")),
    evidence=(
        Evidence("link", "platform_id", identifies=True),
        Evidence("kind", "fact", changes=True, about="setting"),
        POSTED_ON,
        Evidence("actor", "platform_id", identifies=True, links=True),
        *WHOSE_ACCOUNT,
    ),
    defaults={"roles": ["pupil", "leaver", "parent", "staff", "governor"]},
    vocabulary={"roles": tuple(REGISTER_OF)},
    needs=(OF_THE_ROLES,),
    canary=planted("checks.comments", "official_interaction", subject="canary-official-interaction-post"),
)
