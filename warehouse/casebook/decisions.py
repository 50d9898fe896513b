"""What a person said: of an exception, or of a clause that no machine can see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Verdict = Literal["confirmed", "mistaken", "allowed"]


@dataclass(frozen=True, slots=True)
class Decision:
    """The standing decision on one fingerprint; `until` is None when it stands for good.

    `at` is when it was made, with its zone; None for one that rests on no report, such as a test's own.
    """

    verdict: str
    until: date | None
    by_role: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attested:
    """What one person said of one clause, in which role, when, and until which day it stands.

    `wording_sha256` is the sentence that the clause was mapped to then: of another wording nothing was said.
    """

    clause: str
    wording_sha256: str
    by_role: str
    evidence: str
    until: date
    at: datetime
