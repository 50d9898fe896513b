"""What doctor says of the platforms: prices, clocks, and with `--online` whose account each is, for a price."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import typer

from connectors.platform_clock import platform_time
from connectors.x.client import REAL_HOST
from connectors.x.cost import PRICES
from connectors.youtube.consent import TOKEN_HOST
from flows.home.context import Context, require_permission
from flows.home.doctor_line import DoctorLine
from flows.login.online import answers, asked_for, price
from policies.errors import UserError
from policies.platforms.x import X
from policies.platforms.youtube import YOUTUBE
from policies.school import OfficialAccount

_SOME, _TOO_MANY = 60, 300  # seconds between two clocks; X takes no signature of OAuth 1.0a from one further off
_SET = "have the machine keep its clock right (timedatectl set-ntp true)"
_ASKED = {
    X.id: (REAL_HOST, "/2/oauth2/token"),
    YOUTUBE.id: (TOKEN_HOST, "/token"),
}


def price_lines(context: Context) -> Iterator[DoctorLine]:
    """Yield each account on X that is read at ten times the owner's price."""
    price = PRICES["GET /2/users/{id}/followers"]
    for account in (a for a in context.school.account if a.reads == "bearer"):
        says = (
            f"each follower costs ${price.usd} by a bearer token, and ${price.owned_usd} by the account's own keys, if "
            f'it owns the app: set reads = "owned", and run: audit login x {context.school.id}'
        )
        yield DoctorLine(f"x @{account.handle} price", is_ok=True, says=says)


def clock_lines(context: Context, accounts: Sequence[OfficialAccount]) -> Iterator[DoctorLine]:
    """Ask each platform what time it is, which costs nothing; yield how far this machine's clock is from it."""
    endpoints = context.settings.endpoints
    stand_ins = {X.id: endpoints.x, YOUTUBE.id: endpoints.youtube}
    for platform in sorted({account.platform for account in accounts}):
        host, path = _ASKED[platform]
        told = platform_time(stand_ins[platform] or host, path, context.settings.timeout)
        if told is None:
            continue  # that it does not answer is said of the account
        off = abs((told - context.now()).total_seconds())
        says = f"{off:.0f} seconds from {platform}'s."
        if off > _TOO_MANY:
            says += f" Signed requests are refused: {_SET}."
        elif off > _SOME:
            says += f" From {_TOO_MANY} on signed requests are refused: {_SET}."
        yield DoctorLine("clock", is_ok=off <= _TOO_MANY, says=says)


def online_lines(context: Context) -> Iterator[DoctorLine]:
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
