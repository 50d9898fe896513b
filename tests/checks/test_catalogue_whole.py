"""The catalogue holds every check that the policies call for, and every shipped pack asks for what there is."""

from collections.abc import Mapping
from typing import Any

import pytest

from checks.catalogue import catalogue
from checks.model import CheckError
from policies.model import known_packs, load_pack

ANYBODY = ["pupil", "leaver", "parent", "staff", "governor"]
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "abusive_comment": {},
    "account_register": {},
    "alt_text": {"look_back_days": 28},
    "approval_possible": {"protected": []},
    "approved_before_use": {"approvers": []},
    "children_settings": {
        "made_for_kids": "any",
        "comments": "any",
        "embedding": "any",
        "visibility": ["public", "unlisted", "private"],
    },
    "contact_details": {"official": []},
    "following_person": {"roles": ["pupil", "leaver", "parent", "staff"], "until_age": 18},
    "governor_follower": {},
    "leaver_follower": {"until_age": 18},
    "location_metadata": {},
    "logo": {},
    "lookalike_account": {},
    "official_interaction": {"roles": ANYBODY, "until_age": 18},
    "official_words": {},
    "partisan_or_personal": {},
    "personal_account_comment": {},
    "picture_exposure": {"face_percent": 25, "longest_pixels": 2048},
    "policy_read": {"wants": ["policy_read_on"], "reading_months": 1200, "training_months": 12},
    "policy_review": {"longest_days": 1096},
    "posting_hours": {"from_hour": 7, "to_hour": 20, "weekends": True, "most_a_day": 10, "look_back_days": 28},
    "profile_identity": {"wants": ["name", "picture", "website", "address"]},
    "pupil_comment": {},
    "pupil_confidence": {},
    "pupil_follower": {},
    "pupil_named": {},
    "register_fresh": {"days": 31, "registers": []},
    "security_given_away": {},
    "sign_in_details": {"wants": ["shared_with_head_on", "changed_on"], "change_months": 12},
    "sign_in_facts": {
        "wants": ["email", "device"],
        "apps": [
            "Twitter for iPhone",
            "Twitter for Android",
            "Twitter for iPad",
            "Twitter for Android Tablets",
            "Twitter for Windows Phone",
            "Twitter for BlackBerry",
        ],
        "look_back_days": 365,
    },
    "staff_discussed": {},
    "staff_follower": {},
    "staff_handle_shown": {},
    "staff_repost": {},
    "unapproved_follower": {"roles": ["parent"]},
    "unapproved_picture": {"include_ended": True},
    "underage_follower": {"age": 13},
    "withdrawn_picture": {},
}
REFUSED: tuple[tuple[str, str, Any, str], ...] = (
    ("official_interaction", "roles", ["pupils"], "each one of: pupil, staff, governor, parent, leaver"),
    ("following_person", "roles", ["pupils"], "a list of one text or more, each one of: pupil"),
    ("following_person", "roles", [], "a list of one text or more"),
    ("following_person", "roles", "pupil", "a list of one text or more"),
    ("unapproved_follower", "roles", ["everybody"], "each one of: pupil"),
    ("children_settings", "comments", "Off", "one of: on, off, any"),
    ("children_settings", "embedding", "no", "one of: on, off, any"),
    ("children_settings", "made_for_kids", True, "one of: yes, no, any"),
    ("children_settings", "visibility", ["Public"], "each one of: public, unlisted, private"),
    ("children_settings", "visibility", [], "a list of one text or more"),
    ("contact_details", "official", [1], "a list of texts"),
    ("contact_details", "official", [" "], "a list of texts"),
    ("profile_identity", "wants", ["logo"], "each one of: name, picture, website, address"),
    ("register_fresh", "registers", [["pupils"]], "a list of texts"),
    ("register_fresh", "days", 99999, "a whole number from 1 to 3660"),
    ("policy_review", "longest_days", 3661, "a whole number from 1 to 3660"),
    ("picture_exposure", "face_percent", 101, "a whole number from 1 to 100"),
    ("picture_exposure", "face_percent", 0.25, "a whole number from 1 to 100"),
    ("picture_exposure", "longest_pixels", 0, "a whole number from 1 to 100000"),
    ("posting_hours", "look_back_days", -3, "a whole number from 1 to 3660"),
    ("posting_hours", "to_hour", 25, "a whole number from 0 to 24"),
    ("posting_hours", "from_hour", True, "a whole number from 0 to 24"),
    ("posting_hours", "weekends", 1, "true or false"),
    ("alt_text", "look_back_days", -3, "a whole number from 1 to 3660"),
    ("alt_text", "look_back_days", 7.5, "a whole number from 1 to 3660"),
    ("underage_follower", "age", 0, "a whole number from 1 to 120"),
)
TAKEN: tuple[tuple[str, str, Any], ...] = (
    ("picture_exposure", "longest_pixels", 4096),
    ("posting_hours", "from_hour", 0),
    ("posting_hours", "to_hour", 24),
    ("policy_review", "longest_days", 3660),
    ("contact_details", "official", []),
    ("register_fresh", "registers", ["pupils"]),
    ("children_settings", "visibility", ["unlisted"]),
    ("unapproved_follower", "roles", ["staff", "governor"]),
)
ASKED = [
    pytest.param(question.check, question.parameters, id=f"{name}-{clause.id}-{question.check}")
    for name in known_packs()
    for clause in load_pack(name).clause
    for question in clause.checks
]
ENDED_BY = [
    pytest.param(check_id, id=f"{name}-{clause.id}-{check_id}")
    for name in known_packs()
    for clause in load_pack(name).clause
    if clause.attest is not None
    for check_id in [ending.check for ending in clause.attest.endings]
]


