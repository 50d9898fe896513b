"""Official accounts should post within the school's hours, and not too often on one day."""

from checks.evidence import POST_LINK, POSTED_ON, Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from policies.platforms.registry import EVERY_PLATFORM

CHECK = Check(
    **papers(__name__),
    sources=EVERY_PLATFORM,
    judge=from_sql("checks.posts", "posting_hours"),
    evidence=(
        POST_LINK,
        POSTED_ON,
        Evidence("posted_at", "fact", about="setting"),
        Evidence("posts_that_day", "fact"),
    ),
)
