"""One pack being put together: what each store holds becomes entries, with everybody else taken out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb

from connectors.records import Photograph, Record
from dashboards.subject_pack.pack import Looked, PackEntry, PackSection, SeenBy, SubjectPack
from dashboards.subject_pack.words import is_told, is_whole, looked_in_words, title_and_why, told_stores
from flows.home.context import Context
from flows.privacy.asked import Asked
from flows.privacy.files import NamingFile, files_naming, report_entries
from flows.privacy.hold_checks import KeptByHold
from flows.registers.register_files import RegisterAsItLies
from policies.platforms.registry import PLATFORMS
from warehouse.catalogue.clocks import retention_end
from warehouse.privacy.entries_naming import CasebookEntry, entries_naming
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher
from warehouse.privacy.subject_rows import RowOfSubject, subject_rows
from warehouse.privacy.third_parties import Redactor


def own_photograph(folder: Path, file_name: str) -> tuple[bytes | None, str]:
    """Return the file's bytes, or None with a sentence on why it is not in the pack."""
    file = folder / file_name
    if not file.resolve().is_relative_to(folder.resolve()):
        return None, "The register names a file outside the photographs folder, so it is not in this pack."
    try:
        return file.read_bytes(), ""
    except FileNotFoundError:
        return None, "The file that the register names is not there, so it is not in this pack."
    except OSError:
        return (
            None,
            "The file that the register names cannot be read, so it is not in this pack. Ask the school for it.",
        )


_SEEN = ("desk_access_log", "query_log")
_UNREAD = "Files that are no text were not searched: pictures, and the school's own photographs."
_SCHOOLS_OWN = "It is the school's own file: the school changes it, and this check does not."
_AT_THE_COMPUTER = "somebody at the computer on which the check runs"
_PRIVATE = {"erasures": frozenset({"reason", "token"})}  # written for the school alone


