"""A member of staff should not take part in official business from a personal account."""

from checks.canary import planted
from checks.comments.commenter import CommenterCheck, commenters
from checks.finding import Finding

CHECK = CommenterCheck(
    id="personal_account_comment",
    title="No personal account of a member of staff replies to or comments on official business",
    finding=Finding(
        one="A personal account of a member of staff may have commented",
        many="{count} personal accounts of staff may have commented",
    ),
    why="What a member of staff writes to the school from a personal account looks as if the school had said it, and "
    "shows pupils and parents where to find that person in private.",
    sees="Replies, mentions and quotes on X, and public comments and replies on YouTube, by an account that the staff "
    "register declares by id or handle, or that shows a full name on the staff register together with the school's "
    "name or words about work in a school.",
    cannot_see="Accounts under another name, initials, or a title and surname alone, unless the register declares "
    "them; replies by protected accounts; quotes of posts older than 30 days; comments that were deleted, or are held "
    "back by the platform; writers whose public profile the run did not fetch.",
    next_step="Ask the member of staff whether the account is theirs. If it is, ask them to delete what they wrote and "
    "to use the official account, or record that it is allowed and until when; if it is not, mark the exception as "
    "mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=14,
    do_not="Do not answer the comment in public, and do not look through the account's other posts.",
    concerns="staff",
    judge=commenters("staff"),
    needs=("staff",),
    canary=planted("checks.comments", "personal_account_comment", subject="canary-personal-account-comment-account"),
)
