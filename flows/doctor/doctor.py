"""`audit doctor`: looks at everything a run needs, before it does; free of charge, but for `--online`."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import partial

import typer

from connectors.platform_clock import platform_time
from connectors.x.client import REAL_HOST
from connectors.x.cost import PRICES
from connectors.youtube.consent import TOKEN_HOST
from flows.doctor.doctor_files import archive_lines, handle_lines, history_lines, privacy_lines, register_lines
from flows.doctor.doctor_upkeep import backup_lines, keeping_lines, missed_lines, notify_lines, stored_lines
from flows.home.arguments import AsJson, Online, School
from flows.home.claims import WHAT_TO_DO, why_unclaimed
from flows.home.context import Context, ensure_makes_sense, find_school, open_context, require_permission
from flows.home.exit_codes import DONE, WRONG_USE
from flows.home.integrity import verify_files
from flows.home.keys import find_key
from flows.home.policy import NO_POLICY, comparison_of, pack_of
from flows.home.settings import Settings, from_environment
from flows.home.terminal import DoctorLine, tried, what_next
from flows.home.workspace import read_copy, workspace
from flows.login.online import answers, asked_for, price
from flows.privacy.papers import papers_line
from flows.weekly.readiness import needs
from policies.calendar import calendar_sentence
from policies.dates import WEEK_AND_A_DAY
from policies.errors import UserError
from policies.guidance import nation_sentence
from policies.platforms.registry import YOUTUBE, X
from policies.school import OfficialAccount
from policies.school_file import SchoolError, read_school
from warehouse.runs.runs import last_published
from warehouse.store.open import WarehouseError, opened

_SOME, _TOO_MANY = 60, 300  # seconds between two clocks; X takes no signature of OAuth 1.0a from one further off
_SET = "have the machine keep its clock right (timedatectl set-ntp true)"
_ASKED = {X.id: (REAL_HOST, "/2/oauth2/token"), YOUTUBE.id: (TOKEN_HOST, "/token")}


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


_OWN_POLICY = "the school's own policy"


def doctor(school_id: School, *, online: Online = False, as_json: AsJson = False) -> int:
    """Check each credential, register, pack, key and the last run: ok, or wrong and what to do."""
    settings = from_environment(may_be_stored=True)
    if online:  # what it costs stands in the warehouse
        with workspace(settings, school_id) as here:
            looks = looks_at(here.settings, school_id, online=True)
    else:
        with read_copy(settings, school_id) as local:
            looks = looks_at(local, school_id)
    if as_json:
        typer.echo(json.dumps([asdict(look) for look in looks], indent=2))
    else:
        for look in looks:
            typer.echo(look.text)
        typer.echo(f"next   {what_next(school_id, looks)}")
    return DONE if all(look.is_ok for look in looks) else WRONG_USE


def looks_at(settings: Settings, school_id: str, *, online: bool = False) -> list[DoctorLine]:
    """Return how each part of a school stands, in the order in which doctor prints it."""
    looks = _settings(settings, school_id)
    wrong = [look for look in looks if not look.is_ok]
    if [look.what for look in wrong] not in ([], [_OWN_POLICY]):
        return [*wrong, DoctorLine("the rest", is_ok=False, says="it is looked at once what stands above is right.")]
    context = open_context(settings, school_id, None)
    more = online_lines(context) if online else ()
    return [*looks[:1], *wrong, *looked_at(context), *notify_lines(context), *more]


def _settings(settings: Settings, school_id: str) -> list[DoctorLine]:
    """Return how the school's own settings, its policy and its key stand: nothing else can be looked at without."""
    places = find_school(settings, school_id)
    key = tried("key", "found", partial(find_key, settings, places))
    try:
        school = read_school(places.settings)
    except SchoolError as error:
        return [*(DoctorLine("settings", is_ok=False, says=says) for says in error.sentences), key]
    makes_sense = tried("settings", "read", partial(ensure_makes_sense, school, school_id))
    policy = tried("policy", "read", lambda: comparison_of(school, pack_of(school, places.folder), places.folder))
    pack = pack_of(school, places.folder) if policy.is_ok else None
    says = f"{pack.title}, edition {pack.edition}" if pack else ""
    own = DoctorLine(_OWN_POLICY, is_ok=school.school.pack is not None, says=NO_POLICY.format(folder=places.folder))
    return [DoctorLine("school.toml and pack", is_ok=True, says=says), makes_sense, policy, own, key]


def looked_at(context: Context) -> list[DoctorLine]:
    """Return how each part that a run needs stands, in the order of doctor's lines."""
    accounts = (privacy_lines, _accounts, handle_lines, price_lines, register_lines, _advice)
    parts = (*accounts, history_lines, _warehouse, missed_lines, keeping_lines, backup_lines, papers_line)
    return [look for part in parts for look in part(context)]


def _accounts(context: Context) -> Iterator[DoctorLine]:
    """Look at what each account is read by, and at all else that a run needs before it asks anybody."""
    for account in context.school.account:
        where = f"{account.platform} @{account.handle}"
        if account in context.unclaimed:
            yield DoctorLine(where, is_ok=False, says=f"{why_unclaimed(account)} {WHAT_TO_DO}")
        elif account.archive is not None:
            yield from archive_lines(context, account, where)
    for need in needs(context):
        yield DoctorLine(need.what, is_ok=need.problem is None, says=need.problem or need.is_there)


def _advice(context: Context) -> Iterator[DoctorLine]:
    """Say by whose guidance advice goes, and how days to act are counted; only a calendar that is over is wrong."""
    yield DoctorLine("nation", is_ok=True, says=nation_sentence(context.school.school.nation))
    calendar, today = context.school.calendar, context.today()
    is_over = calendar is not None and today > calendar.last
    yield DoctorLine("calendar", is_ok=not is_over, says=calendar_sentence(calendar, today))


def _warehouse(context: Context) -> Iterator[DoctorLine]:
    if not context.places.published.exists():
        yield DoctorLine("last run", is_ok=True, says="none yet; the first one makes the warehouse.")
        return
    try:
        with opened(context.places.published, context.key, read_only=True) as db:
            last = last_published(db)
    except WarehouseError as error:
        yield DoctorLine("key and published copy", is_ok=False, says=str(error))
        return
    yield DoctorLine("key and published copy", is_ok=True, says="the key opens it.")
    if context.settings.store is not None:  # the casebook counts from what is put back, and a worker may be at work
        yield from stored_lines(context)
    else:
        whole = "as the last run left them"
        yield tried("casebook, warehouse and published copy", whole, partial(verify_files, context))
    is_fresh = last is not None and context.as_of - last <= WEEK_AND_A_DAY
    yield DoctorLine(
        "last run", is_fresh, f"{last}" if is_fresh else f"{last}; look whether the schedule's worker runs."
    )
