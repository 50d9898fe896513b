"""`audit match`: whose accounts are these? Two kinds of CSV file in, one out; no warehouse or network needed."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import typer

from engines.people import ActorProfile, EvidenceLine, RegisterPerson, SchoolNames, explain_account, match_people
from flows.commands.exit_codes import DONE
from flows.commands.match_files import read_accounts, read_names, read_people, write_matches
from flows.settings import ConfigurationError


def match_files(
    registers: Sequence[str],
    accounts: Path,
    out: Path | None,
    *,
    school: Path | None = None,
    as_of: date | None = None,
    explain: str | None = None,
) -> int:
    """Match the accounts against everybody on the registers, write the matches, and explain one account if asked."""
    if out is None and explain is None:
        raise ConfigurationError("Say where the matches go, with --out; or name an account, with --explain.")
    warn = _once_each()
    people, actors, names = read_people(registers, warn), read_accounts(accounts, warn), read_names(school)
    if explain is not None:
        _explain(explain, people, actors, names, as_of)
    if out is not None:
        matches = match_people(people, actors, names, as_of=as_of)
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
