"""The clauses that people attest, behind the desk: by the same rules as `audit attest`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboards.desk.school.school_desk import ClauseToAttest
from flows.desk.folder import SchoolFolder
from flows.registers.attestations import attestations_of, policy_to_attest
from policies.attestations import latest_until
from policies.attesting import FORM
from warehouse.casebook.people.desk_person import DeskPerson


def clauses(folder: SchoolFolder, role: str) -> tuple[ClauseToAttest, ...]:
    """Return the clauses of a role, those that wait first."""
    context = folder.context()
    attestations = attestations_of(context.settings, context.places, context.school)
    stale = context.comparison.stale if context.comparison else frozenset()
    found = []
    for clause in context.pack.clause:
        if clause.attest is None or clause.attest.role != role:
            continue
        standing = attestations.on(clause, clause.attest, context.as_of)
        is_red = clause.id in stale
        why = context.comparison.why_stale() if context.comparison and is_red else standing.why
        found.append(
            ClauseToAttest(
                clause=clause.id,
                ref=clause.ref,
                says=clause.says,
                asks=clause.attest.evidence,
                every_days=clause.attest.every_days,
                latest=latest_until(clause.attest, context.as_of),
                until=None if is_red else standing.until,
                why=why,
                is_red=is_red,
            )
        )
    return tuple(sorted(found, key=lambda clause: (clause.is_red, clause.until or date.min)))


def attest(folder: SchoolFolder, clauses: Sequence[str], evidence: str, until: date, person: DeskPerson) -> None:
    """Write down one attestation of each clause, all in one transaction; AttestationError in a sentence.

    Each stands until this day, or until the last day that its clause lets it, if that is sooner.
    """
    context = folder.context()
    at = context.now()
    policy = policy_to_attest(context.places, context.school, context.pack)
    last = {clause: latest_until(policy.asked_of(clause)[1], context.today()) for clause in clauses}
    attested = [
        replace(
            policy.attested(
                clause, by=person.role, evidence=evidence, until=min(until, last[clause]), at=at, asking=FORM
            ),
            by_person=person.number,
        )
        for clause in clauses
    ]
    folder.book.attest(*attested)
