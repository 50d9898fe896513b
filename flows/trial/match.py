"""`audit match`: whose accounts are these? Two kinds of CSV file in, one out; no warehouse or network needed."""

import csv
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, cast, get_args

import typer

from connectors.registers.cells import UnreadableCellError
from connectors.registers.days import day
from engines.people import (
    REGISTER_OF,
    ActorProfile,
    PersonMatch,
    RegisterPerson,
    Role,
    SchoolNames,
    explain_account,
    match_people,
)
from flows.home.arguments import Day
from flows.home.exit_codes import DONE
from flows.home.settings import ConfigurationError
from flows.trial.match_rows import ROW, FirstRows, Warn, check_lines, rows_of

_OF_RUNS = {"left_on", "x_known_id", "youtube_known_id", "x_is_remembered", "youtube_is_remembered"}
PEOPLE = tuple(field.name for field in fields(RegisterPerson) if field.name not in _OF_RUNS)
ACCOUNTS = ("account_id", "platform", "handle", "display_name", "bio", "location")
OUT = ("account_id", "person_id", "role", "score", "probability", "band", "runner_up", "reasons")
NO_ROLE = "person"


def read_people(registers: Sequence[str], warn: Warn) -> list[RegisterPerson]:
    """Return everybody in these registers, each `FILE` or `REGISTER=FILE`; the register gives the role."""
    files = [_register(named) for named in registers]
    first_rows = FirstRows("the person", warn)
    people = []
    for path, role in files:
        for row in rows_of(path, PEOPLE, "person_id", warn):
            check_lines(row, path)
            person = _person(row, path, role, warn)
            if first_rows.is_first((person.role, person.person_id), person, path, row[ROW]):
                people.append(person)
    first_rows.tell_of_the_rest()
    return people


def _register(named: str) -> tuple[Path, Role | None]:
    """Return the file and its people's role: by the register named before it, or else by its own name."""
    roles = {register: role for role, register in REGISTER_OF.items()}
    register, is_named, file = named.partition("=")
    if is_named and register in roles:
        return Path(file), roles[register]
    path = Path(named)
    if is_named and not path.exists():
        raise ConfigurationError(
            f"--register takes FILE.csv, or REGISTER=FILE.csv with a register of: {', '.join(roles)}."
        )
    return path, roles.get(path.stem.casefold())


def read_accounts(path: Path, warn: Warn) -> list[ActorProfile]:
    """Return every account of a file."""
    first_rows = FirstRows("the account", warn)
    accounts = []
    for row in rows_of(path, ACCOUNTS, "account_id", warn):
        number = row.pop(ROW)
        platform, actor_id = row.pop("platform", ""), row.pop("account_id")
        account = ActorProfile(platform=platform, actor_id=actor_id, **cast("dict[str, Any]", row))
        if first_rows.is_first((platform, actor_id), account, path, number):
            accounts.append(account)
    first_rows.tell_of_the_rest()
    return accounts


def read_names(path: Path | None) -> SchoolNames:
    """Return what a school is called from its school.toml, or from a file that has nothing but its names."""
    if path is None:
        return SchoolNames("")
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path.name} is not TOML in UTF-8: {error}.") from error
    about = read["school"] if isinstance(read.get("school"), dict) else read
    if not isinstance(about.get("name"), str) or not about["name"].strip():
        raise ConfigurationError(f'{path.name} does not say the school\'s name; write `name = "..."` under [school].')
    listed: dict[str, tuple[str, ...]] = {}
    for key in ("aliases", "partners", "houses"):
        names = about.get(key, ())
        if not isinstance(names, (list, tuple)) or not all(isinstance(name, str) for name in names):
            raise ConfigurationError(f"{path.name}: {key} takes a list of names.")
        listed[key] = tuple(names)
    short = about.get("abbreviation")
    for key in ("abbreviation", "town", "county"):
        if not isinstance(about.get(key, ""), str):
            raise ConfigurationError(f"{path.name}: {key} takes a name in quotation marks.")
    every = (*([short] if short else ()), *listed["aliases"])
    places = (about.get("town"), about.get("county"))
    return SchoolNames(about["name"], every, *places, listed["partners"], listed["houses"])


