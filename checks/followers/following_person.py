"""An official account should follow no pupil, no parent and no member of staff in private."""

from checks.canary import planted
from checks.finding import Finding
from checks.followers.known import EVIDENCE, known_followed
from checks.followers.unsettled import unsettled_followed
from checks.model import Check
from checks.registers import OF_THE_ROLES
from engines.people import REGISTER_OF
from policies.platforms.registry import platforms_with

CHECK = Check(
    id="following_person",
    title="No official account follows a pupil, a former pupil under 18, a parent or a personal staff account",
    finding=Finding(
        one="{account} may follow a pupil, a leaver, a parent or a private account of staff",
        many="{account} may follow {count} accounts of pupils, leavers, parents or staff",
    ),
    why="Whom the school follows is public, shows strangers which accounts are children's, brings private posts "
    "into the school's own view, and opens the way to private messages.",
    sources=platforms_with("following"),
    coverage="core.following_coverage",
    sees="Accounts that an official account follows on X, which a register declares by id or handle as somebody's in "
    "these roles, or which show that person's full name together with a sign that it is they: the school's name, the "
    "year or class, words about work in a school, about having children there, or about having left.",
    cannot_see="Accounts under a nickname, initials or a handle alone, unless a register declares them; followed "
    "accounts whose public profile the run did not fetch; what a YouTube channel subscribes to, which is not asked "
    "for. Former pupils are listed below 18, or where the register does not give their age.",
    next_step="Unfollow the account from the official one, and ask whoever followed it why. If it is not that "
    "person's account, mark the exception as mistaken.",
    owner_role="enterprise_and_technology_lead",
    days_to_act=7,
    do_not="Do not look through the account's posts, and do not write to its owner from the official account.",
    subject_kind="actor",
    concerns="pupil",
    judge=known_followed(),
    evidence=EVIDENCE,
    defaults={"roles": ["pupil", "leaver", "parent", "staff"]},
    vocabulary={"roles": tuple(REGISTER_OF)},
    remark=unsettled_followed,
    needs=(OF_THE_ROLES,),
    canary=planted("checks.followers", "following_person", subject="canary-following-person"),
)
