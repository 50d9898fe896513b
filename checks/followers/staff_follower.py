"""A member of staff should not follow the school's official account from a personal account."""

from checks.canary import planted
from checks.finding import Finding
from checks.followers.known import FollowerCheck, known_followers
from checks.followers.unsettled import unsettled

CHECK = FollowerCheck(
    id="staff_follower",
    title="No personal account of a member of staff follows an official account",
    finding=Finding(
        one="A personal account of a member of staff may follow {account}",
        many="{count} personal accounts of staff may follow {account}",
    ),
    why="A personal account beside the school's own ties private posts to the school, and lets pupils and parents "
    "find staff in private.",
    sees="Followers on X, and subscribers who subscribe in public on YouTube, whose account the staff register "
    "declares by id or handle, or who show a full name on the staff register together with the school's name or "
    "words about work in a school.",
    cannot_see="Accounts under another name, initials, or a title and surname alone, unless the register declares "
    "them; subscribers who subscribe in private; followers whose public profile the run did not fetch. Somebody who "
    "is on the staff register and also on another is not listed unless the profile speaks of the work.",
    next_step="Ask the member of staff whether the account is theirs. If it is, ask them to unfollow, or record that "
    "it is allowed and until when; if it is not, mark the exception as mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=14,
    do_not="Do not look through the account's posts, and do not raise it in front of colleagues.",
    concerns="staff",
    judge=known_followers("staff"),
    remark=unsettled("staff", "a member of staff's"),
    needs=("staff",),
    canary=planted("checks.followers", "staff_follower", subject="canary-staff-account"),
)
