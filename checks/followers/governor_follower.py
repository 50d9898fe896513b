"""A governor should not follow the school's official account from a personal account."""

from checks.canary import planted
from checks.finding import Finding
from checks.followers.known import FollowerCheck, known_followers
from checks.followers.unsettled import unsettled

CHECK = FollowerCheck(
    id="governor_follower",
    title="No personal account of a governor follows an official account",
    finding=Finding(
        one="A governor's personal account may follow {account}",
        many="{count} governors' personal accounts may follow {account}",
    ),
    why="A governor's personal account beside the school's own ties private posts to the governing body, and lets "
    "parents reach a governor past the proper way to raise a concern.",
    sees="Followers on X, and subscribers who subscribe in public on YouTube, whose account the governors register "
    "declares by id or handle, or who show a full name on the governors register together with the school's name or "
    "words about governing a school.",
    cannot_see="Accounts under another name, initials, or a title and surname alone, unless the register declares "
    "them; subscribers who subscribe in private; followers whose public profile the run did not fetch. A governor "
    "who is also a parent is not listed where the profile speaks of the children and not of governing.",
    next_step="Ask the governor, through the chair, whether the account is theirs. If it is, ask them to unfollow, or "
    "record that it is allowed and until when; if it is not, mark the exception as mistaken.",
    owner_role="chair_of_governors",
    days_to_act=28,
    do_not="Do not look through the account's posts, and do not raise it at a meeting of the governing body.",
    concerns="governor",
    judge=known_followers("governor"),
    remark=unsettled("governor", "a governor's"),
    needs=("governors",),
    canary=planted("checks.followers", "governor_follower", subject="canary-governor-follower"),
)
