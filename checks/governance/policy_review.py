"""The policy that the school is held to should itself be in date."""

from checks.canary import planted
from checks.evidence import Evidence
from checks.finding import Finding
from checks.model import Check, from_sql

CHECK = Check(
    id="policy_review",
    title="The policy is within its review date",
    finding=Finding(
        one="The policy is past its review date",
        many="{count} policies are past their review date",
    ),
    why="An overdue policy may ask for what the law no longer allows, or be silent on a platform that the school has "
    "taken up since; nobody can rely on it when something goes wrong.",
    sources=("school",),
    coverage="core.school_coverage",
    sees="The day by which the policy says that it is to be reviewed, and the day of its adoption, as the pack gives "
    "them. Where the policy names no day, it counts as overdue after the longest time that the pack allows.",
    cannot_see="Whether the governors have reviewed the policy since and kept it as it was: that shows only when the "
    "new dates are put into the pack.",
    next_step="Put the review on the agenda of the next governors' meeting. When it is done, draft a pack from the new "
    "edition, or put the new dates into this one.",
    owner_role="headteacher",
    days_to_act=30,
    do_not="Do not move the date in the pack before the governors have met.",
    subject_kind="policy",
    concerns="policy",
    judge=from_sql("checks.governance", "policy_review"),
    evidence=(
        Evidence("title", "fact"),
        Evidence("edition", "fact", changes=True, about="setting"),
        Evidence("adopted_on", "fact", changes=True, about="setting"),
        Evidence("review_by", "fact", changes=True, about="setting"),
        Evidence("days_overdue", "fact"),
    ),
    defaults={"longest_days": 1096},
    canary=planted("checks.governance", "policy_review", subject="canary-policy-review"),
)
