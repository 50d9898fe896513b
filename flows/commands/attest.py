"""`audit attest`: a person attests a clause that no machine can see; the casebook keeps it until a day."""

from contextlib import closing
from datetime import date
from difflib import get_close_matches
from zoneinfo import ZoneInfo

import typer

from flows.commands.policy_coverage import attestations_of
from flows.context import open_casebook, open_school
from flows.policy import comparison_of
from flows.settings import ConfigurationError, from_environment
from policies.attestations import Attested, latest_until, wording_of
from policies.model import Attestation, Clause, Pack
from policies.roles import title_of


def attest(school_id: str, clause_id: str, *, by: str, evidence: str, until: date) -> None:
    """Record the attestation, or refuse in a sentence."""
    settings = from_environment()
    places, school, pack = open_school(settings, school_id)
    clause, asked = _asked(pack, clause_id, school_id)
    comparison = comparison_of(school, pack, places.folder)
    if comparison and clause_id in comparison.stale:
        raise ConfigurationError(f"{clause_id} is red, so nobody can attest it. {comparison.why_stale()}")
    at = settings.clock()
    today = at.astimezone(ZoneInfo(school.school.timezone)).date()
    _suits(clause_id, asked, by=by, evidence=evidence)
    _in_time(clause_id, asked, until=until, today=today)
    with closing(open_casebook(settings, places)) as book:
        book.attest(Attested(clause_id, wording_of(clause), asked.role, evidence.strip(), until, at))
    attestation = attestations_of(settings, places, school).on(clause, asked, today)
    typer.echo(
        f"Written down. {attestation.why}"
        if attestation.until
        else f"Written down, but it does not stand: {attestation.why}"
    )


def _asked(pack: Pack, clause_id: str, school_id: str) -> tuple[Clause, Attestation]:
    clause = next((clause for clause in pack.clause if clause.id == clause_id), None)
    if clause is None:
        near = get_close_matches(clause_id, [clause.id for clause in pack.clause if clause.attest], n=1)
        hint = f"Is it {near[0]}?" if near else f"To see them all: audit policies coverage {school_id}"
        raise ConfigurationError(f"{pack.id} has no clause {clause_id!r}. {hint}")
    if clause.checks:
        checks = ", ".join(question.check for question in clause.checks)
        raise ConfigurationError(f"{clause_id} is not for a person to attest: the program checks it ({checks}).")
    if clause.attest is None:
        raise ConfigurationError(f"{clause_id} is not for a person to attest. {clause.unobserved}")
    return clause, clause.attest


def _suits(clause_id: str, asked: Attestation, *, by: str, evidence: str) -> None:
    if by.strip().casefold() not in {asked.role.casefold(), title_of(asked.role).casefold()}:
        raise ConfigurationError(f"{clause_id} is for the {title_of(asked.role)} to attest: --by {asked.role}")
    if not evidence.strip():
        raise ConfigurationError(
            f"Say with --evidence what the attestation rests on. {clause_id} asks: {asked.evidence}"
        )


def _in_time(clause_id: str, asked: Attestation, *, until: date, today: date) -> None:
    last = latest_until(asked, today)
    if until < today:
        raise ConfigurationError(f"--until {until} is in the past; choose a day up to {last}.")
    if until > last:
        often = f"{clause_id} is to be attested every {asked.every_days} days"
        raise ConfigurationError(f"--until {until} is too far off: {often}, so {last} is the last day.")
