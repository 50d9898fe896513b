"""What a school's people attested, beside the counter-evidence of its published runs, and `audit attest`."""

from contextlib import closing
from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from flows.home.arguments import LastDay, School
from flows.home.context import Context, open_casebook, open_context
from flows.home.keys import find_key
from flows.home.settings import Settings, from_environment
from flows.registers.reasons import acting, reason_of
from policies.attestations import COMMAND, Attestations, CounterEvidence, PolicyToAttest, gather_attestations
from policies.school import School as SchoolSettings
from warehouse.exceptions.published_cases import counter_evidence
from warehouse.runs.publish import ensure_current
from warehouse.store.open import opened
from warehouse.store.places import Places


def policy_to_attest(context: Context) -> PolicyToAttest:
    """Return the school's pack beside its text, by which an attestation is taken or refused."""
    return PolicyToAttest(context.school.id, context.pack, context.comparison, context.zone)


def attestations_of(settings: Settings, places: Places, school: SchoolSettings) -> Attestations:
    """Return what was said of a school's clauses, beside what its published runs found to counter-evidence."""
    with closing(open_casebook(settings, places)) as book:
        attested = book.attestations()
    found: tuple[CounterEvidence, ...] = ()
    if places.published.exists():
        with opened(places.published, find_key(settings, places), read_only=True) as copy:
            ensure_current(copy)
            found = counter_evidence(copy)
    return gather_attestations(attested, found, ZoneInfo(school.school.timezone))


def attest(
    school_id: School,
    clause_id: Annotated[
        str, typer.Argument(metavar="CLAUSE", help="The clause's id, as `audit policies coverage` shows it.")
    ],
    *,
    by: Annotated[str, typer.Option(help="The role that attests it, such as headteacher.")],
    evidence: Annotated[str, typer.Option(help="What it rests on, in the school's own words; name no child.")],
    until: LastDay,
) -> None:
    """Record that a person attests a clause that no check can see."""
    context = open_context(from_environment(), school_id, None)
    policy, at = policy_to_attest(context), context.now()
    attested = policy.attested(clause_id, by=by, evidence=evidence, until=until.date(), at=at, asking=COMMAND)
    said = reason_of(context, evidence, option="evidence", what="what the attestation rests on")
    who = acting(context, by, "attest")
    with context.casebook() as book:
        book.attest(replace(attested, evidence=said, by_person=who.person, by_user=who.user))
    clause, asked = policy.asked_of(clause_id)
    standing = attestations_of(context.settings, context.places, context.school)
    attestation = standing.on(clause, asked, at.astimezone(policy.zone).date())
    but = "." if attestation.until else ", but it does not stand:"
    typer.echo(f"Written down{but} {attestation.why}")
