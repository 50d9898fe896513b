"""A former pupil who is not yet grown up should not follow the school's official account."""

from checks.canary import planted
from checks.finding import Finding
from checks.followers.known import GROWN_UP, FollowerCheck, known_followers
from checks.followers.unsettled import unsettled

CHECK = FollowerCheck(
    id="leaver_follower",
    title="No former pupil who is still a child follows an official account",
    finding=Finding(
        one="A former pupil's account may follow {account}",
        many="{count} former pupils' accounts may follow {account}",
    ),
    why="A pupil who has left is still a child until eighteen, can be found among the school's followers, and is owed "
    "the same distance from staff as those on roll.",
    sees="Followers on X, and subscribers who subscribe in public on YouTube, whose account the leavers register "
    "declares by id or handle, or who show a former pupil's full name together with the school's name or words about "
    "having left; listed are those below the age by the register's date of birth, and those whom the register gives "
    "neither a date of birth nor a day of leaving so long ago that they must be older.",
    cannot_see="Former pupils who are on no register of leavers, and accounts under a nickname, initials or a handle "
    "alone, unless the register declares them; subscribers who subscribe in private; followers whose public profile "
    "the run did not fetch.",
    next_step="Look at the account together with somebody who knew the pupil. If it is a former pupil's who is still "
    "a child, remove the follower; if the age is not on the register, add the date of birth, so that the next run can "
    "tell; if it is somebody else's, mark the exception as mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not write to the account, do not follow it, and do not search for more about its owner.",
    concerns="pupil",
    judge=known_followers("leaver"),
    defaults={"until_age": GROWN_UP},
    remark=unsettled("leaver", "a former pupil's"),
    needs=("leavers",),
    canary=planted("checks.followers", "leaver_follower", subject="canary-leaver-follower"),
)