def test_holds_every_check_and_no_other() -> None:
    assert list(catalogue()) == sorted(DEFAULTS)


@pytest.mark.parametrize("check_id", DEFAULTS)
def test_a_check_has_the_parameters_that_a_pack_may_set(check_id: str) -> None:
    assert dict(catalogue()[check_id].defaults) == DEFAULTS[check_id]


@pytest.mark.parametrize("check_id", DEFAULTS)
def test_a_check_has_a_case_of_its_own_to_plant(check_id: str) -> None:
    check = catalogue()[check_id]
    scripts = [one.canary.script for one in catalogue().values() if one.canary]

    assert check.canary
    assert check.canary.script
    assert scripts.count(check.canary.script) == 1
    labels = {"reason", "concerns", "unread", *(evidence.label for evidence in check.evidence)}
    assert {label for path in check.canary.paths for label in path.shows} <= labels
    assert dict(check.canary.parameters).keys() <= check.defaults.keys()


@pytest.mark.parametrize(("check_id", "parameters"), ASKED)
def test_a_pack_asks_only_for_checks_that_there_are_with_parameters_that_they_have(
    check_id: str, parameters: Mapping[str, Any]
) -> None:
    given = catalogue()[check_id].with_defaults(parameters)

    assert given.items() >= parameters.items()
    for name, value in parameters.items():
        assert type(value) is type(DEFAULTS[check_id][name])


@pytest.mark.parametrize(("check_id", "name", "value", "wanted"), REFUSED)
def test_a_parameter_that_would_stop_a_check_is_refused_by_its_name(
    check_id: str, name: str, value: object, wanted: str
) -> None:
    with pytest.raises(CheckError) as caught:
        catalogue()[check_id].with_defaults({name: value})

    assert str(caught.value).startswith(f"{check_id} needs {name} to be ")
    assert wanted in str(caught.value)


@pytest.mark.parametrize(("check_id", "name", "value"), TAKEN)
def test_a_parameter_at_its_bounds_or_in_its_words_is_taken(check_id: str, name: str, value: object) -> None:
    assert catalogue()[check_id].with_defaults({name: value}) == {**DEFAULTS[check_id], name: value}


@pytest.mark.parametrize("check_id", DEFAULTS)
def test_a_check_takes_its_own_defaults_and_has_words_only_for_its_own_parameters(check_id: str) -> None:
    check = catalogue()[check_id]

    assert list(check.refused(check.defaults)) == []
    assert check.vocabulary.keys() <= check.defaults.keys()


@pytest.mark.parametrize("check_id", ENDED_BY)
def test_an_attestation_is_ended_only_by_a_check_that_there_is(check_id: str) -> None:
    assert check_id in catalogue()


def test_a_parameter_that_a_check_does_not_know_is_refused() -> None:
    with pytest.raises(CheckError, match="has no parameter called day; it has: days, registers"):
        catalogue()["register_fresh"].with_defaults({"day": 31})
