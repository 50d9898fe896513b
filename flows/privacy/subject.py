"""`audit subject`: everything that is held about one person, account or photograph, in one encrypted file."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from connectors.records import Person
from dashboards.ask.reasons import checked_purpose, ensure_names_nobody
from dashboards.subject_pack.pack import SHORTEST_PASSWORD, Looked, SubjectPack, ensure_free, files_of, write_pack
from flows.home.arguments import Also, School
from flows.home.context import Context, open_context
from flows.home.settings import ConfigurationError, from_environment
from flows.privacy.asked import Asked, subject_of
from flows.privacy.gathering import PackGathering
from flows.privacy.own_casebook import logged, open_requests, own_casebook, record_on
from flows.privacy.reach import chosen_of, decided_now, open_ties, reach_lines
from flows.registers.reasons import acting
from flows.registers.register_files import RegisterAsItLies, name_of, names_of, registers_as_they_lie
from policies.toml_text import read_text
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.subject_rows import cases_of
from warehouse.privacy.subjects import rows_naming, with_accounts
from warehouse.privacy.third_parties import OtherPerson, Redactor, accounts_known, people_known
from warehouse.store.open import opened
from warehouse.store.places import is_shared

_NOT_GIVEN = "It is not given unless a person says that it is theirs."
_NOT_THEIRS = "They may be somebody else's, so nothing of them is given. What is held of the likeness is given above."


def gather(context: Context, asked: Asked, purpose: str, also: Sequence[str] = ()) -> SubjectPack:
    """Return the pack of whoever is asked for; SubjectError or ConfigurationError in one sentence for nobody known.

    `also` names accounts that may be theirs and are taken as theirs; what else may be is not told, but where.
    """
    registers = registers_as_they_lie(context)
    with ExitStack() as stack:
        db = None
        if context.places.warehouse.exists():
            db = stack.enter_context(opened(context.places.warehouse, context.key, read_only=True))
        platforms = sorted({account.platform for account in context.school.account})
        subject = subject_of(db, asked, registers, platforms, decided_now(context))
        if db is not None:
            for line in reach_lines(context, db, subject):
                typer.echo(line)
            subject = with_accounts(db, subject, chosen_of(subject, also, (), lambda _: _NOT_GIVEN).also)
        if subject.actors & {(account.platform, account.account_id) for account in context.school.account}:
            raise ConfigurationError("This is one of the school's own accounts, and nobody's own: ask about a person.")
        others = _others(context, db, subject, registers)
        gathering = PackGathering(context, asked, purpose, subject, others)
        rows = gathering.warehouse(db) if db is not None else ()
    cases = cases_of(rows)
    if context.places.published.exists():
        with context.published(of_any_release=True) as copy:
            found = sum(len(named) for named in rows_naming(copy, subject).values())
        note = "It repeats what the warehouse has, which is given above."
        gathering.looked.append(Looked("The copy for readers", found, note))
    for how, accounts in open_ties(subject).items():
        gathering.looked.append(Looked(f"Accounts that may be theirs ({how})", len(accounts), _NOT_THEIRS))
    gathering.registers(registers)
    named_in = {file.run_id for file in gathering.files(cases) if file.run_id}
    return gathering.pack(gathering.casebook(cases, frozenset(named_in)))


def _others(
    context: Context, db: duckdb.DuckDBPyConnection | None, subject: Subject, registers: Sequence[RegisterAsItLies]
) -> Redactor:
    here = [
        OtherPerson(row.person_id, name_of(row).forms)
        for register in registers
        for row in register.rows
        if isinstance(row, Person)
    ]
    people = [*here, *(people_known(db) if db is not None else ())]
    accounts = accounts_known(db) if db is not None else ()
    identity = context.school.school
    ours = (identity.name, *identity.aliases, identity.town or "", *(a.handle for a in context.school.account))
    return Redactor(subject, people, accounts, kept=ours)


def subject(
    school_id: School,
    *,
    out: Annotated[Path, typer.Option(help="The zip to write; never overwritten.")],
    purpose: Annotated[str, typer.Option(help="Why you ask, such as the request's number; it is kept.")],
    person: Annotated[str | None, typer.Option(help="A roll id, as a register has it.")] = None,
    actor: Annotated[str | None, typer.Option(help="An account: x:ID, youtube:ID or a handle with its @.")] = None,
    photograph: Annotated[str | None, typer.Option(help="A photograph's id, as its register has it.")] = None,
    also: Also = None,
    password_file: Annotated[Path | None, typer.Option(help="A file with the password; asked for without it.")] = None,
) -> None:
    """Write everything that is held about one person, account or photograph into one encrypted zip."""
    asked = Asked(person=person, actor=actor, photograph=photograph)
    said = checked_purpose(purpose)
    ensure_free(out)
    context = open_context(from_environment(), school_id, None)
    registers = registers_as_they_lie(context)
    own = () if asked.person is None else names_of(registers, asked.person)
    ensure_names_nobody(said, names=own, ids=asked.ids, everybody=names_of(registers))
    password = _password(password_file)
    who = acting(context, "dpo", "request")
    command = f"audit subject {school_id} {asked.option}"
    with (
        own_casebook(context) as book,
        logged(book, context, command, purpose=said, otherwise="No pack was written") as answer,
    ):
        pack = gather(context, asked, said, also or ())
        write_pack(files_of(pack), out, password)
        answer.rows = pack.how_many
    note = f"A pack was written. {_counts(pack)}"
    record_on(context, open_requests(context, asked.key), "searched", note, who)
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
