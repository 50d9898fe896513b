"""No picture that the school shows, or keeps to show, should tell where it was taken."""

from checks.evidence import POST_LINK, POSTED_ON, Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from policies.platforms.registry import EVERY_PLATFORM

CHECK = Check(
    **papers(__name__),
    sources=(*EVERY_PLATFORM, "school"),
    judge=from_sql("checks.posts", "location_metadata"),
    evidence=(POST_LINK, POSTED_ON, Evidence("photograph_id", "fact", about="picture")),
)