class PackGathering:
    """One pack being put together."""

    def __init__(self, context: Context, asked: Asked, purpose: str, subject: Subject, others: Redactor) -> None:
        self.context, self.asked, self.purpose = context, asked, purpose
        self.subject, self.others = subject, others
        self.matcher = SubjectMatcher(subject)
        self.longer = KeptByHold.of(context, subject)
        self.sections = list[PackSection]()
        self.looked = list[Looked]()
        self.pictures = dict[str, bytes]()

    def warehouse(self, db: duckdb.DuckDBPyConnection) -> tuple[RowOfSubject, ...]:
        """Add what the warehouse holds, and return it as it stands there."""
        rows, counts = subject_rows(db, self.subject)
        for table, found in counts.items():
            entries = tuple(self._held(row) for row in rows if row.table == table)
            self._add(table, entries)
            where = f"The warehouse: {title_and_why(table)[0]}"
            self.looked.append(Looked(where, found, given=len(entries), is_told=is_told(table)))
        return rows

    def casebook(self, cases: frozenset[str], runs: frozenset[str]) -> tuple[SeenBy, ...]:
        """Add what the casebook holds, and return who looked, by day."""
        with self.context.casebook() as book:
            entries, counts = entries_naming(book, self.subject, cases=cases, runs=runs)
        for table, found in counts.items():
            here = tuple(self._written(each) for each in entries if each.table == table and table not in _SEEN)
            self._add(table, here)
            given = found if table in _SEEN else len(here)
            note = "They are under \u201cWho saw it\u201d." if table in _SEEN and found else ""
            where = f"The casebook: {title_and_why(table)[0]}"
            self.looked.append(Looked(where, found, note, given, is_told(table)))
        return tuple(sorted(self._seen(entries, cases), key=lambda seen: seen.at))

    def registers(self, registers: Sequence[RegisterAsItLies]) -> None:
        """Add the rows of the school's registers as they lie there, and the file of a photograph."""
        entries = list[PackEntry]()
        for register in registers:
            here = [entry for row in register.rows if (entry := self._registered(register.register, row))]
            entries += here
            where = f"The {register.register} register, as its file lies there"
            self.looked.append(Looked(where, len(here), register.problem, len(here)))
        self._add("registers", tuple(entries))

    def files(self, cases: frozenset[str]) -> tuple[NamingFile, ...]:
        """Add the reports and other files that name the subject, and return them."""
        found, read, unread = files_naming(self.context.places, self.matcher, cases)
        entries = report_entries(found, about=self.asked.about, days=self.context.school.retention.reports)
        self._add("reports", tuple(self.longer.kept(entry) for entry in entries))
        for folder, how_many in read.items():
            named = sum(file.path.split("/", 1)[0] == folder for file in found)
            given = sum(str(entry.values["folder"]).split("/", 1)[0] == folder for entry in entries)
            where = f"Files of the school's folder: {folder} ({how_many} read)"
            self.looked.append(Looked(where, named, given=given))
        self.looked.append(Looked("Files that could not be searched", unread, _UNREAD))
        return found

    def pack(self, seen: tuple[SeenBy, ...]) -> SubjectPack:
        """Return the pack, its sections in the order in which they are read."""
        order = {store: place for place, store in enumerate(told_stores())}
        return SubjectPack(
            school=self.context.school.school.name,
            about=self.asked.about,
            purpose=str(self.others.without(self.purpose, "purpose")),
            made_at=self.context.now(),
            sections=tuple(sorted(self.sections, key=lambda section: order.get(section.store, len(order)))),
            seen_by=seen,
            looked=tuple(self.looked),
            redactions=dict(sorted(self.others.counts.items())),
            pictures=self.pictures,
            accounts={
                account.account_id: f"@{account.handle.lstrip('@')} on {PLATFORMS[account.platform].name}"
                for account in self.context.school.account
            },
            held_until=self.longer.until,
        )

    def _add(self, store: str, entries: tuple[PackEntry, ...]) -> None:
        if entries:
            self.sections.append(PackSection(store, *title_and_why(store), entries))

    def _held(self, row: RowOfSubject) -> PackEntry:
        keeping = retention_end(row.table, row.platform, row.last, self.context.school.retention)
        name = None if row.picture is None else self._picture(row.picture[0], row.picture[1].rpartition("/")[2])
        is_own = row.is_own or is_whole(row.table)
        entry = PackEntry(self._clean(row.values), is_own, row.first, row.last, keeping.until, keeping.why, name)
        return self.longer.kept(entry)

    def _picture(self, body: bytes, kind: str) -> str:
        name = f"pictures/{len(self.pictures) + 1}.{kind.lower().replace('jpeg', 'jpg')}"
        self.pictures[name] = body
        return name

    def _written(self, entry: CasebookEntry) -> PackEntry:
        keeping = retention_end(f"casebook.{entry.table}", None, None, self.context.school.retention)
        private = _PRIVATE.get(entry.table, frozenset())
        values = {name: value for name, value in entry.values.items() if name not in private}
        if entry.table == "holds":  # why is the school's alone, and may be nobody's to know
            values = self.longer.told(values)
        return PackEntry(self._clean(values), True, None, None, None, keeping.why)

    def _seen(self, entries: Sequence[CasebookEntry], cases: frozenset[str]) -> Iterator[SeenBy]:
        for entry in entries:
            values = entry.values
            if entry.table == "desk_access_log":
                case = values["subject"] if values["subject"] in cases else None
                yield SeenBy(values["at"], str(values["role"]), looked_in_words(values["action"]), case=case)
            elif entry.table == "query_log":
                yield SeenBy(values["asked_at"], str(values.get("role") or _AT_THE_COMPUTER), "asked about it")

    def _registered(self, register: str, row: Record) -> PackEntry | None:
        values = {field.name: getattr(row, field.name) for field in fields(row) if getattr(row, field.name) is not None}
        named = {name for name, value in values.items() if self.matcher.names(value, name)}
        if not named:
            return None
        is_own = bool(named & {"person_id", "photograph_id"})
        shown = named | {"register", "photograph_id"}
        told = values if is_own else {name: value for name, value in values.items() if name in shown}
        picture = self._own_photograph(row) if is_own and isinstance(row, Photograph) else None
        clean = self._clean({"register": register, **told})
        return PackEntry(clean, is_own, None, None, None, _SCHOOLS_OWN, picture)

    def _own_photograph(self, row: Photograph) -> str | None:
        if row.file_name is None:
            return None
        body, problem = own_photograph(self.context.places.photographs, row.file_name)
        found = int(body is not None)
        self.looked.append(Looked("The school's photographs: the file of this photograph", found, problem))
        return None if body is None else self._picture(body, row.file_name.rpartition(".")[2])

    def _clean(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self.others.without(value, name) for name, value in values.items()}
