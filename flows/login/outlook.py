"""What stands against an account's tokens, looked at before it matters: no platform is asked, and no run is stopped."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flows.home.context import Context
from flows.login.credentials import consenting_app
from flows.login.tokens import KeptGrant, Tokens, sign_in
from flows.schedule.systemd import next_run
from policies.dates import long_date
from policies.platforms.registry import platform_of
from policies.school import OfficialAccount

# Google's consent screen in testing gives refresh tokens that live for seven days; no other lives so short.
_TESTING = timedelta(days=8)


def account_outlook(context: Context, account: OfficialAccount) -> tuple[str, ...] | None:
    """Return what stands against an account's kept tokens, a sentence each; None where none are kept of it."""
    if account.credential is None or not consenting_app(context, account):
        return None
    kept = Tokens(context.places, context.key).of(account)
    return None if kept is None else tuple(outlook(context, account, kept))


def outlook(context: Context, account: OfficialAccount, kept: KeptGrant) -> Iterator[str]:
    """Yield what stands against these tokens, a sentence each with what to do."""
    name, again = platform_of(account.platform).name, sign_in(context, account)
    yield from _renewal(context, kept, name, again)
    if wide := sorted(set(kept.grant.scopes) - set(kept.asked)):
        yield (
            f"These tokens may do more than the audit needs ({', '.join(map(_short, wide))}): end them under connected "
            f"apps in the account's settings at {name}, and sign in again: {again}"
        )
    if kept.grant.scopes and (lacking := sorted(set(kept.asked) - set(kept.grant.scopes))):
        yield f"The owner did not allow {', '.join(map(_short, lacking))}: sign in again, and allow it: {again}"
    yield from _end(context, kept, again)


def _renewal(context: Context, kept: KeptGrant, name: str, again: str) -> Iterator[str]:
    if kept.refused_at is not None:
        yield f"{name} refused on {_day(context, kept.refused_at)} to renew these tokens: sign in again: {again}"
    elif kept.renewal_begun_at is not None:
        yield (
            f"New tokens of {name}'s were asked for on {_day(context, kept.renewal_begun_at)} and never arrived here; "
            f"the next run tries the old ones, which {name} may refuse: sign in again before it: {again}"
        )


def _end(context: Context, kept: KeptGrant, again: str) -> Iterator[str]:
    ends_at = kept.grant.refresh_ends_at
    if ends_at is None:
        return
    due = next_run(context.school.id, context.zone, context.now())
    if ends_at - kept.grant.given_at < _TESTING:
        how = "and no run after that can read the channel" if ends_at > due else "before the next run"
        yield (
            f"The app's consent screen at Google is in testing, so that these tokens die on {_day(context, ends_at)}, "
            f'{how}: set it to "In production" or "Internal" there, then sign in again: {again}'
        )
    elif ends_at <= due:
        yield f"These tokens end on {_day(context, ends_at)}, before the next run: sign in again: {again}"


def _short(scope: str) -> str:
    return scope.rpartition("/")[2]


def _day(context: Context, at: datetime) -> str:
    return long_date(at.astimezone(context.zone).date())
