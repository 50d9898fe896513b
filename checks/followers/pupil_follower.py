"""A pupil's own account should not follow the school's official account."""

from checks.canary import planted
from checks.finding import Finding
from checks.followers.known import FollowerCheck, known_followers
from checks.followers.unsettled import unsettled

CHECK = FollowerCheck(
    id="pupil_follower",
    title="No pupil's own account follows an official account",
    finding=Finding(
        one="A pupil's account may follow {account}",
        many="{count} pupils' accounts may follow {account}",
    ),
    why="A pupil who follows the school in public can be found there by strangers, and most are below the platform's "
    "own age; the school's policy keeps its accounts for adults.",
    sees="Followers on X, and subscribers who subscribe in public on YouTube, whose account the pupils register "
    "declares by id or handle, or who show a pupil's full name together with the school's name, the pupil's year "
    "group or the pupil's class.",
    cannot_see="Accounts under a nickname, initials, a first name or a handle alone, unless the register declares "
    "them; subscribers who subscribe in private; followers whose public profile the run did not fetch. A name that "
    "two people on the registers bear is not listed unless the profile settles which of them it is.",
    next_step="Look at the account together with somebody who knows the pupil. If it is the pupil's, remove the "
    "follower and tell the parents why; if it is not, mark the exception as mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not write to the account, do not follow it, and do not search for more about its owner.",
    concerns="pupil",
    judge=known_followers("pupil"),
    remark=unsettled("pupil", "a pupil's"),
    needs=("pupils",),
    canary=planted("checks.followers", "pupil_follower", subject="canary-pupil-account"),
)
