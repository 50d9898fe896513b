"""`audit attest`: a person attests a clause that no machine can see; the casebook keeps it until a day."""

from contextlib import closing
from dataclasses import replace
from typing import Annotated

import typer

from flows.home.arguments import LastDay, School
from flows.home.context import open_casebook, open_context
from flows.home.process import os_user
from flows.home.settings import from_environment
from flows.registers.attestations import attestations_of, policy_to_attest
from flows.registers.reasons import reason_of
from policies.attestations import COMMAND


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
    settings = from_environment()
    context = open_context(settings, school_id, None)
    places, school, pack = context.places, context.school, context.pack
    policy = policy_to_attest(places, school, pack)
    at = settings.clock()
    attested = policy.attested(clause_id, by=by, evidence=evidence, until=until.date(), at=at, asking=COMMAND)
    said = reason_of(context, evidence, option="evidence", what="what the attestation rests on")
    with closing(open_casebook(settings, places)) as book:
        book.attest(replace(attested, evidence=said, by_user=os_user()))
    clause, asked = policy.asked_of(clause_id)
    attestation = attestations_of(settings, places, school).on(clause, asked, at.astimezone(policy.zone).date())
    typer.echo(
        f"Written down. {attestation.why}"
        if attestation.until
        else f"Written down, but it does not stand: {attestation.why}"
    )
