"""The roles that clear no cases and have tasks all the same, and of which of them somebody can sign in."""

from collections.abc import Iterable

from dashboards.desk.desk import TIERS, may_clear
from dashboards.report.read import CONCERNS
from warehouse.casebook.desk_people import DeskPerson

HAS_TASKS = frozenset({"headteacher", "chair_of_governors", "it_technician", "dpo"})
ABOUT_NOBODY = frozenset({"account", "policy", "register"})  # what a case may concern that no person is behind


def may_be_given(role: str, concerns: str) -> bool:
    """Say whether a case that concerns this may be given to a role: one that may read it, or learns of nobody by it."""
    if may_clear(role, concerns):
        return True
    if role not in HAS_TASKS:
        return False
    read = CONCERNS[TIERS[role]]
    return read is None or concerns in read or concerns in ABOUT_NOBODY


def at_the_desk(people: Iterable[DeskPerson]) -> frozenset[str]:
    """Return the roles that have tasks and of which somebody can sign in."""
    return frozenset(person.role for person in people if person.role in HAS_TASKS and person.can_sign_in)
