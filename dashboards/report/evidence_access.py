"""Which evidence a tier reads: what the check declared it to be decides, and what no check declared nobody reads.

A piece of evidence by which nobody can be known is for every tier that reads exceptions. Of the others, ENTITLED says
by kind whether a tier reads them always, once a person has confirmed who it is, or never. A run reads the
declarations that were made in it; one that was judged before they were kept was given those of the next run.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from dashboards.report.model import ExceptionRow, ReportError, Tier
from dashboards.safe_text import plain

When = Literal["always", "confirmed", "never"]
_OF_WHO_CLEARS: Mapping[str, When] = {
    "platform_id": "always",
    "roll_id": "confirmed",
    "public_name": "always",
    "strangers_text": "always",
    "fact": "always",
}
ENTITLED: Mapping[Tier, Mapping[str, When]] = {
    "governors": {},
    "headteacher": {},
    "lead": _OF_WHO_CLEARS,
    "dsl": _OF_WHO_CLEARS,
    "dpo": {
        "platform_id": "always",
        "roll_id": "confirmed",
        "public_name": "confirmed",
        "strangers_text": "never",
        "fact": "confirmed",
    },
}
_BAD_EVIDENCE = "The evidence of exception {} is not a JSON object; run the audit again to rebuild the published copy."


@dataclass(frozen=True, slots=True)
class Declared:
    """What a check declared one label of its evidence to be, in the run at hand."""

    check_id: str
    label: str
    kind: str
    identifies: bool


def evidence_for(
    tier: Tier, exceptions: Sequence[ExceptionRow], declared: Sequence[Declared]
) -> Mapping[str, Mapping[str, str]]:
    """Return by fingerprint what the tier reads of each exception's evidence, in its order.

    Raises ReportError for evidence that is not a JSON object.
    """
    declarations = {(declaration.check_id, declaration.label): declaration for declaration in declared}
    return MappingProxyType({row.fingerprint: _readable(tier, row, declarations) for row in exceptions})


def _readable(tier: Tier, row: ExceptionRow, declarations: Mapping[tuple[str, str], Declared]) -> Mapping[str, str]:
    is_confirmed = row.decision == "confirmed"
    return MappingProxyType(
        {
            label: _value(value)
            for label, value in _evidence(row).items()
            if value is not None
            and (declared := declarations.get((row.check_id, label))) is not None
            and _reads(tier, declared, is_confirmed=is_confirmed)
        }
    )


def _reads(tier: Tier, declared: Declared, *, is_confirmed: bool) -> bool:
    when = ENTITLED[tier].get(declared.kind)
    if when is None:  # a tier without rows, or a kind that this program does not know
        return False
    if not declared.identifies:
        return True
    return when == "always" or (when == "confirmed" and is_confirmed)


def _evidence(row: ExceptionRow) -> Mapping[str, object]:
    try:
        evidence = json.loads(row.evidence)
    except json.JSONDecodeError as error:
        raise ReportError(_BAD_EVIDENCE.format(row.fingerprint[:8])) from error
    if not isinstance(evidence, dict):
        raise ReportError(_BAD_EVIDENCE.format(row.fingerprint[:8]))
    return {plain(label): value for label, value in evidence.items()}


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True))
