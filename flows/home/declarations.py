"""What the checks declare of their evidence, as the warehouse keeps it."""

from checks.catalogue import catalogue
from warehouse.runs.declared import EvidenceRow


def declarations() -> list[EvidenceRow]:
    """Return what every check declares of its evidence, whether the school's pack asks for it or not."""
    return [
        EvidenceRow(
            check.id, evidence.label, evidence.kind, evidence.identifies, changes=evidence.changes, links=evidence.links
        )
        for check in catalogue().values()
        for evidence in check.evidence
    ]
