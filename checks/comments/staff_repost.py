"""A member of staff should not repost the school's pictures from a personal account."""

import polars as pl

from checks.canary import planted
from checks.comments.touching import WHOSE_ACCOUNT, known_touching
from checks.evidence import Evidence
from checks.finding import Finding
from checks.model import Check
from policies.platforms.registry import platforms_with

CHECK = Check(
    id="staff_repost",
    title="No personal account of a member of staff reposts the school's pictures",
    finding=Finding(
        one="A personal account of a member of staff may have reposted the school's pictures",
        many="{count} personal accounts of staff may have reposted the school's pictures",
    ),
    why="A picture that the school took down stays in view where a member of staff has spread it, beside that person's "
    "private posts and before people whom the school never chose.",
    sources=platforms_with("reposts"),
    coverage="core.repost_coverage",
    sees="Reposts on X of standing posts that carry a photograph, an animation or a video, by an account that the "
    "staff register declares by id or handle, or that shows a full name on the staff register together with the "
    "school's name or words about work in a school.",
    cannot_see="Reposts by protected accounts, which X counts but does not show; accounts under another name or "
    "initials, unless the register declares them; copies of a picture that are posted anew; whether a repost was taken "
    "back since it was seen, as long as the school's own post stands.",
    next_step="Ask the member of staff whether the account is theirs. If it is, ask them to undo the repost, or record "
    "that it is allowed and until when; if it is not, mark the exception as mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=14,
    do_not="Do not look through the account's other posts, and do not raise it in front of colleagues.",
    subject_kind="actor",
    concerns="staff",
    judge=known_touching("staff_repost", pl.format("An {} {}.", "such_account", "action"), "staff"),
    evidence=(
        Evidence("newest", "platform_id"),
        Evidence("newest_on", "fact"),
        Evidence("posts", "fact"),
        *WHOSE_ACCOUNT,
    ),
    needs=("staff",),
    canary=planted("checks.comments", "staff_repost", subject="canary-staff-repost-account"),
)
