"""The roles that policies and reports speak of, by id: who owns a task, who attests, and who hears of a run."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from policies.toml_text import TomlTable

ROLES = {
    "headteacher": "headteacher",
    "chair_of_governors": "chair of governors",
    "dsl": "Designated Safeguarding Lead",
    "dpo": "Data Protection Officer",
    "enterprise_and_technology_lead": "Enterprise and Technology Lead",
    "data_office": "data office",
    "it_technician": "IT technician",
    "line_manager": "line manager",
    "parents": "parents",
}
LEAD = "enterprise_and_technology_lead"
DSL_READS = ("pupil", "picture", "comment")  # what a case concerns that the Designated Safeguarding Lead reads
CLEARS = frozenset({LEAD, "dsl"})  # who decides about cases
# who says that a task is done
HAS_TASKS = frozenset({"headteacher", "chair_of_governors", "data_office", "it_technician", "dpo"})
READS_CASES = CLEARS | {"dpo"}
MAY_AGREE = frozenset({"headteacher", "dpo", "dsl"})  # one of whom, as the school sets, is the second about staff
KEEPS_REGISTERS = frozenset({LEAD})
SEES_TO_POLICY = frozenset({LEAD, "dpo"})  # who says how each clause is kept, after the set-up too
ANSWERS_CHALLENGES = frozenset({LEAD, "dpo"})
ANSWERS_REQUESTS = frozenset({"dpo"})  # of people about their data
READS_ALL = frozenset({LEAD, "dpo"})
_ABOUT_NOBODY = frozenset({"account", "policy", "register"})  # what a case may concern that no person is behind
_ANSWERS_FOR = frozenset({("headteacher", "staff"), ("chair_of_governors", "governor")})
# Roles that are notified of a breach and never asked to attest or to act.
ONLY_TOLD = frozenset({"line_manager", "parents"})


def may_clear(role: str, concerns: str) -> bool:
    """Say whether somebody of this role reads, and decides about, cases that concern this, such as `pupil`."""
    return role in CLEARS and (role in READS_ALL or concerns in DSL_READS)


def may_second(role: str, concerns: str, for_staff: str) -> bool:
    """Say whether somebody of this role may agree to what another proposed; of staff, in the role `for_staff` too."""
    return may_clear(role, concerns) or (concerns == "staff" and role == for_staff)


def is_told(role: str, concerns: str) -> bool:
    """Say whether a role that has a case as its task, and reads no cases, is told which account or post it is about.

    What concerns nobody, and what the school itself posted, any owner is told; of the staff the headteacher, who
    answers for them, and of the governors their chair. What concerns a pupil or a parent they are not.
    """
    return concerns in {*_ABOUT_NOBODY, "post"} or (role, concerns) in _ANSWERS_FOR


def is_about_nobody(concerns: str) -> bool:
    """Say whether no person is behind what a case concerns."""
    return concerns in _ABOUT_NOBODY


def decider(owner_role: str, concerns: str) -> str:
    """Return who decides about a case of this owner: the owner, or the Lead where the owner decides about none."""
    return owner_role if may_clear(owner_role, concerns) else LEAD


def may_be_given(role: str, concerns: str) -> bool:
    """Say whether a case that concerns this may be given to a role: one that may read it, or learns of nobody by it."""
    return may_clear(role, concerns) or (role in HAS_TASKS and (role in READS_ALL or concerns in _ABOUT_NOBODY))


NOT_SIGNED_IN = "role claimed, not signed in"
_titles: dict[str, str] = dict(ROLES)


def call_roles(titles: Mapping[str, str]) -> None:
    """Have all that this process says call these roles so, and all others by our titles; it speaks for one school."""
    _titles.clear()
    _titles.update({**ROLES, **titles})


def title_of(role: str) -> str:
    """Return a role's title as it stands within a sentence; one that a school made up, in its own words."""
    return _titles.get(role, role.replace("_", " "))


def title_by(role: str, person: int | None) -> str:
    """Return a role's title as a record tells who did something: it says so where nobody signed in with the role."""
    return title_of(role) if person is not None else f"{title_of(role)} ({NOT_SIGNED_IN})"


def with_titles(text: str) -> str:
    """Return a text in which each role in curly brackets, such as {dsl}, is called by its title."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: title_of(found[1]), text)


def _own_titles(titles: dict[str, str]) -> dict[str, str]:
    if unknown := sorted(titles.keys() - ROLES.keys()):
        raise ValueError(f"knows no role {unknown[0]}; there are: {', '.join(ROLES)}")
    if wrong := sorted(role for role, title in titles.items() if not title.strip() or "@" in title):
        raise ValueError(f'has for {wrong[0]} no title, such as "Designated Safeguarding Person"')
    return titles


# What the school itself calls the roles, by their ids: titles, never somebody's name or address.
OwnTitles = Annotated[dict[str, str], AfterValidator(_own_titles)]


def tell(role: str, days: int | None, when: str) -> str:
    """Return in a sentence whom to tell, how soon, and in which case; 0 days is at once."""
    times = {None: "", 0: " at once", 1: " within a day"}
    return f"tell the {title_of(role)}{times.get(days, f' within {days} days')}: {when}"


@dataclass(frozen=True, slots=True)
class DoneBy:
    """Who does what is recorded: in which role, and by number at the desk, as the operating system's user, or both."""

    role: str
    person: int | None = None
    user: str | None = None

    def is_another_than(self, other: "DoneBy") -> bool:
        """Say whether it is known to be somebody else: a desk's person and a user may be one and the same."""
        if self.person is not None or other.person is not None:
            return self.person is not None and other.person is not None and self.person != other.person
        return self.user is not None and other.user is not None and self.user != other.user

    def is_same_as(self, other: "DoneBy") -> bool:
        """Say whether it is known to be the same: one person of the desk, or one user who did not sign in."""
        return self.person == other.person and (self.person is not None or self.user == other.user)


Occasion = Literal["run", "failure", "missed", "given"]


class Recipient(TomlTable):
    """One role that is told, the block in credentials.toml that says by which way, and of what.

    `run` is a run that was published, `failure` one that was refused, ended in an error, did not see everything
    or left a problem of upkeep, `missed` a week without a run.
    """

    role: str
    to: str
    on: Annotated[tuple[Occasion, ...], Field(min_length=1)] = ("run", "failure", "missed", "given")

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
