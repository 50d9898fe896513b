"""What the platforms count together, and how what is asked of them is counted: by digests, never by a key itself.

YouTube counts the units of a project, whose number begins its client's id; X bills the app, and counts requests in
windows of a quarter of an hour by the user's token or the app's.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from connectors.errors import SourceError, SourceUsedUp
from flows.home.context import Context, find_school, open_casebook
from flows.home.exit_codes import SOURCE_FAILED
from flows.home.keys import read_credentials
from flows.home.settings import Settings
from policies.errors import UserError
from policies.platforms.registry import platform_of
from policies.school import OfficialAccount
from policies.school_file import read_school
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.counters import count_request
from warehouse.casebook.spending import AllowanceDay, note_used_up, used_up_until
from warehouse.store.places import Places


class UsedUpError(UserError):
    """A school was not begun, for what its platform gives is used up, as it told whoever asked before."""

    exit_code = SOURCE_FAILED

    def __init__(self, until: datetime) -> None:
        super().__init__(f"It waits for quota until {until:%Y-%m-%d %H:%M} UTC, and was not begun. Run the group then.")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one account is asked for by: the digest of its allowance, and of the key that X gives turns by, if any."""

    account_id: str
    platform: str
    digest: str
    turn: str | None = None


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


def note_wall(context: Context, book: Casebook, listing: str, failure: SourceError | None) -> None:
    """Write down until when a day's units are used up, where the platform said so of this list.

    A window of a quarter of an hour is no wall: it may be one token's alone, and the run waits for it.
    """
    if not isinstance(failure, SourceUsedUp) or failure.retry_at is None:
        return
    every = allowances_of(context.settings, context.school.id)
    if used := _of_list(every, listing, in_units=True):
        note_used_up(book.engine, book.school, day_of(used, context), failure.retry_at)


def _of_list(every: Sequence[Allowance], listing: str, *, in_units: bool) -> Allowance | None:
    """Return the allowance of the account that the list is of; where none is, of the first account counted so."""
    by_account = {allowance.account_id: allowance for allowance in every}
    of_account = next((by_account[part] for part in listing.split(":") if part in by_account), None)
    alike = (each for each in every if (platform_of(each.platform).units_per_day is not None) == in_units)
    return of_account or next(alike, None)


def ensure_not_used_up(settings: Settings, school_id: str) -> None:
    """Raise UsedUpError where a platform has said, to whichever school, that no more may be asked by its allowance."""
    digests = {allowance.digest for allowance in allowances_of(settings, school_id)}
    if not digests:
        return
    with closing(open_casebook(settings, Places(settings.home, school_id))) as book:
        walls = [used_up_until(book.engine, digest, settings.clock()) for digest in sorted(digests)]
    if until := max(filter(None, walls), default=None):
        raise UsedUpError(until)
