"""Official accounts should post within the school's hours, and not too often on one day."""

from checks.canary import planted
from checks.evidence import POST_LINK, POSTED_ON, Evidence
from checks.finding import Finding
from checks.model import Check, from_sql
from policies.platforms.registry import EVERY_PLATFORM

CHECK = Check(
    id="posting_hours",
    title="Official accounts post within the school's hours, and no more a day than is reasonable",
    finding=Finding(
        one="{account} posted outside the school's hours, or too often in a day",
        many="{account} posted outside the school's hours, or too often, {count} times",
    ),
    why="Posts at night make families expect answers at night, and are the ones most often regretted; a flood of posts "
    "hides the one that matters.",
    sources=EVERY_PLATFORM,
    coverage="core.posting_coverage",
    sees="When each standing post, reply, repost, quote and video of the last weeks went out, by the clock at the "
    "school, and how many went out on one day. Of a day with too many, only the first one above the limit is listed.",
    cannot_see="Who pressed the button and when: a post that was written in time and scheduled for the night looks "
    "like one at night; posts that were taken down before the run.",
    next_step="Ask whoever posts for this account whether there was a reason, and schedule posts for the morning.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=14,
    do_not="Do not delete a post only because of its hour; families may already rely on it.",
    subject_kind="post",
    concerns="post",
    judge=from_sql("checks.posts", "posting_hours"),
    evidence=(
        POST_LINK,
        POSTED_ON,
        Evidence("posted_at", "fact", about="setting"),
        Evidence("posts_that_day", "fact"),
    ),
    defaults={"from_hour": 7, "to_hour": 20, "weekends": True, "most_a_day": 10, "look_back_days": 28},
    looks_back="look_back_days",
    canary=planted("checks.posts", "posting_hours", subject="canary-posting-hours"),
)
