"""Puts a subject pack together: every store is read, and everybody else taken out, before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import fields
from typing import Any

import duckdb

from connectors.records import Person, Record
from dashboards.subject_pack.model import Looked, PackEntry, PackSection, SeenBy, SubjectPack
from dashboards.subject_pack.words import title_and_why
from flows.context import Context
from flows.settings import ConfigurationError
from flows.subject_pack.asked import Asked, RegisterAsItLies, registers_now, subject_of
from flows.subject_pack.files import NamingFile, files_naming
from warehouse.casebook.entries_naming import CasebookEntry, entries_naming
from warehouse.casebook.times import in_utc
from warehouse.held_rows import HeldRow, cases_of, held_rows
from warehouse.keeping import keeping_of
from warehouse.open import opened
from warehouse.others_known import accounts_known, forms_of, people_known
from warehouse.subject_patterns import Recogniser, Subject
from warehouse.subjects import rows_naming
from warehouse.third_parties import OtherPerson, ThirdParties

_SEEN = ("desk_access_log", "query_log")
_UNREAD = "Files that are no text were not searched: pictures, and the school's own photographs."


class _Gathering:
    """One pack being put together."""

    def __init__(self, context: Context, asked: Asked, purpose: str, subject: Subject, others: ThirdParties) -> None:
        self.context, self.asked, self.purpose = context, asked, purpose
        self.subject, self.others = subject, others
        self.recogniser = Recogniser(subject)
        self.sections = list[PackSection]()
        self.looked = list[Looked]()
        self.pictures = dict[str, bytes]()

    def warehouse(self, db: duckdb.DuckDBPyConnection) -> tuple[HeldRow, ...]:
        rows, counts = held_rows(db, self.subject)
        for table in dict.fromkeys(row.table for row in rows):
            entries = tuple(self._held(row) for row in rows if row.table == table)
            self.sections.append(PackSection(table, *title_and_why(table), entries))
        self.looked += [Looked(f"The warehouse: {title_and_why(table)[0]}", found) for table, found in counts.items()]
        return rows

    def _held(self, row: HeldRow) -> PackEntry:
        keeping = keeping_of(row.table, row.platform, row.last, self.context.school.retention)
        name = None
        if row.picture is not None:
            body, kind = row.picture
            name = f"pictures/{len(self.pictures) + 1}.{kind.rpartition('/')[2].replace('jpeg', 'jpg')}"
            self.pictures[name] = body
        return PackEntry(self._clean(row.values), row.is_own, row.first, row.last, keeping.until, keeping.why, name)

    def casebook(self, cases: frozenset[str], runs: frozenset[str]) -> tuple[SeenBy, ...]:
        with self.context.casebook() as book:
            entries, counts = entries_naming(book, self.subject, cases=cases, runs=runs)
        for table in (name for name in counts if name not in _SEEN):
            here = tuple(self._written(entry) for entry in entries if entry.table == table)
            if here:
                self.sections.append(PackSection(table, *title_and_why(table), here))
        self.looked += [Looked(f"The casebook: {title_and_why(table)[0]}", found) for table, found in counts.items()]
        return tuple(sorted(self._seen(entries), key=lambda seen: seen.at))

    def _written(self, entry: CasebookEntry) -> PackEntry:
        keeping = keeping_of(f"casebook.{entry.table}", None, None, self.context.school.retention)
        return PackEntry(self._clean(entry.values), True, None, None, keeping.until, keeping.why)

    def _seen(self, entries: Sequence[CasebookEntry]) -> Iterator[SeenBy]:
        for entry in entries:
            values = entry.values
            if entry.table == "desk_access_log":
                yield SeenBy(in_utc(values["at"]), str(values["role"]), f"at the desk: {values['action']}")
            elif entry.table == "query_log":
                purpose = str(self.others.without(values["purpose"], "purpose"))
                yield SeenBy(
                    in_utc(values["asked_at"]),
                    str(values.get("role") or "somebody_at_the_machine"),
                    "asked the data",
                    purpose,
                )

    def registers(self, registers: Sequence[RegisterAsItLies]) -> None:
        entries = list[PackEntry]()
        for register in registers:
            here = [entry for row in register.rows if (entry := self._registered(register.register, row))]
            entries += here
            self.looked.append(
                Looked(f"The {register.register} register, as its file lies there", len(here), register.problem)
            )
        if entries:
            self.sections.append(PackSection("registers", *title_and_why("registers"), tuple(entries)))

    def _registered(self, register: str, row: Record) -> PackEntry | None:
        values = {field.name: getattr(row, field.name) for field in fields(row) if getattr(row, field.name) is not None}
        named = {name for name, value in values.items() if self.recogniser.names(value, name)}
        if not named:
            return None
        is_own = bool(named & {"person_id", "photograph_id"})
        shown = values if is_own else {name: value for name, value in values.items() if name in named | {"register"}}
        why = "It is the school's own file: the school changes it, and the audit does not."
        return PackEntry(self._clean({"register": register, **shown}), is_own, None, None, None, why)

    def files(self, cases: frozenset[str]) -> tuple[NamingFile, ...]:
        found, read, unread = files_naming(self.context.places, self.recogniser, cases)
        why = "A report goes when the school deletes it; ask the school for what it says of you."
        folders: dict[str, list[str]] = {}
        for file in found:
            folder, _, name = file.path.rpartition("/")
            folders.setdefault(folder or "the school's folder", []).append(name)
        entries = tuple(
            PackEntry({"folder": folder, "files": names}, True, None, None, None, why)
            for folder, names in folders.items()
        )
        if entries:
            self.sections.append(PackSection("reports", *title_and_why("reports"), entries))
        self.looked += [
            Looked(f"Files of the school's folder: {folder} ({how_many} read)", _in(folder, found))
            for folder, how_many in read.items()
        ]
        self.looked.append(Looked("Files that could not be searched", unread, _UNREAD))
        self.looked.append(
            Looked("Logs", 0, "The program writes no log file; what it says holds ids and counts alone.")
        )
        return found

    def pack(self, seen: tuple[SeenBy, ...]) -> SubjectPack:
        return SubjectPack(
            school=self.context.school.school.name,
            about=self.asked.about,
            purpose=str(self.others.without(self.purpose, "purpose")),
            made_at=self.context.now(),
            sections=tuple(self.sections),
            seen_by=seen,
            looked=tuple(self.looked),
            redactions=dict(sorted(self.others.counts.items())),
            pictures=self.pictures,
        )

    def _clean(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self.others.without(value, name) for name, value in values.items()}


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
        gathering = _Gathering(context, asked, purpose, subject, _others(context, db, subject, registers))
        rows = gathering.warehouse(db) if db is not None else ()
    cases = cases_of(rows)
    if context.places.published.exists():
        with opened(context.places.published, context.key, read_only=True) as copy:
            found = sum(len(named) for named in rows_naming(copy, subject).values())
        gathering.looked.append(Looked("The copy for readers, which repeats the warehouse", found))
    gathering.registers(registers)
    named_in = {file.run_id for file in gathering.files(cases) if file.run_id}
    return gathering.pack(gathering.casebook(cases, frozenset(named_in)))


def _others(
    context: Context, db: duckdb.DuckDBPyConnection | None, subject: Subject, registers: Sequence[RegisterAsItLies]
) -> ThirdParties:
    here = [
        OtherPerson(row.person_id, forms_of(row.full_name, row.given_names, row.surname, row.known_as, row.other_names))
        for register in registers
        for row in register.rows
        if isinstance(row, Person)
    ]
    people = [*here, *(people_known(db) if db is not None else ())]
    accounts = accounts_known(db) if db is not None else ()
    identity = context.school.school
    ours = (identity.name, *identity.aliases, identity.town or "", *(a.handle for a in context.school.account))
    return ThirdParties(subject, people, accounts, kept=ours)


def _in(folder: str, found: Sequence[NamingFile]) -> int:
    return sum(file.path.split("/", 1)[0] == folder for file in found)
