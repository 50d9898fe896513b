"""`audit requests`: what people ask of the school about their data, from the day it came to the day it is closed."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from flows.home.arguments import Actor, AsJson, By, Person, Photo
from flows.home.context import open_context
from flows.home.settings import from_environment
from flows.privacy.asked import wanted_of
from flows.registers.reasons import acting, ensure_role, reason_of
from policies.dates import long_date
from policies.requests import KINDS, RECEIVED, STEPS
from policies.roles import title_by
from warehouse.casebook.subject_requests import SubjectRequest, SubjectRequests

_Note = Annotated[str, typer.Option(help="What was done, and why; name nobody.")]


def add(
    asked: typer.Context,
    *,
    kind: Annotated[str, typer.Option(help="access, erasure, objection, rectification or complaint.")],
    received: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day on which the school was asked.")],
    person: Person = None,
    actor: Actor = None,
    photograph: Photo = None,
    note: _Note = "",
    by: By = "dpo",
) -> None:
    """Record a request about somebody's data; whom it is about may be left out until that is known."""
    ensure_role(by)
    context = open_context(from_environment(), asked.obj, None)
    about = None
    if person or actor or photograph:
        about = wanted_of(person, actor, photograph).key
    said = reason_of(context, note, option="note", what="what was asked") if note else ""
    who = acting(context, by, "request")
    with context.casebook() as book:
        made = SubjectRequests(book).receive(
            kind,
            received_on=received.date(),
            about=about,
            note=said,
            by=who,
            at=context.now(),
            today=context.today(),
        )
    typer.echo(f"Request {made.number}: {KINDS[kind]}. {_due(made)}")


def record(
    asked: typer.Context,
    number: Annotated[int, typer.Argument(help="Its number, as the list shows it.")],
    step: Annotated[
        str, typer.Argument(help="acknowledged, identity, asked, searched, extended, sent, done, refused or closed.")
    ],
    *,
    note: _Note = "",
    by: By = "dpo",
) -> None:
    """Record a step of a request: what was asked, searched, sent or refused, and that it is closed."""
    ensure_role(by)
    context = open_context(from_environment(), asked.obj, None)
    said = reason_of(context, note, option="note", what="what was done") if note else ""
    who = acting(context, by, "request")
    with context.casebook() as book:
        made = SubjectRequests(book).record(number, step, note=said, by=who, at=context.now())
    typer.echo(f"Request {number}: {STEPS[step]}. {_due(made) if made.is_open else ''}".rstrip())


def list_requests(asked: typer.Context, *, as_json: AsJson = False) -> None:
    """List the requests, what is due first; each with its steps."""
    context = open_context(from_environment(), asked.obj, None)
    with context.casebook() as book:
        requests = SubjectRequests(book).all()
    if as_json:
        typer.echo(json.dumps([asdict(each) | {"due_on": each.due_on} for each in requests], default=str))
        return
    for each in requests:
        typer.echo(f"{each.number}  {KINDS[each.kind]}, received {each.received_on}. {each.standing(context.today())}")
        for step in each.steps:
            name = RECEIVED if step.step == RECEIVED else STEPS[step.step]
            who = title_by(step.by_role, step.by_person)
            typer.echo(f"    {step.made_at:%Y-%m-%d}  {name}, by the {who}  {step.note}".rstrip())
    if not requests:
        typer.echo("Nobody has asked for anything.")


def _due(made: SubjectRequest) -> str:
    return f"Answer it by {long_date(made.due_on)}."
