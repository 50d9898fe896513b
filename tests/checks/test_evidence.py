"""A check declares what its exceptions rest on, and a declaration that cannot be meant is refused as it is made."""

from dataclasses import replace

import pytest

from checks.catalogue import catalogue
from checks.evidence import BAND, POSTED_ON, WHOSE, Evidence
from checks.model import CheckError

# The hash of these labels' values stands in every warehouse: another key brings every open exception back as changed.
CHANGE_KEYS: dict[str, set[str]] = {
    "abusive_comment": {"abuse", "excerpt"},
    "account_register": {"lacking"},
    "alt_text": set(),
    "approval_possible": set(),
    "approved_before_use": {"wrong", "approved_on"},
    "children_settings": {"settings", "not_said"},
    "contact_details": {"kind"},
    "following_person": {"account", "band", "roll_id"},
    "governor_follower": {"account", "band", "roll_id"},
    "leaver_follower": {"account", "band", "roll_id"},
    "location_metadata": set(),
    "logo": {"picture"},
    "lookalike_account": {"account", "kind", "roll_id"},
    "official_interaction": {"kind", "account", "band", "roll_id"},
    "official_words": {"kind"},
    "partisan_or_personal": {"kind"},
    "personal_account_comment": {"account", "band", "roll_id"},
    "picture_exposure": {"exposed_by"},
    "policy_read": {"lacking"},
    "policy_review": {"edition", "adopted_on", "review_by"},
    "posting_hours": set(),
    "profile_identity": {"missing"},
    "pupil_comment": {"account", "band", "roll_id"},
    "pupil_confidence": {"kind"},
    "pupil_follower": {"account", "band", "roll_id"},
    "pupil_named": {"roll_id", "with_picture"},
    "register_fresh": {"refreshed_on"},
    "security_given_away": {"kind"},
    "sign_in_details": {"lacking"},
    "sign_in_facts": {"lacking", "written_with"},
    "staff_discussed": {"kind"},
    "staff_follower": {"account", "band", "roll_id"},
    "staff_handle_shown": {"account", "band", "roll_id"},
    "staff_repost": {"account", "band", "roll_id"},
    "unapproved_follower": {"account", "band", "roll_id"},
    "unapproved_picture": {"what"},
    "underage_follower": {"account", "age"},
    "withdrawn_picture": {"ended"},
}


@pytest.mark.parametrize("check_id", CHANGE_KEYS)
def test_the_change_key_of_a_check_stays_what_it_was(check_id: str) -> None:
    assert set(catalogue()[check_id].change_key) == CHANGE_KEYS[check_id]


@pytest.mark.parametrize(
    ("evidence", "says"),
    [
        ((POSTED_ON, POSTED_ON), "declares posted_on twice"),
        ((Evidence("reason", "fact"),), "declares reason, which is no evidence"),
        ((Evidence("concerns", "fact"),), "declares concerns, which is no evidence"),
        ((Evidence("person", "roll_id", identifies=True),), "a roll id stands under roll_id alone"),
        ((Evidence("roll_id", "fact", identifies=True),), "a roll id stands under roll_id alone"),
        ((Evidence("roll_id", "roll_id"),), "declares that roll_id, a roll id, identifies nobody"),
        ((Evidence("excerpt", "strangers_text"),), "declares that excerpt, a text of a stranger, identifies nobody"),
        ((replace(BAND, links=True), WHOSE), "links by fact and roll_id; it links by roll_id"),
    ],
)
def test_a_declaration_that_cannot_be_meant_is_refused(evidence: tuple[Evidence, ...], says: str) -> None:
    with pytest.raises(CheckError, match=f"pupil_follower .*{says}"):
        replace(catalogue()["pupil_follower"], evidence=evidence)


def test_a_check_about_posts_links_only_where_it_gives_the_account() -> None:
    with pytest.raises(CheckError, match="pupil_named links by roll_id; it links by platform_id and roll_id"):
        replace(catalogue()["pupil_named"], evidence=(WHOSE,))
