"""No post should give private contact details, or a link that lets strangers in."""

from collections.abc import Sequence

from checks.papers import papers
from checks.posts.wording import WordingCheck, evidence_of, judge_of
from engines.words import TextFamily

# What the rules tell, and what the learned score alone may have seen.
_KINDS = (
    "phone",
    "email",
    "handle",
    "home address",
    "chat invitation",
    "meeting",
    "open document",
    "private contact",
    "contact",
)


def _reason(which: str, families: Sequence[TextFamily]) -> str:
    is_seen = any(family.signs for family in families)
    return f"{which} {'gives' if is_seen else 'seems to give'} private contact details."


CHECK = WordingCheck(
    **papers(__name__),
    judge=judge_of(["contact"], _reason),
    evidence=evidence_of(*_KINDS),
)
