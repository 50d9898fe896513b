"""Who is meant by a command, and who a pack is asked for: known to the warehouse, on a register, or by an id alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from connectors.records import Person, Photograph
from engines.naming import is_whole_name
from engines.roll_ids import fold_roll_id
from flows.home.settings import ConfigurationError
from flows.registers.register_files import RegisterAsItLies, name_of
from policies.platforms.registry import PLATFORMS
from warehouse.casebook.holds import PERSON, PHOTOGRAPH
from warehouse.privacy.reach import NOTHING, Decided
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.subjects import SubjectError, resolve


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is meant, as a command's options say it: one of a roll id, a platform's account and a photograph's id."""

    person: str | None = None
    actor: str | None = None
    photograph: str | None = None

    @property
    def about(self) -> str:
        """What the pack is about, in words that name nobody."""
        if self.person is not None:
            return "you"
        return "your account" if self.actor is not None else "this photograph"

    @property
    def kind(self) -> str:
        """What a certificate says of whom it was about."""
        return "person" if self.person else "account" if self.actor else "photograph"

    @property
    def account(self) -> tuple[str, str] | None:
        """The platform of an account, and its id or handle; a handle alone is X's."""
        if self.actor is None:
            return None
        platform, _, ident = self.actor.partition(":")
        return ("x", self.actor) if self.actor.startswith("@") else (platform, ident)

    @property
    def key(self) -> tuple[str, str]:
        """By kind and id, as a hold or a request says whom it is about; of a handle the handle."""
        return self.account or ((PERSON, self.person) if self.person else (PHOTOGRAPH, str(self.photograph)))

    @property
    def ids(self) -> tuple[str, ...]:
        """The id or handle by which was asked, as it was given and without its platform."""
        given = tuple(value for value in (self.person, self.actor, self.photograph) if value is not None)
        return (*given, *(value.partition(":")[2] for value in given if ":" in value))

    @property
    def option(self) -> str:
        """The command's option as it was given, for the log of questions."""
        given = (("--person", self.person), ("--actor", self.actor), ("--photograph", self.photograph))
        return " ".join(f"{name} {value}" for name, value in given if value is not None)


def wanted_of(person: str | None, actor: str | None, photograph: str | None) -> Asked:
    """Return who is meant by one of the three options; ConfigurationError for none, several, or an unknown platform."""
    if sum(each is not None for each in (person, actor, photograph)) != 1:
        raise ConfigurationError("Say who is meant: one of --person, --actor and --photograph.")
    wanted = Asked(person, actor, photograph)
    if wanted.account and (wanted.account[0] not in PLATFORMS or not wanted.account[1].strip("@ ")):
        raise ConfigurationError(f"--actor is PLATFORM:ID or PLATFORM:@HANDLE, such as {min(PLATFORMS)}:123.")
    return wanted


def subject_of(
    db: duckdb.DuckDBPyConnection | None,
    asked: Asked,
    registers: Sequence[RegisterAsItLies],
    platforms: Sequence[str],
    decided: Decided,
) -> Subject:
    """Return who is meant, of an account's id also if it is unknown; SubjectError or ConfigurationError for nobody."""
    if sum(given is not None for given in (asked.person, asked.actor, asked.photograph)) != 1:
        raise ConfigurationError("Say whom it is about with one of --person, --actor and --photograph.")
    if asked.actor is not None:
        return _account(db, asked.actor, platforms)
    if db is None:
        return _ensure_on_register(asked, registers)
    try:
        return resolve(db, decided, person=asked.person, photograph=asked.photograph)
    except SubjectError:
        return _ensure_on_register(asked, registers)


def _account(db: duckdb.DuckDBPyConnection | None, actor: str, platforms: Sequence[str]) -> Subject:
    platform, _, wanted = actor.partition(":")
    if not wanted and actor.startswith("@"):
        return _by_handle(db, actor, platforms)
    if platform not in PLATFORMS or not wanted:
        names = " or ".join(f"{name}:ID" for name in PLATFORMS)
        raise ConfigurationError(f"--actor is {names}, or a handle with its @.")
    if wanted.startswith("@"):
        return _by_handle(db, wanted, (platform,))
    if not re.fullmatch(PLATFORMS[platform].account_ids.pattern, wanted):
        raise ConfigurationError(f"An account's id on {platform} must be {PLATFORMS[platform].account_ids.says}.")
    unknown = Subject(actors=frozenset({(platform, wanted)}))
    if db is None:
        return unknown
    try:
        return resolve(db, NOTHING, actor=(platform, wanted))
    except SubjectError:
        return unknown


def _by_handle(db: duckdb.DuckDBPyConnection | None, handle: str, platforms: Sequence[str]) -> Subject:
    found, problems = list[Subject](), list[SubjectError]()
    if db is None:
        raise SubjectError("No run has been made yet, so no handle is known. Give the account's id, as in x:ID.")
    for platform in platforms:
        try:
            found.append(resolve(db, NOTHING, actor=(platform, handle)))
        except SubjectError as error:
            problems.append(error)
    if len(found) > 1:
        raise ConfigurationError("Accounts on several platforms bear this handle. Say which, as in --actor x:@handle.")
    if not found:
        raise problems[0] if len(problems) == 1 else SubjectError("No run has seen this account. Give its id: x:ID.")
    return found[0]


def _ensure_on_register(asked: Asked, registers: Sequence[RegisterAsItLies]) -> Subject:
    """Return somebody whom a register has today and no run has read yet; SubjectError where none has."""
    rows = [row for register in registers for row in register.rows]
    if asked.photograph is not None:
        if any(isinstance(row, Photograph) and row.photograph_id == asked.photograph for row in rows):
            return Subject(photograph_ids=frozenset({asked.photograph}))
        raise SubjectError("No register has this photograph, and no run has read it. Look up its id in the register.")
    people = [
        row
        for row in rows
        if isinstance(row, Person) and fold_roll_id(row.person_id) == fold_roll_id(asked.person or "")
    ]
    if not people:
        raise SubjectError("No register has this person, and no run has read them. Look up the roll id in a register.")
    names = frozenset(form for row in people for form in name_of(row).forms if is_whole_name(form))
    return Subject(person_ids=frozenset(row.person_id for row in people), names=names)
