"""One run of one school: its settings, places, key, policy and day, checked before anything is asked or opened."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from engines.people import evidence_classes
from flows.home.key_files import names_key
from flows.home.keys import find_casebook_key, find_chain_key, find_credential, find_key
from flows.home.policy import comparison_of, pack_of
from flows.home.settings import ConfigurationError, Settings
from policies.coverage import PackComparison
from policies.guidance import titles_in
from policies.model import Pack
from policies.roles import call_roles
from policies.school import OfficialAccount, School
from policies.school_file import placeholder_sentence, read_school
from warehouse.casebook.casebook import Casebook
from warehouse.runs.publish import ensure_current
from warehouse.store.build import build, is_built
from warehouse.store.migrate import make, migrate
from warehouse.store.open import opened
from warehouse.store.places import Places


def day_of(as_of: date | None, *, today: date) -> date:
    """Return the day of a run, today unless another is given; ConfigurationError for one that has not come."""
    if as_of is not None and as_of > today:
        raise ConfigurationError(f"{as_of} has not come: by this machine's clock it is {today}. Choose an earlier day.")
    return as_of or today


@dataclass(frozen=True, slots=True)
class Context:
    """What every step of a run is given; `key` is never shown, and X is asked for bare ids' profiles if `looks_up`."""

    settings: Settings
    places: Places
    school: School
    pack: Pack
    as_of: date
    key: str = field(repr=False)
    comparison: PackComparison | None = None
    looks_up: bool = False
    held: duckdb.DuckDBPyConnection | None = field(default=None, repr=False)
    held_opener: Any = field(default=None, repr=False)  # an Opener of pictures, which takes long to import

    @property
    def run_id(self) -> str:
        """The run's id: its day."""
        return self.as_of.isoformat()

    @property
    def names_key(self) -> str:
        """The key with which hashes are made: the school's first, whatever its data are encrypted with by now."""
        return names_key(self.places.folder, self.key)

    @property
    def zone(self) -> ZoneInfo:
        """The school's time zone."""
        return ZoneInfo(self.school.school.timezone)

    def now(self) -> datetime:
        """Return the time, from the settings' clock."""
        return self.settings.clock()

    def today(self) -> date:
        """Return the day that it is at the school, by the settings' clock, whatever day the run is of."""
        return self.now().astimezone(self.zone).date()

    def accounts(self, source: str) -> tuple[OfficialAccount, ...]:
        """Return the official accounts that this source reads."""
        return tuple(account for account in self.school.account if self.settings.claims(account) == source)

    @property
    def unclaimed(self) -> tuple[OfficialAccount, ...]:
        """The official accounts that no source reads."""
        return tuple(account for account in self.school.account if self.settings.claims(account) is None)

    @contextmanager
    def warehouse(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend the warehouse, its tables and views up to date; the one that is held, if one is."""
        if self.held is not None:
            yield self.held
            return
        self.places.folder.mkdir(parents=True, exist_ok=True)
        if not self.places.warehouse.exists():
            make(self.places.warehouse, self.key)
        with opened(self.places.warehouse, self.key) as db:
            if migrate(db) or not is_built(db):
                build(db)
            yield db

    @contextmanager
    def casebook(self) -> Iterator[Casebook]:
        """Lend the casebook."""
        with closing(open_casebook(self.settings, self.places)) as book:
            yield book

    @contextmanager
    def published(self, *, of_any_release: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend the copy to be read alone; ConfigurationError if there is none, WarehouseError by `ensure_current`."""
        if not self.places.published.exists():
            raise ConfigurationError(f"Nothing is published yet. Run `audit run {self.school.id}` first.")
        with opened(self.places.published, self.key, read_only=True) as copy:
            if not of_any_release:
                ensure_current(copy)
            yield copy

    def credential(self, account: OfficialAccount) -> Mapping[str, str]:
        """Return the credential that the account names; ConfigurationError if it is not there."""
        if account.credential is None:
            message = f"Name a credential for @{account.handle} in school.toml, and put it in credentials.toml."
            raise ConfigurationError(message)
        return find_credential(self.places, account.credential, account.handle)


def find_school(settings: Settings, school_id: str) -> Places:
    """Return where a school's files are; ConfigurationError, with the schools that there are, if it is none of them."""
    places = Places(settings.home, school_id)
    if places.settings.exists():
        return places
    if places.folder.is_dir():
        near_files = sorted(path.name for path in places.folder.glob("*school*toml*"))
        meant = f" Is it {near_files[0]}? Rename it." if near_files else " Put it back from your copy."
        raise ConfigurationError(f"There is no school.toml in {places.folder}.{meant}")
    known = sorted(path.parent.name for path in settings.home.glob("*/school.toml"))
    if near := get_close_matches(school_id, known, n=1):
        raise ConfigurationError(f"There is no school {school_id!r} in {settings.home}. Is it {near[0]}?")
    if known:
        raise ConfigurationError(f"There is no school {school_id!r} in {settings.home}. There are: {', '.join(known)}.")
    message = f"There is no school in {settings.home}. Set AUDIT_HOME to the folder of the schools"
    raise ConfigurationError(f"{message}, or begin: audit init {school_id}")


def open_school(settings: Settings, school_id: str) -> tuple[Places, School, Pack]:
    """Return where a school's files are, its settings and its pack; UserError in a sentence for each mistake."""
    places = find_school(settings, school_id)
    school = read_school(places.settings)
    pack = pack_of(school, places.folder)
    ensure_makes_sense(school, school_id)
    call_roles(titles_in(school.school.nation, school.roles))
    return places, school, pack


def ensure_makes_sense(school: School, school_id: str) -> None:
    """Compare the settings with what the program knows; ConfigurationError in one sentence."""
    if told := placeholder_sentence(school.school.name):
        raise ConfigurationError(told)
    if unknown := sorted(set(school.school.evidence or ()) - evidence_classes()):
        evidence_names = ", ".join(sorted(evidence_classes()))
        raise ConfigurationError(f"evidence in school.toml knows no {', '.join(unknown)}. Choose of: {evidence_names}.")
    _check_columns(school)
    if school.id != school_id:
        raise ConfigurationError(f"school.toml in {school_id}/ is for another school; its id must be {school_id!r}.")


def _check_columns(school: School) -> None:
    if not school.columns:
        return
    from connectors.registers.headers import wrong_columns  # noqa: PLC0415 - brings the connectors' libraries along

    if problems := [problem for register, own in school.columns.items() for problem in wrong_columns(register, own)]:
        raise ConfigurationError(" ".join(problems))


def open_context(settings: Settings, school_id: str, as_of: date | None) -> Context:
    """Return the context of a run, as of this day or today there; ConfigurationError for a day to come."""
    places, school, pack = open_school(settings, school_id)
    day = day_of(as_of, today=settings.clock().astimezone(ZoneInfo(school.school.timezone)).date())
    comparison = comparison_of(school, pack, places.folder)
    return Context(settings, places, school, pack, day, find_key(settings, places), comparison)


def open_casebook(settings: Settings, places: Places) -> Casebook:
    """Return the casebook as this school sees it; whoever opens it closes it."""
    key, url = find_casebook_key(settings, places), settings.casebook_url or f"sqlite:///{places.casebook}"
    return Casebook(url, places.school, key, chain_key=find_chain_key(settings))


def require_permission(context: Context) -> None:
    """Refuse a live pull until school.toml records who decided, and when, that terms and DPIA allow it."""
    is_live = any(account.reads != "archive" for account in context.school.account)
    if (is_live or context.looks_up) and not context.settings.is_simulated and context.school.live is None:
        otherwise = 'set reads = "archive"' if is_live else "leave out --look-up-followers and --online"
        message = (
            "A live pull needs a recorded decision: fill in [live] in school.toml (decided_by_role, decided_on, terms, "
            f"dpia) once the platform's terms and the school's DPIA allow it, or {otherwise}."
        )
        raise ConfigurationError(message)
    decided_on = context.school.live.decided_on if context.school.live else None
    if decided_on is not None and decided_on > context.today():
        raise ConfigurationError(f"decided_on under [live] in school.toml is a day to come: {decided_on}. Correct it.")
