"""`audit match`: whose accounts are these? Two kinds of CSV file in, one out; no warehouse or network needed."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from engines.people import ActorProfile, EvidenceLine, RegisterPerson, SchoolNames, explain_account, match_people
from flows.home.arguments import Day
from flows.home.exit_codes import DONE
from flows.home.settings import ConfigurationError
from flows.trial.match_files import read_accounts, read_names, read_people, write_matches


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
    warn, day = _once_each(), as_of.date() if as_of else None
    people, actors, names = read_people(register, warn), read_accounts(accounts, warn), read_names(school)
    if explain is not None:
        _explain(explain, people, actors, names, day)
    if out is not None:
        matches = match_people(people, actors, names, as_of=day)
        rows = write_matches(out, matches)
        matched = len({(match.platform, match.actor_id) for match in matches})
        typer.echo(f"{len(people)} people, {len(actors)} accounts: {matched} accounts matched, {rows} rows in {out}.")
    return DONE


def _once_each() -> Callable[[str], None]:
    warned: set[str] = set()

    def warn(sentence: str) -> None:
        if sentence not in warned:
            warned.add(sentence)
            typer.echo(sentence, err=True)

    return warn


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
            typer.echo(_drawn(line))


def _drawn(line: EvidenceLine) -> str:
    quoted = f' "{line.text}"' if line.text else ""
    return f"  {line.bits:+6.1f}  {line.evidence:28} {line.says}{quoted}"
