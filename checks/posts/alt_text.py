"""Every picture should carry words for those who cannot see it."""

from checks.canary import planted
from checks.evidence import POST_LINK, POSTED_ON
from checks.finding import Finding
from checks.model import Check, from_sql
from policies.platforms.registry import platforms_with

CHECK = Check(
    id="alt_text",
    title="Every recent photograph and animation carries a text that says what it shows",
    finding=Finding(
        one="A picture on {account} has no text that says what it shows",
        many="{count} pictures on {account} have no text that says what they show",
    ),
    why="A parent who cannot see a picture hears its text instead; without one the news is not for them, and a school "
    "owes it to them.",
    sources=platforms_with("alt_texts"),
    coverage="core.photo_coverage",
    sees="Photographs and animations on the standing posts, replies and quotes of the last weeks on X, and whether X "
    "holds an alternative text for each.",
    cannot_see="Whether the text is a good one, or says more than it should; videos and their captions; YouTube's "
    "thumbnails, which carry the video's title instead; pictures in posts of others that the school reposts; anything, "
    "where the account is read from X's archive, which leaves these texts out.",
    next_step="Write one plain sentence that says what the picture shows, with nobody's name; X lets a text be added "
    "when a picture is posted, so a picture that matters must be posted anew.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=28,
    do_not="Do not name the pupils in the text.",
    subject_kind="medium",
    concerns="picture",
    judge=from_sql("checks.posts", "alt_text"),
    evidence=(POST_LINK, POSTED_ON),
    defaults={"look_back_days": 28},
    looks_back="look_back_days",
    canary=planted("checks.posts", "alt_text", subject="canary-alt-text"),
)
