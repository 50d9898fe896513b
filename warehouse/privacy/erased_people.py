"""What a tombstone keeps of a person, a photograph, a handle and a name, so that a register does not bring them back.

A register may give a roll id anew to somebody else: of a person the mark is made of the id and a name together. The id
alone is known again only in a list of ids, such as those of the pupils whom a photograph shows.
"""

from collections.abc import Iterator

import duckdb

from engines.naming import PersonName, spellings_of
from engines.roll_ids import fold_roll_id
from warehouse.casebook.holds import PERSON, PHOTOGRAPH
from warehouse.privacy.erased_accounts import ErasedAccounts
from warehouse.privacy.ids_in_texts import plain
from warehouse.privacy.subject_patterns import Subject

NAME = "name"
Mark = tuple[str, str]

_PEOPLE = """
select distinct person_id, full_name, given_names, surname, known_as, other_names from raw.people
where list_contains(?::varchar[], person_id)
"""
_PHOTOGRAPHS = """
select distinct photograph_id, coalesce(file_name, video_id, '') from raw.photographs
where list_contains(?::varchar[], photograph_id)
"""

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
        rows = db.execute(_PEOPLE, [sorted(subject.person_ids)]).fetchall()
        marks |= {mark for row in rows for mark in person_marks(*row)}
    shown = db.execute(_PHOTOGRAPHS, [sorted(subject.photograph_ids)]).fetchall()
    marks |= {photograph_mark(*row) for row in shown} | {(PHOTOGRAPH, each) for each in subject.photograph_ids}
    platforms = {platform for platform, _ in subject.actors}
    return frozenset(marks | {handle_mark(platform, each) for platform in platforms for each in subject.handles})
