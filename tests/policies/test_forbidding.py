"""A check that lists those who do something is proposed where a policy forbids that, and never where it asks for it."""

import pytest

from flows.home.policy import watching_checks
from policies.draft import guess_all
from policies.drafting.proposals import proposals_for

LISTS_PEOPLE = {
    "staff_follower",
    "governor_follower",
    "pupil_follower",
    "leaver_follower",
    "following_person",
    "personal_account_comment",
    "pupil_comment",
    "staff_repost",
    "official_interaction",
}
ASKS_FOR_IT = (
    "Staff must follow the school's Twitter account.",
    "All staff should subscribe to the official channel and share its posts.",
    "Only staff may follow the school's account.",
    "Governors must follow the school's account to monitor it.",
    "Governors must not discourage parents from following the school's account.",
    "Staff must never stop pupils from following the official account.",
    "Pupils must follow the school's rules on social media.",
    "Pupils should follow the school's account and must not be rude.",
    "Staff should retweet the school's posts, and must not be late with it.",
    "Staff should comment on the school's posts from their personal accounts.",
    "Pupils should reply to the school's posts politely.",
    "Staff must reply to parents within two days, and must not use slang.",
    "Former pupils should follow the school's page.",
    "No pupil should be prevented from following the school's account.",
    "No staff but the head of year should follow the school's account.",
    "Staff must never fail to follow the school's X account.",
    "Staff must not forget to follow the school's Twitter account.",
    "Staff should not hesitate to follow the school's Twitter account.",
    "It is not acceptable for staff not to follow the school's account.",
    "Staff should avoid not following the school's account.",
    "Staff must not only follow the school's account but share it.",
    "Staff who do not follow the school's Twitter account should do so.",
    "If staff are not able to follow the school's Twitter account, they must tell the head.",
    "Where pupils cannot follow the school's account they should ask a parent.",
    "Staff do not have to follow the school's account.",
    "Staff aren't required to follow the school's account.",
    "It is not compulsory to follow the school's account, but staff should.",
    "Pupils must not fail to comment on the school's posts.",
    "Staff must not neglect to retweet the school's posts.",
)
FORBIDS_IT = {
    "Staff must not follow the school's Twitter account.": "staff_follower",
    "Governors should never follow the official account.": "governor_follower",
    "Staff must not:\n- follow the official school account": "staff_follower",
    "Staff are not permitted to subscribe to the school's channel.": "staff_follower",
    "Staff must refrain from following the official account.": "staff_follower",
    "Pupils must not be followers of the school's account.": "pupil_follower",
    "Staff must not retweet the school's posts.": "staff_repost",
    "Staff must not comment on the school's posts from a personal account.": "personal_account_comment",
    "Pupils must not comment on the school's posts.": "pupil_comment",
    "No pupil may follow the school's account.": "pupil_follower",
    "No member of staff should follow the school's account.": "staff_follower",
    "Staff must ensure that they do not follow the school's account.": "staff_follower",
    "Pupils who do not go by the rules must not follow the school's account.": "pupil_follower",
    "If they are not asked to, staff must not follow the school's account.": "staff_follower",
    "Staff are not only told but must not follow the school's account.": "staff_follower",
    "Staff must not follow the school's account where they are not on duty.": "staff_follower",
    "Staff who manage the account must not retweet the school's posts.": "staff_repost",
    "Where they work at the school, staff must not follow its official account.": "staff_follower",
    "Pupils who are not yet 13 may not follow the school's account.": "pupil_follower",
}


def proposed(text: str) -> list[str]:
    """Return the checks that are proposed for the first sentence that obliges somebody, the first choice alone."""
    checks = watching_checks()
    return [way for one in guess_all(text) for made in proposals_for(one, checks)[:1] for way in made.ways]


@pytest.mark.parametrize("text", ASKS_FOR_IT)
def test_nobody_is_listed_for_what_their_policy_asks_of_them(text: str) -> None:
    made = [one for each in guess_all(text) for one in proposals_for(each, watching_checks())]

    assert LISTS_PEOPLE.isdisjoint(proposed(text))
    assert LISTS_PEOPLE.isdisjoint(way for one in made if one.is_sure for way in one.ways)


@pytest.mark.parametrize("text", FORBIDS_IT)
def test_what_a_policy_forbids_is_watched(text: str) -> None:
    assert FORBIDS_IT[text] in proposed(text)


def test_whom_the_school_s_account_must_not_follow_is_not_who_follows_it() -> None:
    text = "Staff must not follow the personal accounts of pupils from the school's own Twitter account."

    assert "staff_follower" not in proposed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Staff must not accept friend requests from the parents of a pupil.",
        "Teachers should never accept requests from a parent/carer of a child.",
        "Staff must not have contact with any pupils' parent/carers, nor accept requests from them.",
        "Staff must never accept requests from parents or carers of a child.",
    ],
)
def test_parents_whom_staff_must_not_befriend_are_no_pupils_who_follow(text: str) -> None:
    assert "pupil_follower" not in proposed(text)


@pytest.mark.parametrize("whom", ["pupils or parents", "parents or pupils", "parents, carers and pupils"])
def test_a_rule_about_pupils_and_parents_is_about_pupils(whom: str) -> None:
    assert "pupil_follower" in proposed(f"Staff must not accept follow requests from {whom}.")


def test_what_is_sure_is_so_of_each_check_that_is_accepted_with_it() -> None:
    rules = {check.id: check.rules for check in watching_checks()}
    texts = (*FORBIDS_IT, "Staff must not follow or accept pupils from the school's own account.")
    for sentence in (one for text in texts for one in guess_all(text)):
        for made in proposals_for(sentence, watching_checks())[:1]:
            ids = [one for one, _ in made.checks]
            sure = [any(rule.more.get("sure") and rule.holds(sentence) for rule in rules[one]) for one in ids]
            assert not ids or made.is_sure == all(sure), sentence.text
