"""`audit subject`: everything that is held about one person, account or photograph, in one encrypted file."""

from pathlib import Path

import typer

from dashboards.ask.names_nobody import must_name_nobody
from dashboards.ask.purpose import in_words
from dashboards.subject_pack.archive import SHORTEST_PASSWORD, files_of, must_be_free, write_pack
from dashboards.subject_pack.model import SubjectPack
from flows.context import open_context
from flows.os_user import os_user
from flows.own_casebook import own_casebook
from flows.settings import ConfigurationError, from_environment
from flows.subject_pack.asked import Asked, names_of, registers_now
from flows.subject_pack.gather import gather
from policies.toml_text import read_text
from warehouse.places import is_shared


def subject(school_id: str, asked: Asked, *, out: Path, password_file: Path | None, purpose: str) -> None:
    """Write the pack, whole or not at all; who asked, and why, is in the casebook before anything is read."""
    said = in_words(purpose)
    must_be_free(out)
    context = open_context(from_environment(), school_id, None)
    registers = registers_now(context)
    own = () if asked.person is None else names_of(registers, asked.person)
    must_name_nobody(said, names=own, ids=asked.ids, everybody=names_of(registers))
    password = _password(password_file)
    with own_casebook(context) as book:
        number = book.log_query(
            by_user=os_user(),
            purpose=said,
            sql=f"audit subject {school_id} {asked.option}",
            at=context.now(),
        )
    try:
        pack = gather(context, asked, said)
        write_pack(files_of(pack), out, password)
    except Exception as error:
        with context.casebook() as book:
            book.close_query(number, rows=None, problem=f"No pack was written ({type(error).__name__}).")
        raise
    with context.casebook() as book:
        book.close_query(number, rows=pack.how_many, problem=None)
    typer.echo(_counts(pack))
    typer.echo(f"The pack is in {out}. Read it before you hand it over, and give the password by another way.")


def _counts(pack: SubjectPack) -> str:
    held = f"{pack.how_many:,} {'entry' if pack.how_many == 1 else 'entries'}"
    if pack.is_empty:
        held = "Nothing is held; the pack says where was looked"
    mentions = sum(pack.redactions.values())
    taken = "mention of other people was" if mentions == 1 else "mentions of other people were"
    return f"{held}. {mentions:,} {taken} taken out."


def _password(file: Path | None) -> str:
    """Return the password of a file, or the one that is typed twice; ConfigurationError for one that is too short."""
    if file is None:
        typed: str = typer.prompt("A password for the pack", hide_input=True, confirmation_prompt=True)
        password = typed
    else:
        if file.exists() and is_shared(file):
            raise ConfigurationError(f"{file} may be read by others. Run: chmod 600 {file}")
        password = read_text(file, ConfigurationError).strip()
    if len(password) < SHORTEST_PASSWORD:
        raise ConfigurationError(f"The password has fewer than {SHORTEST_PASSWORD} characters. Choose a longer one.")
    return password
