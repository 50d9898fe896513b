"""A pupil's own account should not reply to the school's posts or comment on its videos."""

from checks.canary import planted
from checks.comments.commenter import CommenterCheck, commenters
from checks.finding import Finding

CHECK = CommenterCheck(
    id="pupil_comment",
    title="No pupil's own account replies to or comments on what the school posts",
    finding=Finding(
        one="A pupil's account may have answered or commented",
        many="{count} pupils' accounts may have answered or commented",
    ),
    why="A pupil who answers the school in public can be found there by strangers, and most are below the platform's "
    "own age; the school's policy keeps its accounts for adults.",
    sees="Replies, mentions and quotes on X, and public comments and replies on YouTube, by an account that the "
    "pupils register declares by id or handle, or that shows a pupil's full name together with the school's name, the "
    "pupil's year group or the pupil's class.",
    cannot_see="Accounts under a nickname, initials, a first name or a handle alone, unless the register declares "
    "them; replies by protected accounts; quotes of posts older than 30 days; comments that were deleted, or are held "
    "back by the platform; writers whose public profile the run did not fetch.",
    next_step="Look at the account together with somebody who knows the pupil. If it is the pupil's, hide or remove "
    "the comment and tell the parents why; if it is not, mark the exception as mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not answer the comment, do not write to the account, and do not search for more about its owner.",
    concerns="pupil",
    judge=commenters("pupil"),
    needs=("pupils",),
    canary=planted("checks.comments", "pupil_comment", subject="canary-pupil-comment-account"),
)
