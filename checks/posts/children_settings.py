"""Each video's settings that protect children should be as the school's policy asks."""

from checks.evidence import POST_LINK, POSTED_ON, Evidence
from checks.model import Check, from_sql
from checks.papers import papers
from policies.platforms.registry import platforms_with

_IS_ON = ("on", "off", "any")

CHECK = Check(
    **papers(__name__),
    sources=platforms_with("audience_settings"),
    coverage="core.post_coverage",
    subject_kind="post",
    concerns="post",
    judge=from_sql("checks.posts", "children_settings"),
    evidence=(
        POST_LINK,
        POSTED_ON,
        Evidence("settings", "fact", changes=True),
        Evidence("not_said", "fact", changes=True),
    ),
    defaults={
        "made_for_kids": "any",
        "comments": "any",
        "embedding": "any",
        "visibility": ["public", "unlisted", "private"],
    },
    vocabulary={
        "made_for_kids": ("yes", "no", "any"),
        "comments": _IS_ON,
        "embedding": _IS_ON,
        "visibility": ("public", "unlisted", "private"),
    },
)
