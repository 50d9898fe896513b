"""A member of staff should not repost the school's pictures from a personal account."""

import polars as pl

from checks.comments.touching import WHOSE_ACCOUNT, known_touching
from checks.evidence import Evidence
from checks.followers.known import unsettled
from checks.model import Check
from checks.papers import papers
from policies.platforms.registry import platforms_with

CHECK = Check(
    **papers(__name__),
    sources=platforms_with("reposts"),
    judge=known_touching("staff_repost", pl.format("An {} {}.", "such_account", "action"), "staff"),
    evidence=(
        Evidence("newest", "platform_id"),
        Evidence("newest_on", "fact"),
        Evidence("posts", "fact"),
        *WHOSE_ACCOUNT,
    ),
    unseen=unsettled("reposter", "a member of staff's", "staff"),
)
