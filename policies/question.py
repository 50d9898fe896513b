"""What a clause asks of a check: with which parameters, which exceptions break it, and how severe each is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from pydantic import Field, field_validator

from policies.calendar import Counts
from policies.roles import ONLY_TOLD, ROLES
from policies.toml_text import TomlTable

NOT_MAPPED = "Nobody has said yet how it is met, so it is not kept: audit policies accept, or map it by hand."
Severity = Literal["critical", "high", "medium", "low"]


class Filter(TomlTable):
    """Which of a check's exceptions break the clause; an empty part leaves nothing out.

    An exception counts on these `platforms`, where what it `concerns` is among these, and where, for each label of
    `evidence`, its evidence holds one of the values given (one with commas or semicolons holds each of its parts). What
    an exception does not say of a label rules nothing out.
    """

    platforms: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    evidence: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def holds(self, platform: str, concerns: str, evidence: Mapping[str, str]) -> bool:
        """Say whether an exception on this platform, about this and with this evidence breaks the clause."""
        return (
            (not self.platforms or platform in self.platforms)
            and (not self.concerns or concerns in self.concerns)
            and all(
                not evidence.get(label) or not _parts(evidence[label]).isdisjoint(values)
                for label, values in self.evidence.items()
            )
        )


def _parts(value: str) -> set[str]:
    return {value, *(part.strip() for part in re.split("[,;]", value))}


class Question(TomlTable):
    """One check that a clause calls for, how severe an exception is, and the check's parameters.

    `only` are the exceptions that break this very clause. `owner_role` and `days_to_act` stand in the place of the
    check's own. `escalation` gives a label of the evidence the severity that an exception has when that evidence says
    "yes". `counts` says whether its days to act are days or school days; without it the severity does
    (policies/calendar.py).
    """

    check: str
    severity: Severity
    parameters: dict[str, Any] = Field(default_factory=dict)
    escalation: dict[str, Severity] = Field(default_factory=dict)
    counts: Counts | None = None
    only: Filter = Filter()
    owner_role: str | None = None
    days_to_act: int | None = Field(default=None, ge=0)

    def severity_of(self, evidence: Mapping[str, str]) -> Severity:
        """Return how severe an exception is: the most severe that its evidence calls for, by `escalation`'s labels."""
        called = [severity for label, severity in self.escalation.items() if evidence.get(label) == "yes"]
        return min([self.severity, *called], key=get_args(Severity).index)


class ClauseSettings(TomlTable):
    """What a school sets of the checks of one clause, in the place of its pack: `[clauses.ID]` in school.toml."""

    owner: str | None = None
    days: int | None = Field(default=None, ge=0)
    severity: Severity | None = None

    @field_validator("owner")
    @classmethod
    def _is_a_role_that_acts(cls, value: str | None) -> str | None:
        if value is not None and value not in (roles := [role for role in ROLES if role not in ONLY_TOLD]):
            raise ValueError(f"must be one of {', '.join(roles)}")
        return value

    def applied_to(self, question: Question) -> Question:
        """Return a question as the school sets it."""
        own = {"owner_role": self.owner, "days_to_act": self.days, "severity": self.severity}
        return question.model_copy(update={key: value for key, value in own.items() if value is not None})


class Proposed(TomlTable):
    """How a clause of a draft might be met, and why; nothing of it holds until a person accepts it.

    `sure` says that it may be accepted with all that are; `perhaps` names ways that are too weak to be proposed.
    """

    why: str = ""
    sure: bool = False
    perhaps: tuple[str, ...] = ()
    checks: tuple[Question, ...] = ()
    covers: Literal["whole", "part"] | None = None
    not_covered: str | None = None
    attest: dict[str, Any] | None = None
    unobserved: str | None = None

    @property
    def is_one(self) -> bool:
        """Whether there is anything to accept."""
        return bool(self.checks or self.attest or self.unobserved)


def refused_coverage(
    force: object, covers: object, not_covered: object, *, is_checked: bool
) -> Iterator[tuple[str | None, str]]:
    """Yield what a clause may not say of its own coverage, each with the key that is wrong, or None for one missing."""
    if not is_checked:
        given = {"covers": covers, "not_covered": not_covered}
        yield from ((key, "belongs only in a clause that has checks") for key, value in given.items() if value)
        return
    if force == "may":
        yield "force", "is a permission, which nobody can break, so it can have no checks"
    if covers is None:
        yield None, "needs covers: whole, where its checks see all that it asks, or part"
    if covers == "part" and not str(not_covered or "").strip():
        yield None, "needs not_covered: what its checks do not see, and why"
    if covers == "whole" and not_covered is not None:
        yield "not_covered", "belongs only in a clause that is covered in part"
