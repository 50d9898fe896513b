"""The roles that policies and reports speak of, by id: who owns a task, who attests, and who hears of a run."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, field_validator

from policies.toml_text import TomlTable

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
LEAD = "enterprise_and_technology_lead"
DSL_READS = ("pupil", "picture", "comment")  # what a case concerns that the Designated Safeguarding Lead reads
CLEARS = frozenset({LEAD, "dsl"})  # who decides about cases
HAS_TASKS = frozenset({"headteacher", "chair_of_governors", "it_technician", "dpo"})  # who says that one is done
READS_CASES = CLEARS | {"dpo"}
KEEPS_REGISTERS = frozenset({LEAD})
ANSWERS_CHALLENGES = frozenset({LEAD, "dpo"})
_READS_ALL = frozenset({LEAD, "dpo"})
_ABOUT_NOBODY = frozenset({"account", "policy", "register"})  # what a case may concern that no person is behind
# Roles that are notified of a breach and never asked to attest or to act.
ONLY_TOLD = frozenset({"line_manager", "parents"})


def may_clear(role: str, concerns: str) -> bool:
    """Say whether somebody of this role reads, and decides about, cases that concern this, such as `pupil`."""
    return role in CLEARS and (role in _READS_ALL or concerns in DSL_READS)


def decider(owner_role: str, concerns: str) -> str:
    """Return who decides about a case of this owner: the owner, or the Lead where the owner decides about none."""
    return owner_role if may_clear(owner_role, concerns) else LEAD


def may_be_given(role: str, concerns: str) -> bool:
    """Say whether a case that concerns this may be given to a role: one that may read it, or learns of nobody by it."""
    return may_clear(role, concerns) or (role in HAS_TASKS and (role in _READS_ALL or concerns in _ABOUT_NOBODY))


def title_of(role: str) -> str:
    """Return a role's title as it stands within a sentence; one that a school made up, in its own words."""
    return ROLES.get(role, role.replace("_", " "))


def tell(role: str, days: int | None, when: str) -> str:
    """Return in a sentence whom to tell, how soon, and in which case; 0 days is at once."""
    times = {None: "", 0: " at once", 1: " within a day"}
    return f"tell the {title_of(role)}{times.get(days, f' within {days} days')}: {when}"


@dataclass(frozen=True, slots=True)
class DoneBy:
    """Who does what is recorded: in which role, and by number at the desk or as the operating system's user."""

    role: str
    person: int | None = None
    user: str | None = None

    def is_another_than(self, other: "DoneBy") -> bool:
        """Say whether it is known to be somebody else: a desk's person and a user may be one and the same."""
        if self.person is not None and other.person is not None:
            return self.person != other.person
        return self.user is not None and other.user is not None and self.user != other.user


Occasion = Literal["run", "failure", "missed"]


class Recipient(TomlTable):
    """One role that is told, the block in credentials.toml that says by which way, and of what.

    `run` is a run that was published, `failure` one that was refused, ended in an error, did not see everything
    or left a problem of upkeep, `missed` a week without a run.
    """

    role: str
    to: str
    on: Annotated[tuple[Occasion, ...], Field(min_length=1)] = ("run", "failure", "missed")

    @field_validator("role")
    @classmethod
    def _is_a_role(cls, value: str) -> str:
        if value not in ROLES:
            raise ValueError(f"must be one of {', '.join(ROLES)}")
        return value

    @property
    def key(self) -> str:
        """What the recipient is called where it is kept whether a message went out."""
        return f"{self.role} {self.to}"


class ReportLink(TomlTable):
    """Where the school's people open the report; `{run}` in the link becomes the day of the run."""

    link: str | None = None

    @field_validator("link")
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://", "file:///")):
            raise ValueError("is not an address such as https://intranet.hillview.example/audit/{run}/index.html")
        return value
