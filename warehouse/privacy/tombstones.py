"""What a tombstone keeps of an account, a person, a photograph, a handle and a name, and who is known again by it.

A register may give a roll id anew to somebody else: of a person the mark is made of the id and a name together. The id
alone is known again only in a list of ids, such as those of the pupils whom a photograph shows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import duckdb

from engines.naming import PersonName, runs_of_words, spellings_of
from engines.roll_ids import fold_roll_id
from warehouse.casebook.holds import PERSON, PHOTOGRAPH
from warehouse.catalogue.identities import tables_owned_by
from warehouse.privacy.erase import keyed_hash
from warehouse.privacy.ids_in_texts import plain
from warehouse.privacy.reach import NOTHING
from warehouse.privacy.subject_patterns import ERASED, Subject
from warehouse.privacy.subjects import of_account, person_alone, resolve, with_accounts
from warehouse.privacy.third_parties import accounts_known
from warehouse.store.load import transaction

# Ids in a page: a whole JSON string, or a value in an address.
_HANDLES = re.compile(r"(?:(?<=[@/])[\w.-]|(?<![\w.-])[\w.-]{5})[\w.-]*(?<![.-])")
NAME = "name"
Mark = tuple[str, str]
_IDS = re.compile(rb'["=,/]([A-Za-z0-9_-]{1,64})(?=["&,/])')


@dataclass(frozen=True, slots=True)
class ErasedAccounts:
    """Says whether an account was erased; `hashes` are the school's tombstones."""

    key: str = field(repr=False)
    hashes: frozenset[str]

    def has(self, platform: str, actor_id: str | None) -> bool:
        """Say whether the account of this id was erased."""
        if not self.hashes or actor_id is None:
            return False
        return keyed_hash(self.key, platform, actor_id) in self.hashes

    def are_in(self, platform: str, body: bytes) -> bool:
        """Say whether a page, or a request, holds the id of an erased account, or a text that names somebody erased."""
        if not self.hashes:
            return False
        if any(self.has(platform, found.decode()) for found in set(_IDS.findall(b'"' + body + b'"'))):
            return True
        return next(self._said(platform, body.decode("utf-8", "replace")), None) is not None

    def without(self, platform: str, text: str) -> str:
        """Return a text with `[erased]` where it says the whole name or the handle of somebody who was erased."""
        kept, at = list[str](), 0
        for start, end in sorted(self._said(platform, text), key=lambda span: (span[0], -span[1])):
            kept += [text[at:start], ERASED] if start >= at else []
            at = max(at, end)
        return "".join((*kept, text[at:]))

    def but_for(self, marks: Iterable[Mark]) -> "ErasedAccounts":
        """Return the same without what somebody bears now who was not erased."""
        return replace(self, hashes=self.hashes - {keyed_hash(self.key, *mark) for mark in marks})

    def _said(self, platform: str, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a text says a name, or a handle as a whole word, that has a tombstone."""
        if not self.hashes:
            return
        for letters, start, end in runs_of_words(text):
            if self.has(NAME, f"letters {letters}"):
                yield start, end
        for found in _HANDLES.finditer(text):
            if self.has(*handle_mark(platform, found[0])):
                yield found.span()


def note_left_out(
    db: duckdb.DuckDBPyConnection, run_id: str, source: str, left_out: Mapping[tuple[str, str, str], int]
) -> None:
    """Replace what this run left out of this source: how many lines or texts by (platform, account, listing)."""
    with transaction(db):
        db.execute("delete from raw.left_out where run_id = ? and source = ?", [run_id, source])
        for place, accounts in left_out.items():
            db.execute("insert into raw.left_out values (?, ?, ?, ?, ?, ?)", [run_id, source, *place, accounts])


_PEOPLE = "select distinct person_id, full_name, given_names, surname, known_as, other_names from raw.people"
_PHOTOGRAPHS = "select distinct photograph_id, coalesce(file_name, video_id, '') from raw.photographs"

_NEWEST_HANDLES = """
select platform, account_id, arg_max(handle, run_id) from raw.profiles where handle is not null group by all
"""


def id_mark(roll_id: str) -> Mark:
    """Return the mark of a roll id alone."""
    return PERSON, fold_roll_id(roll_id)


def name_marks(name: str) -> Iterator[Mark]:
    """Yield the marks of a whole name: as it is written, and by its letters in each way to spell it."""
    yield NAME, " ".join(plain(name).split())
    yield from ((NAME, f"letters {spelling.letters}") for spelling in spellings_of(name))


def handle_mark(platform: str, handle: str) -> Mark:
    """Return the mark of a handle, with or without its @, or at the end of an address."""
    return f"handle:{platform}", handle.strip().rstrip("/").rpartition("/")[2].lstrip("@").casefold()


def handles_borne(db: duckdb.DuckDBPyConnection, erased: ErasedAccounts) -> frozenset[Mark]:
    """Return the marks of the handles that accounts bear now which were not erased, each as it was last seen.

    A platform gives a handle anew to somebody else; an account that the newest run did not read may bear its own still.
    """
    seen = db.execute(_NEWEST_HANDLES).fetchall() if erased.hashes else []
    return frozenset(
        handle_mark(platform, handle) for platform, ident, handle in seen if not erased.has(platform, ident)
    )


def names_borne(db: duckdb.DuckDBPyConnection) -> frozenset[Mark]:
    """Return the marks of the names of everybody whom the newest run has on a register: theirs is no erased one's."""
    rows = db.execute(f"{_PEOPLE} where run_id = (select max(run_id) from raw.people)").fetchall()
    return frozenset(mark for row in rows for form in PersonName(*row[1:]).forms for mark in name_marks(form))


def person_marks(roll_id: str, *names: str | None) -> Iterator[Mark]:
    """Yield the marks of a row of a register of people: full name, given names, surname, known as, other names."""
    full, given, surname, known_as, *more = names
    alone = (surname,) if surname and not known_as else ()
    for form in (*PersonName(full, given, surname, known_as, *more).forms, *alone):
        yield from ((PERSON, f"{fold_roll_id(roll_id)}\x1f{said}") for _, said in name_marks(form))


def photograph_mark(photograph_id: str, shows: str | None) -> Mark:
    """Return the mark of a row of the photographs register, by its id and its file or video."""
    return PHOTOGRAPH, f"{photograph_id}\x1f{shows or ''}"


def marks_of(db: duckdb.DuckDBPyConnection, subject: Subject) -> frozenset[Mark]:
    """Return every mark by which the subject is left out of later runs, as the open warehouse still knows them."""
    marks = {*subject.actors}
    if subject.person_ids:
        marks |= {id_mark(each) for each in subject.person_ids} | {
            mark for each in subject.names for mark in name_marks(each)
        }
        rows = db.execute(
            f"{_PEOPLE} where list_contains(?::varchar[], person_id)", [sorted(subject.person_ids)]
        ).fetchall()
        marks |= {mark for row in rows for mark in person_marks(*row)}
    shown = db.execute(
        f"{_PHOTOGRAPHS} where list_contains(?::varchar[], photograph_id)", [sorted(subject.photograph_ids)]
    ).fetchall()
    marks |= {photograph_mark(*row) for row in shown} | {(PHOTOGRAPH, each) for each in subject.photograph_ids}
    platforms = {platform for platform, _ in subject.actors}
    return frozenset(marks | {handle_mark(platform, each) for platform in platforms for each in subject.handles})


_TOUCHED = "select platform, evidence ->> '$.actor' from outcome.exceptions where (evidence ->> '$.actor') is not null"
_SUBJECTS = f"{_TOUCHED} union " + " union ".join(
    f"select platform, {column} from {table}"
    for table, column in tables_owned_by("account", "raw", "outcome")
    if column == "subject_id"
)
ErasedId = tuple[str, tuple[str, str] | str]  # the kind, and the id by which the warehouse knows who is meant


def erased_in(db: duckdb.DuckDBPyConnection, key: str, hashes: frozenset[str]) -> Iterator[ErasedId]:
    """Yield who is in the warehouse and was erased: people first, for their accounts go with them."""
    for row in db.execute(f"{_PEOPLE} order by all").fetchall():
        if any(keyed_hash(key, *mark) in hashes for mark in person_marks(*row)):
            yield "person", row[0]
    for photograph_id, shows in db.execute(f"{_PHOTOGRAPHS} order by all").fetchall():
        if keyed_hash(key, *photograph_mark(photograph_id, shows)) in hashes:
            yield "photograph", photograph_id
    erased = ErasedAccounts(key, hashes)
    accounts = {(account.platform, account.actor_id) for account in accounts_known(db)}
    for account in sorted(accounts | set(db.execute(_SUBJECTS).fetchall())):
        if erased.has(*account):
            yield "account", account


def subject_of(db: duckdb.DuckDBPyConnection, wanted: ErasedId, erased: ErasedAccounts) -> Subject:
    """Return who is meant by what `erased_in` yielded: a person with those of their accounts that were erased too."""
    kind, ident = wanted
    if isinstance(ident, tuple):
        return of_account(db, *ident)
    if kind == "photograph":
        return resolve(db, NOTHING, photograph=ident)
    person = person_alone(db, ident, NOTHING)
    return with_accounts(db, person, (tie.account for tie in person.ties if erased.has(*tie.account)))
