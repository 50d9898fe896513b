"""What the platforms count together, and how what is asked of them is counted: by digests, never by a key itself.

YouTube counts the units of a project, whose number begins its client's id; X bills the app, and counts requests in
windows of a quarter of an hour by the user's token or the app's.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

from connectors.errors import SourceError, SourceThrottled, SourceUsedUp
from flows.home.context import Context, find_school, open_casebook
from flows.home.exit_codes import SOURCE_FAILED
from flows.home.group_settings import read_group
from flows.home.keys import read_credentials
from flows.home.settings import Settings
from policies.errors import UserError
from policies.platforms.registry import platform_of
from policies.school import OfficialAccount
from policies.school_file import read_school
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.counters import count_request
from warehouse.casebook.spending import AllowanceDay, note_used_up, usd_since, used_up_until
from warehouse.store.places import Places


class UsedUpError(UserError):
    """A school is not audited now, for what its platform gives is used up, as it told this school or another."""

    exit_code = SOURCE_FAILED

    def __init__(self, until: datetime, came: str = "was not begun") -> None:
        super().__init__(f"It waits for quota until {until:%Y-%m-%d %H:%M} UTC, and {came}. Run the group then.")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one account is asked for by: the digest of its allowance, and of the key that X gives turns by, if any."""

    account_id: str
    platform: str
    digest: str
    turn: str | None = None

    def window(self, school: str) -> str:
        """Return the digest of those who are counted in one window: of the same key, else the school alone."""
        return self.turn or _digest(f"{self.platform}:{school}:{self.account_id}")


def allowances_of(settings: Settings, school_id: str) -> tuple[Allowance, ...]:
    """Return the allowance of each account of a school that is asked for with a credential.

    A school whose files cannot be read has none here: its own run, and `audit group doctor`, say what is wrong.
    """
    try:
        places = find_school(settings, school_id)
        blocks, accounts = read_credentials(places), read_school(places.settings).account
    except UserError:
        return ()
    found = (_allowance(account, blocks.get(account.credential or "")) for account in accounts)
    return tuple(allowance for allowance in found if allowance is not None)


def _allowance(account: OfficialAccount, block: Mapping[str, str] | None) -> Allowance | None:
    platform = platform_of(account.platform)
    by = _first(block or {}, platform.counted_by)
    if by is None or block is None:
        return None
    part = re.match(platform.counted_part, by) if platform.counted_part else None
    turn = None if account.reads == "archive" else _first(block, platform.turns_by)
    digest = _digest(f"{platform.id}:{part[1] if part else by}")
    return Allowance(account.account_id, platform.id, digest, _digest(turn) if turn else None)


def _first(block: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((value for name in names if (value := block.get(name))), None)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def day_of(allowance: Allowance, context: Context) -> AllowanceDay:
    """Return the allowance on the day that its platform has now."""
    return AllowanceDay(allowance.digest, allowance.platform, platform_of(allowance.platform).day_of(context.now()))


def counting(context: Context, book: Casebook) -> Callable[[str, Decimal, int], None]:
    """Return what counts a request: of which list it was, the US dollars that were due, and the units."""
    every = allowances_of(context.settings, context.school.id)

    def count(listing: str, usd: Decimal, units: int) -> None:
        used = _of_list(every, listing, in_units=units > 0)
        count_request(book, day_of(used, context) if used else None, usd, units)

    return count


def budget_of(settings: Settings, school_id: str) -> Decimal | None:
    """Return what the school's own file allows a month in US dollars; None where it says nothing, or cannot be read."""
    try:
        return read_school(Places(settings.home, school_id).settings).budget.usd_per_month
    except UserError:
        return None  # its own run says what is wrong


def month_guard(context: Context, book: Casebook) -> Callable[[str, Decimal], str]:
    """Return what says which of the month's budgets a request of a list, at this price, would pass; else nothing.

    The school's own in school.toml, and what group.toml allows each school, all of them, and each allowance.
    """
    group = read_group(context.settings)
    own = group.budget_of_school(context.school.budget.usd_per_month)
    every = allowances_of(context.settings, context.school.id)

    def refusing(listing: str, usd: Decimal) -> str:
        used = _of_list(every, listing, in_units=False)
        digest, month = used.digest if used else "", context.now().astimezone(UTC).date().replace(day=1)
        of_allowance = group.said_of(digest).usd_per_month if used else None
        budgets: tuple[tuple[str, Decimal | None, dict[str, str]], ...] = (
            ("The school's budget", own, {"school": book.school}),
            ("The group's budget", group.usd_per_month, {}),
            ("The budget of its allowance", of_allowance, {"allowance": digest}),
        )
        for name, most, of in budgets:
            if most is not None and usd_since(book.engine, month, **of) + usd > most:
                return f"{name} of ${most:.2f} for the month"
        return ""

    return refusing


def note_wall(context: Context, book: Casebook, listing: str, failure: SourceError | None) -> datetime | None:
    """Write down until when nobody need ask, where the platform said so of this list: a day's units, or a long window.

    A window is counted by whoever takes turns by the same key. Returns until when where the run is to make room.
    """
    if not isinstance(failure, SourceThrottled) or failure.retry_at is None:
        return None
    is_day, window = isinstance(failure, SourceUsedUp), context.settings.long_window(failure.retry_at)
    used = _of_list(allowances_of(context.settings, context.school.id), listing, in_units=is_day)
    if used is None or not (is_day or window):
        return None
    of = day_of(used, context)
    by = of if is_day else replace(of, allowance=used.window(context.school.id))
    note_used_up(book.engine, book.school, by, failure.retry_at)
    return None if is_day else failure.retry_at


def _of_list(every: Sequence[Allowance], listing: str, *, in_units: bool) -> Allowance | None:
    """Return the allowance of the account that the list is of; where none is, of the first account counted so."""
    by_account = {allowance.account_id: allowance for allowance in every}
    of_account = next((by_account[part] for part in listing.split(":") if part in by_account), None)
    alike = (each for each in every if (platform_of(each.platform).units_per_day is not None) == in_units)
    return of_account or next(alike, None)


def ensure_not_used_up(settings: Settings, school_id: str) -> None:
    """Raise UsedUpError where a platform has said, to whichever school, that no more may be asked by its allowance."""
    digests = {by for each in allowances_of(settings, school_id) for by in (each.digest, each.window(school_id))}
    if not digests:
        return
    with closing(open_casebook(settings, Places(settings.home, school_id))) as book:
        walls = [used_up_until(book.engine, digest, settings.clock()) for digest in sorted(digests)]
    if until := max(filter(None, walls), default=None):
        raise UsedUpError(until)
