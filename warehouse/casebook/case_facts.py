"""What the rule of deciding is told: the case, what was seen of it, what is wished, and what is so besides."""

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from policies.decisions import Ground, StandingDecision
from policies.errors import UserError
from warehouse.casebook.decisions import HEEDED, CaseDecisions, Decision

SETS_ASIDE = HEEDED - {"confirmed"}
_NAMED = frozenset({"pupil", "staff"})  # whom a confirmation names, so that it takes two people


class DecisionError(UserError):
    """The decision may not be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the rule has to know of a case: of its exception, and of what counts of its decisions.

    `told` is when a decision about another case settled this one, in the ISO format; empty where none did. `shows` is
    what there is to be shown of it, `about` what it is about, in JSON as `outcome.exceptions` has it. `may_wait` says
    that a first look found it and that nobody has to act within a day. `edition` is which report of the run it is of,
    since a run that is begun again on its day publishes another; `decisions_read` is how many decisions that one knew.
    What `is_unasked` no run looks at again.
    """

    run_id: str
    edition: str
    decisions_read: int | None
    concerns: str
    subject_kind: str
    is_open: bool
    owner_role: str
    decision: Decision | None
    sequence: int
    told: str = ""
    is_corrected: bool = False
    shows: Collection[Ground] = ()
    about: str | None = None
    may_wait: bool = False
    is_unasked: bool = False

    @property
    def proposal(self) -> Decision | None:
        """The first person's word on whom it names; None once the case is about somebody else than they were told."""
        made = self.decision
        if made is None or made.answer != "proposed":
            return None
        said = StandingDecision("confirmed", None, made.by_role, about=made.about)
        return None if said.differs(json.loads(self.about or "{}")) else made

    @property
    def names_somebody(self) -> bool:
        """Whether confirming it names a pupil or a member of staff, which takes two people."""
        return self.concerns in _NAMED and self.subject_kind == "actor"


def is_decided_since(decision: Decision | None, run_id: str, decisions_read: int | None, about: str | None) -> bool:
    """Say whether it was decided of a case since this run: what the run had read was not.

    Nor was what was decided of something else than the case is `about` now, in JSON as `outcome.exceptions` has it.
    """
    if decision is None:
        return False
    is_other = decision.is_own and decision.about is not None and _standing(decision).differs(json.loads(about or "{}"))
    return decision.is_since(run_id, decisions_read) and not is_other


def is_answered(
    decision: Decision | None, run_id: str, decisions_read: int | None, about: str | None, today: date
) -> bool:
    """Say whether it was answered since this run (see `is_decided_since`), by what has not ended."""
    if decision is None or decision.answer not in {*HEEDED, "done"}:
        return False
    return not _standing(decision).is_over(today) and is_decided_since(decision, run_id, decisions_read, about)


def is_taken_back(said: CaseDecisions, decisions_read: int | None) -> bool:
    """Say whether what set a case aside was taken back since a run that had read so many of its decisions."""
    is_aside = said.decision is not None and said.decision.answer in SETS_ASIDE
    read = math.inf if decisions_read is None else decisions_read
    return not is_aside and any(made <= read and undone > (decisions_read or 0) for made, undone in said.undone)


def _standing(decision: Decision) -> StandingDecision:
    return StandingDecision(decision.answer, decision.until, decision.by_role, about=decision.about)


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """What whoever decides had before them: the report, the decisions, whether another case settled it, what was shown.

    `edition` is which report of which run.
    """

    edition: str
    sequence: int
    told: str = ""
    grounds: Collection[Ground] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to decide, as they said it; `rests_on` is what their reason says that they saw.

    `to_person` is the number of the one person of `to_role` to whom a case is given.
    """

    answer: str
    until: date | None = None
    to_role: str | None = None
    rests_on: Collection[Ground] = ()
    to_person: int | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What the rule has to know besides: the day, whose role has tasks at the desk, and whether a second is there.

    `second_for_staff` is the role that may agree about a member of staff besides those who clear such cases. `people`
    are the roles of those who can sign in, by their numbers.
    """

    today: date
    at_desk: Collection[str] = ()
    has_second: bool = True
    second_for_staff: str = ""
    people: Mapping[int, str] = field(default_factory=dict)
