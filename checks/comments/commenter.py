"""Asks whose accounts write to or about an official account: the question of two checks, for one role each."""

import polars as pl

from checks.comments.touching import known_touching
from checks.model import Judge


def commenters(role: str) -> Judge:
    """Return a judge that lists the accounts known to be somebody's in this role that write to or about the school."""
    return known_touching("commenter", pl.format("An {} {}.", "such_account", "told"), role)
