"""Who may see the pictures beside a case: those who have to compare them, and nobody else."""

import pytest

from dashboards.desk.previews import may_see
from policies.roles import ROLES


@pytest.mark.parametrize("concerns", ["picture", "pupil", "comment"])
def test_the_lead_and_the_safeguarding_lead_see_the_pictures_and_no_other_role_does(concerns: str) -> None:
    seeing = {role for role in (*ROLES, "governors", "network_manager", "") if may_see(role, concerns)}

    assert seeing == {"enterprise_and_technology_lead", "dsl"}


def test_the_safeguarding_lead_sees_none_of_a_case_that_is_not_hers_to_read() -> None:
    assert may_see("enterprise_and_technology_lead", "policy")
    assert not may_see("dsl", "policy")
