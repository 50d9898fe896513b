"""An exception as a check finds it: the one record of it, from the check's answer to the warehouse's table."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

# The kinds of subjects that are the school's own, and that no platform told of.
OF_THE_SCHOOL = frozenset({"account", "photograph", "policy", "register"})
_NOT_OF_A_ROW = frozenset({"change_key", "due_on", "may_wait"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionFound:
    """One exception: the subject by its platform id, the reason in a sentence, and the evidence by its label.

    `change_key` are the labels of the evidence whose change brings the exception back to a person. `severity` is None
    until the policy's pack has said how severe it is: a check knows nothing of that. `due_on` is by when it is due if
    it is new, by pack and calendar; where nobody said, its check's days to act are counted. `about` is what a decision
    about it is about: a hash for each kind of `policies.decisions.ANOTHER`, and the birthdays. `breaks` are the clauses
    of the policy that it breaks, in order; it stands under the first. `next_step`, `do_not` and `owner_role` are set
    where they are other than the check says of all its exceptions. `may_wait` says that nobody has to act within a day,
    so that, if a first look finds it, it may be planned for later.
    """

    fingerprint: str
    check_id: str
    platform: str
    account_id: str
    subject_id: str
    subject_kind: str
    concerns: str
    reason: str
    evidence: Mapping[str, str]
    change_key: tuple[str, ...] = ()
    severity: str | None = None
    due_on: date | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    breaks: tuple[str, ...] = ()
    next_step: str | None = None
    do_not: str | None = None
    owner_role: str | None = None
    may_wait: bool = False

    def as_row(self) -> dict[str, Any]:
        """Return the exception in the columns that `outcome.exceptions` has of it."""
        row = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in _NOT_OF_A_ROW}
        evidence = json.dumps(dict(self.evidence), ensure_ascii=False)
        about = json.dumps(dict(self.about), sort_keys=True)
        clauses = {"breaks": list(self.breaks), "clause": next(iter(self.breaks), None)}
        return {**row, **clauses, "evidence": evidence, "evidence_sha256": self._change_hash(), "about": about}

    def _change_hash(self) -> str:
        kept = {label: self.evidence[label] for label in self.change_key if label in self.evidence}
        return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadText:
    """A text that may be what a check looks for, not sure enough to be listed, and that no person has decided on.

    `exception` is what it is as soon as a person confirms it; `families` are what it may be, and `score` the
    probability (0 to 1) of the likeliest of them.
    """

    exception: ExceptionFound
    families: str
    score: float
