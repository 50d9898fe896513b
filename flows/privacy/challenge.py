"""`audit challenge`: somebody says that a case about them is wrong; it is written down, and answered in thirty days."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

import typer

from flows.home.arguments import AsJson
from flows.home.context import Context, open_context
from flows.home.settings import ConfigurationError, from_environment
from flows.privacy.reach import reach_of_case
from flows.registers.reasons import acting, reason_of, ref_of, signed_in_as
from flows.weekly.publish import mark_corrections
from policies.dates import long_date
from policies.roles import DoneBy, title_by, title_of
from warehouse.casebook.challenges import Challenge, Challenges
from warehouse.casebook.may_decide import ensure_may_answer, ensure_may_challenge
from warehouse.exceptions.published_cases import about, finished_runs, in_any_run

Reference = Annotated[str, typer.Argument(help="The case's ref, as the report shows it.")]
Role = Annotated[str, typer.Option(help="Your role: dpo, or enterprise_and_technology_lead.")]


def open_challenge(
    asked: typer.Context,
    reference: Reference,
    *,
    received: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day on which the school was told.")],
    by: Annotated[str, typer.Option(help="Who challenges it: pupil, parent, staff or other.")],
    ground: Annotated[str, typer.Option(help="What they say is wrong; name no child.")],
    role: Role = "dpo",
) -> None:
    """Record that somebody challenges a case; it is to be answered within thirty days."""
    context, received_on = open_context(from_environment(), asked.obj, None), received.date()
    ensure_may_challenge(DoneBy(role), by, received_on, context.today())
    said = reason_of(context, ground, option="ground", what="what they say is wrong")
    fingerprint, check_id = _case(context, reference)
    for line in reach_of_case(context, fingerprint):
        typer.echo(line)
    who = acting(context, role, "challenge")
    with context.casebook() as book:
        made = Challenges(book).open(
            fingerprint, received_on=received_on, raised_by=by, ground=said, by=who, at=context.now()
        )
    typer.echo(f"{made.reference} ({check_id}) is challenged. Answer it by {long_date(made.answer_by)}.")


def answer(
    asked: typer.Context,
    reference: Reference,
    *,
    upheld: Annotated[bool, typer.Option("--upheld/--not-upheld", help="Whether they are right.", show_default=False)],
    reason: Annotated[str, typer.Option(help="What the answer rests on; name no child.")],
    role: Role = "dpo",
) -> None:
    """Answer a challenge; one that is upheld corrects the casebook, and every report that has the case."""
    ensure_may_answer(DoneBy(role))
    context = open_context(from_environment(), asked.obj, None)
    said = reason_of(context, reason, option="reason", what="what the answer rests on")
    with context.casebook() as book:
        challenges = Challenges(book)
        fingerprint = _challenged(challenges.all(), reference)
        for line in reach_of_case(context, fingerprint):
            typer.echo(line)
        run_id, about = _newest_report(context, fingerprint)
        by = signed_in_as(book, context.key, role, "challenge", context.now())
        made = challenges.answer(
            fingerprint, is_upheld=upheld, reason=said, by=by, at=context.now(), run_id=run_id, about=about
        )
    if not upheld:
        typer.echo(
            f"{made.reference} stands, says the {title_by(role, by.person)}. Tell whoever challenged it, and why."
        )
        return
    runs = mark_corrections(context)
    told = f"marked in the reports of: {', '.join(runs)}" if runs else "in no report that is kept here"
    typer.echo(
        f"{made.reference} was mistaken, says the {title_by(role, by.person)}: it is corrected for good, and {told}."
    )


def list_challenges(asked: typer.Context, *, as_json: AsJson = False) -> None:
    """List the challenges: what waits, by when, and how the rest was answered."""
    context = open_context(from_environment(), asked.obj, None)
    with context.casebook() as book:
        challenges = Challenges(book).all()
    if as_json:
        typer.echo(json.dumps([asdict(each) | {"answer_by": each.answer_by} for each in challenges], default=str))
        return
    if not challenges:
        typer.echo("Nothing was challenged.")
    for each in sorted(challenges, key=lambda one: not one.is_open):
        typer.echo(
            f"{each.reference}  received {each.received_on} from {each.raised_by}  {_state(each, context.today())}"
        )


def _state(challenge: Challenge, today: date) -> str:
    if challenge.answered_at is not None:
        return f"{'upheld' if challenge.is_upheld else 'not upheld'} by the {title_of(challenge.answered_by)}"
    return f"answer by {challenge.answer_by}{', LATE' if challenge.is_late(today) else ''}"


def _case(context: Context, reference: str) -> tuple[str, str]:
    """Return fingerprint and check of the case, in whichever run it was."""
    ref = ref_of(reference)
    with context.published() as copy:
        found = in_any_run(copy, ref)
    if len({fingerprint for fingerprint, _ in found}) > 1:
        raise ConfigurationError(f"{len(found)} cases begin with {ref}; give more of the fingerprint.")
    if not found:
        raise ConfigurationError(f"No report here has a case {ref}. Copy the ref from the report or the letter.")
    return found[0]


def _challenged(challenges: Iterable[Challenge], reference: str) -> str:
    ref = ref_of(reference)
    found = {challenge.fingerprint for challenge in challenges if challenge.fingerprint.startswith(ref)}
    if len(found) != 1:
        raise ConfigurationError(f"Nothing called {ref} was challenged. See audit challenge SCHOOL list.")
    return found.pop()


def _newest_report(context: Context, fingerprint: str) -> tuple[str, str | None]:
    """Return the newest published run, and what the case was last about; nothing where the copy is gone."""
    if not context.places.published.exists():
        return "", None
    with context.published() as copy:
        return max(finished_runs(copy), default=""), about(copy, fingerprint)
