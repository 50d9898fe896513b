"""The bare ids in the school's archives: followers and followed accounts of whom nothing is known but an id."""

from pathlib import Path

import duckdb

from connectors.x_archive.follow_ids import FollowIds, follow_ids
from flows.home.context import Context, connector_account
from flows.home.settings import ConfigurationError
from policies.school import OfficialAccount
from warehouse.runs.known_members import known_actors

_NO_KEY = (
    "Looking up followers needs a key of X's, and a bearer token is enough: put it into credentials.toml as "
    '[x_main] and bearer = "…", and add credential = "x_main" to the X account in school.toml.'
)


def archive_file(context: Context, account: OfficialAccount) -> Path:
    """Return where the archive of this account is; a name without a folder is one in the school's own."""
    return context.places.folder / Path(account.archive or "").expanduser()


def archived(context: Context) -> tuple[OfficialAccount, ...]:
    """Return the accounts that are read from archives."""
    return tuple(account for account in context.school.account if account.archive is not None)


def ids_of(context: Context, account: OfficialAccount) -> FollowIds:
    """Return the ids in the archive of this account; SourceRefused("input") when it is not sound, or another's."""
    place, known_as = archive_file(context, account), connector_account(account)
    return follow_ids(place, known_as, clock=context.settings.clock)


def bare_ids(context: Context, db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the ids in the school's archives of which no run got a profile; SourceRefused("input") as `ids_of`."""
    ids = frozenset[str]().union(*(ids_of(context, account).all for account in archived(context)))
    return ids - known_actors(db, "x")


def look_up_account(context: Context) -> OfficialAccount:
    """Return the account whose key X is asked with for profiles: an archive's, or another's; ConfigurationError."""
    named = [account for account in context.school.account if account.platform == "x" and account.credential]
    if not named:
        raise ConfigurationError(_NO_KEY)
    return min(named, key=lambda account: account.archive is None)
