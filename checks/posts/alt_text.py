"""Every picture should carry words for those who cannot see it."""

from checks.evidence import POST_LINK, POSTED_ON
from checks.model import Check, from_sql
from checks.papers import papers
from policies.platforms.registry import platforms_with

CHECK = Check(
    **papers(__name__),
    sources=platforms_with("alt_texts"),
    judge=from_sql("checks.posts", "alt_text"),
    evidence=(POST_LINK, POSTED_ON),
)
