"""An exception as a check found it, before it is told apart from the last run's."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One exception as judged, dressed with what the check and the clause say about it."""

    fingerprint: str
    check_id: str
    check_title: str
    pack: str
    clause: str
    clause_says: str
    severity: str
    platform: str
    account_id: str
    subject_id: str
    subject_kind: str
    concerns: str
    reason: str
    evidence: Mapping[str, str]
    change_key: tuple[str, ...]
    next_step: str
    do_not: str
    owner_role: str
    days_to_act: int

    @property
    def evidence_sha256(self) -> str:
        """The hash of the evidence that would change a person's mind."""
        kept = {label: self.evidence[label] for label in self.change_key if label in self.evidence}
        return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
