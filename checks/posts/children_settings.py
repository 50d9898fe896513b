"""Each video's settings that protect children should be as the school's policy asks."""

from checks.evidence import POST_LINK, POSTED_ON, Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from policies.platforms.registry import platforms_with

CHECK = Check(
    **papers(__name__),
    sources=platforms_with("audience_settings"),
    judge=from_sql("checks.posts", "children_settings"),
    evidence=(
        POST_LINK,
        POSTED_ON,
        Evidence("settings", "fact", changes=True, about="setting"),
        Evidence("not_said", "fact", changes=True, about="setting"),
    ),
)
