"""Makes each source of a run from the school's settings, its credentials, and what earlier runs know."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import duckdb

from checks.accounts.school import host_of
from connectors.media.pull import MediaSource, MediumWanted
from connectors.registers.pull import RegistersSource
from connectors.source import EarlierRuns, KnownSubject, Source
from connectors.x.profiles import XProfilesSource
from connectors.x.pull import XSource
from connectors.x_archive.pull import XArchiveSource
from connectors.x_archive.summary import FollowIds, follow_ids
from connectors.youtube.pull import YouTubeSource
from flows.home.claims import connector_account
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.login.credentials import KeysByAccount, x_credentials, youtube_credentials
from flows.pictures.logo import logos_to_fetch
from flows.pictures.verdicts import settled
from policies.platforms.registry import PLATFORMS
from policies.school import Identity, OfficialAccount, School
from warehouse.runs.known_members import SubjectRow, known_account, known_actors, last_read, to_prove
from warehouse.runs.match_store import media_to_fetch
from warehouse.runs.pages import last_request

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


FULL_SYNC_EVERY = timedelta(days=27)

Maker = Callable[[Context, duckdb.DuckDBPyConnection, str], Source]


def source_names(context: Context, only: frozenset[str] | None = None) -> tuple[str, ...]:
    """Return the sources of this school in the order of pulling: registers first, pictures last."""
    claimed = [source for account in context.school.account if (source := context.settings.claims(account))]
    claimed += ["x_profiles"] if context.looks_up else []
    order = list(_MAKERS)
    names = ["registers", *sorted(dict.fromkeys(claimed), key=lambda source: order.index(source.partition(":")[0]))]
    wanted = [n for n in names if only is None or n == "registers" or n.partition("_")[0] in only]
    return (*wanted, "media")


def make_source(name: str, context: Context, db: duckdb.DuckDBPyConnection) -> Source:
    """Return the source of this name, ready to pull; ConfigurationError if a credential is missing."""
    return _MAKERS[name.partition(":")[0]](context, db, name)


def registers_source(context: Context, instead: Mapping[str, bytes] | None = None) -> RegistersSource:
    """Return the source of the school's registers, which costs nothing to pull; `instead` is read for a file."""
    files = {str(register): name for register, name in context.school.registers.items()}
    mapped = {str(register): own for register, own in context.school.columns.items()}
    return RegistersSource(
        context.places.registers, files, as_of=context.as_of, mapped=mapped, pepper=context.names_key, instead=instead
    )


def _archive(context: Context, db: duckdb.DuckDBPyConnection, name: str) -> Source:
    [account] = context.accounts(name)
    before, place = last_read(db, account.account_id, until=context.as_of), archive_file(context, account)
    ours = replace(connector_account(account), domains=school_domains(context.school.school))
    return XArchiveSource(place, ours, clock=context.settings.clock, last_read=before)


def school_domains(school: Identity) -> frozenset[str]:
    """Return the domains at which an e-mail address is the school's: those that it names, or its website's."""
    named = school.email_domains or (school.website or "",)
    return frozenset(host for address in named if (host := host_of(address.strip().removeprefix("@"))))


def profiles_source(context: Context, db: duckdb.DuckDBPyConnection) -> XProfilesSource:
    """Return the source of the profiles of the archives' bare ids; it asks for its key when it needs it."""
    return XProfilesSource(
        sorted(bare_ids(context, db)),
        lambda: x_credentials(context, look_up_account(context), "bearer"),
        endpoints=context.settings.endpoints,
        clock=context.settings.clock,
        timeout=context.settings.timeout,
    )


def _x(context: Context, db: duckdb.DuckDBPyConnection, name: str) -> Source:
    accounts = context.accounts(name)
    return XSource(
        [connector_account(a) for a in accounts],
        KeysByAccount({a.account_id: partial(x_credentials, context, a) for a in accounts}),
        {a.account_id: _known(context, db, a) for a in accounts},
        endpoints=context.settings.endpoints,
        clock=context.settings.clock,
        timeout=context.settings.timeout,
    )


def _youtube(context: Context, db: duckdb.DuckDBPyConnection, name: str) -> Source:
    accounts = context.accounts(name)
    return YouTubeSource(
        [connector_account(a) for a in accounts],
        {a.account_id: youtube_credentials(context, a) for a in accounts},
        {a.account_id: _known(context, db, a) for a in accounts},
        endpoints=context.settings.endpoints,
        clock=context.settings.clock,
        timeout=context.settings.timeout,
    )


def _media(context: Context, db: duckdb.DuckDBPyConnection, _name: str) -> Source:
    posted = media_to_fetch(db, context.run_id, settled=settled(context, db))
    wanted = [MediumWanted(*row) for row in (*posted, *logos_to_fetch(context, db))]
    return MediaSource(wanted, endpoints=context.settings.endpoints, clock=context.settings.clock)


# In the order of pulling: registers first, pictures last.
_MAKERS: dict[str, Maker] = {
    "registers": lambda context, _db, _name: registers_source(context),
    "x_archive": _archive,
    "x_profiles": lambda context, db, _name: profiles_source(context, db),
    "x": _x,
    "youtube": _youtube,
    "media": _media,
}


def _known(context: Context, db: duckdb.DuckDBPyConnection, account: OfficialAccount) -> EarlierRuns:
    platform, account_id = account.platform, account.account_id
    earlier = known_account(db, platform, account_id, before=context.as_of)
    asked = to_prove(db, platform, account_id, before=context.as_of)
    return EarlierRuns(
        newest_post_id=earlier.newest_post_id,
        newest_mention_id=earlier.newest_mention_id,
        follower_ids=earlier.follower_ids,
        following_ids=earlier.following_ids,
        repost_counts=earlier.repost_counts,
        last_request=last_request(db, platform, f"posts:{account_id}"),
        full_sync_due=earlier.full_sync_on is None or context.as_of - earlier.full_sync_on > FULL_SYNC_EVERY,
        cases=_subjects(asked.cases),
        members=_subjects(asked.members),
    )


def _subjects(rows: Iterable[SubjectRow]) -> tuple[KnownSubject, ...]:
    return tuple(KnownSubject(row.kind, row.subject_id, row.listing) for row in rows)


def with_archives(school: School, sources: tuple[str, ...]) -> School:
    """Return the school with the named X accounts read from archives: `x=archive:FILE` or `x:ID=archive:FILE`."""
    accounts = list(school.account)
    archived = {platform.id for platform in PLATFORMS.values() if "archive" in platform.reads}
    for wanted in sources:
        where, _, what = wanted.partition("=archive:")
        platform, _, account_id = where.partition(":")
        if platform not in archived or not what:
            raise ConfigurationError("--source takes x=archive:FILE.zip, or x:ACCOUNT_ID=archive:FILE.zip.")
        matching = [a for a in accounts if a.platform == platform and account_id in {"", a.account_id}]
        if len(matching) != 1:
            raise ConfigurationError("Say which X account the archive is of: --source x:ACCOUNT_ID=archive:FILE.zip")
        changed = matching[0].model_copy(
            update={"reads": "archive", "archive": str(Path(what).expanduser().absolute())}
        )
        accounts[accounts.index(matching[0])] = OfficialAccount.model_validate(changed.model_dump())
    return school.model_copy(update={"account": tuple(accounts)})