def write_matches(path: Path, matches: Sequence[PersonMatch]) -> int:
    """Write the matches, a row each, and return how many."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(OUT)
            for m in matches:
                weight = f"{m.score:.2f}", f"{m.probability:.4f}"
                reasons = " ".join(m.reasons)
                writer.writerow((m.actor_id, m.person_id, m.role, *weight, m.band, m.runner_up or "", reasons))
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}.") from error
    return len(matches)


def _person(row: Mapping[str, str], path: Path, of_file: Role | None, warn: Warn) -> RegisterPerson:
    role = row.get("role", of_file or NO_ROLE).casefold()
    if "role" not in row and of_file is not None:
        taken = "member of staff" if of_file == "staff" else of_file
        warn(f"{path.name}: whoever has no role there is taken for a {taken}, by the register that it is.")
    if role not in get_args(Role):
        warn(
            f"{path.name}: a role that is none of {', '.join(get_args(Role))} is weighed by the name alone; name the "
            "register, as in --register pupils=FILE.csv."
        )
    kept = {name: cell for name, cell in row.items() if name not in {"role", "date_of_birth", ROW}}
    born = _born(row.get("date_of_birth"), path, warn)
    return RegisterPerson(role=cast("Role", role), date_of_birth=born, **cast("dict[str, Any]", kept))


def _born(written: str | None, path: Path, warn: Warn) -> date | None:
    if not written:
        return None
    try:
        return day(written)
    except UnreadableCellError:
        warn(f"{path.name}: a date of birth cannot be read and is left out; write it as 2016-12-31.")
        return None


def match(
    *,
    register: Annotated[list[str], typer.Option(help="People, as FILE.csv or pupils=FILE.csv; may be given again.")],
    accounts: Annotated[Path, typer.Option(help="A CSV file of accounts.")],
    out: Annotated[Path | None, typer.Option(help="Where the matches go, as CSV.")] = None,
    school: Annotated[Path | None, typer.Option(help="A school.toml, for the school's names and place.")] = None,
    as_of: Day = None,
    explain: Annotated[str | None, typer.Option(help="An account_id: show all evidence for it.")] = None,
) -> int:
    """Match accounts to people: files in, a file out; no warehouse, no network."""
    if out is None and explain is None:
        raise ConfigurationError("Say where the matches go, with --out; or name an account, with --explain.")
    warn = cache(partial(typer.echo, err=True))  # each sentence once
    day = as_of.date() if as_of else None
    people, actors, names = read_people(register, warn), read_accounts(accounts, warn), read_names(school)
    if explain is not None:
        _explain(explain, people, actors, names, day)
    if out is not None:
        matches = match_people(people, actors, names, as_of=day)
        rows = write_matches(out, matches)
        matched = len({(match.platform, match.actor_id) for match in matches})
        typer.echo(f"{len(people)} people, {len(actors)} accounts: {matched} accounts matched, {rows} rows in {out}.")
    return DONE


def _explain(
    account: str,
    people: Sequence[RegisterPerson],
    actors: Sequence[ActorProfile],
    names: SchoolNames,
    as_of: date | None,
) -> None:
    if all(actor.actor_id != account for actor in actors):
        raise ConfigurationError("--explain names an account_id that is not in the accounts file.")
    sys.stdout.flush()
    for block in explain_account(account, people, actors, names, as_of=as_of):
        typer.echo("")
        typer.echo(f"{block.role} {block.person_id}: {block.score:+.1f} bits, probability {block.probability:.3f}")
        for line in block.lines:
            quoted = f' "{line.text}"' if line.text else ""
            typer.echo(f"  {line.bits:+6.1f}  {line.evidence:28} {line.says}{quoted}")
