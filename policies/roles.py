"""The roles that policies and reports speak of, by id: who owns a task, who attests, who is notified."""

ROLES = {
    "headteacher": "headteacher",
    "chair_of_governors": "chair of governors",
    "dsl": "Designated Safeguarding Lead",
    "dpo": "Data Protection Officer",
    "enterprise_and_technology_lead": "Enterprise and Technology Lead",
    "it_technician": "IT technician",
    "line_manager": "line manager",
    "parents": "parents",
}
# Roles that are notified of a breach and never asked to attest or to act.
ONLY_TOLD = frozenset({"line_manager", "parents"})


def title_of(role: str) -> str:
    """Return a role's title as it stands within a sentence; one that a school made up, in its own words."""
    return ROLES.get(role, role.replace("_", " "))
