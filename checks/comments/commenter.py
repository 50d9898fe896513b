"""Asks whose accounts write to or about an official account: the question of two checks, for one role each."""

from functools import partial

import polars as pl

from checks.comments.touching import WHOSE_ACCOUNT, known_touching
from checks.evidence import Evidence
from checks.model import Check, Judge
from policies.platforms.registry import EVERY_PLATFORM

EVIDENCE = (
    Evidence("newest", "platform_id", identifies=True),
    Evidence("newest_on", "fact"),
    Evidence("comments", "fact"),
    Evidence("kinds", "fact"),
    *WHOSE_ACCOUNT,
)
# A check of who writes to or about an official account: what all of these have in common.
CommenterCheck = partial(
    Check, sources=EVERY_PLATFORM, coverage="core.commenter_coverage", subject_kind="actor", evidence=EVIDENCE
)


def commenters(role: str) -> Judge:
    """Return a judge that lists the accounts known to be somebody's in this role that write to or about the school."""
    return known_touching("commenter", pl.format("An {} {}.", "such_account", "action"), role)
