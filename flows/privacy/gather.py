"""Puts a subject pack together: every store is read, and everybody else taken out, before anything is written."""

from collections.abc import Sequence
from contextlib import ExitStack

import duckdb

from connectors.records import Person
from dashboards.subject_pack.model import Looked, SubjectPack
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.privacy.asked import Asked, subject_of
from flows.privacy.gathering import PackGathering
from flows.registers.names_on_registers import RegisterAsItLies, name_of, registers_now
from warehouse.privacy.others_known import accounts_known, people_known
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.subject_rows import cases_of
from warehouse.privacy.subjects import rows_naming
from warehouse.privacy.third_parties import OtherPerson, Redactor
from warehouse.store.open import opened


def gather(context: Context, asked: Asked, purpose: str) -> SubjectPack:
    """Return the pack of whoever is asked for; SubjectError or ConfigurationError in one sentence for nobody known."""
    registers = registers_now(context)
    with ExitStack() as stack:
        db = None
        if context.places.warehouse.exists():
            db = stack.enter_context(opened(context.places.warehouse, context.key, read_only=True))
        platforms = sorted({account.platform for account in context.school.account})
        subject = subject_of(db, asked, registers, platforms)
        if subject.actors & {(account.platform, account.account_id) for account in context.school.account}:
            raise ConfigurationError("This is one of the school's own accounts, and nobody's own: ask about a person.")
        others = _others(context, db, subject, registers)
        gathering = PackGathering(context, asked, purpose, subject, others)
        rows = gathering.warehouse(db) if db is not None else ()
    cases = cases_of(rows)
    if context.places.published.exists():
        with opened(context.places.published, context.key, read_only=True) as copy:
            found = sum(len(named) for named in rows_naming(copy, subject).values())
        note = "It repeats what the warehouse has, which is given above."
        gathering.looked.append(Looked("The copy for readers", found, note))
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
