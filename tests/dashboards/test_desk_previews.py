"""Who may see the pictures beside a case: those who have to compare them, and nobody else."""

from pathlib import Path

import pytest

from dashboards.desk.previews import may_see
from policies.roles import ROLES
from tests.dashboards.desks import DESK_TABLES, served
from tests.dashboards.desks import ROLES as SERVED_ROLES
from tests.dashboards.ordinary import ordinary
from tests.dashboards.test_desk import refs


@pytest.mark.parametrize("concerns", ["picture", "pupil", "comment"])
def test_the_lead_and_the_safeguarding_lead_see_the_pictures_and_no_other_role_does(concerns: str) -> None:
    seeing = {role for role in (*ROLES, "governors", "network_manager", "") if may_see(role, concerns)}

    assert seeing == {"enterprise_and_technology_lead", "dsl"}


def test_the_safeguarding_lead_sees_none_of_a_case_that_is_not_hers_to_read() -> None:
    assert may_see("enterprise_and_technology_lead", "policy")
    assert not may_see("dsl", "policy")


@pytest.mark.parametrize(("shows_people", "said"), [(True, "people are in them"), (None, "people may be in them")])
def test_nothing_is_shown_before_it_is_asked_for_and_the_button_says_whether_people_are_in_it(
    tmp_path: Path, shows_people: bool | None, said: str
) -> None:
    db = ordinary()
    db.execute(f"create schema desk; {DESK_TABLES}")
    db.execute("insert into desk.pictures values ('p', 'bytes'::blob, 'image/webp')")
    db.execute(
        "insert into desk.previews (fingerprint, side, part, shows_people, picture, medium_id) "
        "select fingerprint, 'posted', 0, $1, 'p', 'm' from published.exceptions",
        [shows_people],
    )
    with served(db, tmp_path / "desk") as desk:
        lead = desk.signed_in(SERVED_ROLES[0])
        page = lead.get(f"/case/{refs(lead)[0]}").text

    assert f"Show them: {said}" in page
    assert "<img" not in page
