"""`audit doctor --online`: asks each platform whose the official accounts are, after saying what that costs."""

from collections.abc import Iterator
from dataclasses import replace

import typer

from flows.commands.doctor_ahead import clock_lines
from flows.commands.doctor_line import DoctorLine
from flows.context import Context, require_permission
from flows.online import answers, asked_for, price
from policies.errors import UserError


def online(context: Context) -> Iterator[DoctorLine]:
    """Say on stderr what it costs, then yield how each account stands at its platform."""
    asked = asked_for(context)
    for account in (account for account in context.school.account if account not in asked):
        if account not in context.unclaimed:
            says = "read from its archive, and no credential is named: X was not asked."
            yield DoctorLine(f"{account.platform} @{account.handle} online", is_ok=True, says=says)
    if not asked:
        return
    try:
        require_permission(replace(context, looks_up=True))
        typer.echo(price(context), err=True)
        answered = answers(context)
    except UserError as error:
        yield DoctorLine("online", is_ok=False, says=f"No platform was asked. {error.sentence}")
        return
    for answer in answered:
        where = f"{answer.account.platform} @{answer.account.handle} online"
        yield DoctorLine(where, is_ok=answer.is_right, says=answer.says)
    yield from clock_lines(context, asked)
