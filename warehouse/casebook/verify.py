"""Whether the casebook is as it was written: every entry of the chain, and every row by its newest entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import CHAINED, FIRST, chain_key_of, entries_of, said_by
from warehouse.casebook.chain_key import Head, digest_of, mac_of
from warehouse.casebook.errors import DAMAGED, KEYLESS, CasebookError
from warehouse.casebook.questions import other_ends
from warehouse.casebook.tables import CHAIN, QUERIES, WAREHOUSES

TABLES = tuple(table.name for table in CHAINED)
Wrong = Mapping[str, tuple[int | str, ...]]

_ELSEWHERE = (
    "The record of what people did is kept with the key {key_id}, which is not the one here, so that it cannot be "
    "verified. Name the key's file with AUDIT_CHAIN_KEY, with the keys of before in it."
)
_BEFORE = (
    "The record of what people did ends under the key {key_id}, in whose place another came: it is an older one, or "
    "its end was cut. Put the last backup back."
)
_OLDER = (
    "The casebook lacks what was written to it: {entries} entries were kept beside the key (head {head}), and it is "
    "older, or its end was cut. Put the last backup back."
)


def wrong_rows(book: Casebook) -> Wrong:
    """Return the keys of the rows that are not what was written, or are gone, by table; empty where all is well.

    What looks wrong is looked at twice: another process may have written between two questions.
    """
    with book.engine.connect() as connection:
        wrong = wrong_in(connection, book.school)
    if not wrong:
        return {}
    with book.engine.connect() as connection:
        again = wrong_in(connection, book.school)
    same = {
        name: tuple(number for number in numbers if number in again.get(name, ())) for name, numbers in wrong.items()
    }
    return {name: numbers for name, numbers in same.items() if numbers}


def wrong_in(connection: Connection, school: str) -> Wrong:
    """Return the same of one look, as this transaction sees the rows; of `chain` the first wrong position."""
    entries = counted_entries(entries_of(connection, school))
    newest = newest_entries(entries)
    wrong: dict[str, set[int | str]] = {CHAIN.name: set(_broken(connection, entries))}
    for table in CHAINED:
        [key] = table.primary_key.columns
        rows = {str(getattr(row, key.name)): row for row in connection.execute(_of(table, school)).all()}
        stand = {subject: entry for (kind, subject), entry in newest.items() if kind == table.name}
        wrong[table.name] = {
            int(subject) if subject.isdigit() else subject[:8]
            for subject in rows.keys() | stand.keys()
            if not is_entered(stand.get(subject), said_by(table, rows[subject]) if subject in rows else None)
        }
    wrong[QUERIES.name].update(other_ends(connection, school))
    left = connection.execute(_of(WAREHOUSES, school)).first()
    if not is_entered(newest.get((WAREHOUSES.name, "")), left.sha256.encode() if left and left.sha256 else None):
        wrong[WAREHOUSES.name] = {0}
    return {name: tuple(sorted(numbers, key=_in_order)) for name, numbers in wrong.items() if numbers}


def is_entered(entry: Row[Any] | None, said: bytes | None) -> bool:
    """Say whether what is said is what this newest entry is of; None is entered by none."""
    if entry is None or said is None:
        return entry is None and said is None
    return digest_of(entry.salt, said) == str(entry.digest)


def _of(table: Any, school: str) -> Any:
    return select(table).where(table.c.school == school)


def _in_order(number: int | str) -> tuple[int, str]:
    return (number, "") if isinstance(number, int) else (0, number)


def counted_entries(entries: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Return the entries that count: those since a person last accepted the record as it stood, that one included."""
    accepted = (place for place, entry in enumerate(entries) if entry.step == "accepted")
    return entries[max(accepted, default=0) :]


def newest_entries(entries: Sequence[Row[Any]]) -> Mapping[tuple[str, str], Row[Any]]:
    """Return the newest entry of each (kind, subject) that has not gone."""
    newest = {(entry.kind, entry.subject): entry for entry in entries}
    return {of: entry for of, entry in newest.items() if entry.step != "gone"}


def _broken(connection: Connection, entries: Sequence[Row[Any]]) -> list[int]:
    """Return the position of the first entry that is not what was entered there; none where the chain holds."""
    if not entries:
        return []
    key, first = chain_key_of(connection), entries[0]
    query = select(CHAIN.c.mac).where(CHAIN.c.school == first.school, CHAIN.c.position == first.position - 1)
    before, position, last = connection.execute(query).scalar() or FIRST, first.position, first
    if first.step != "accepted" and first.position != 1:
        return [1]
    for entry in entries:
        known = None if key is None else key.known(entry.key_id)
        holds = (entry.key_id is not None and known is None) or entry.mac == mac_of(before, entry._asdict(), known)
        if entry.position != position or not _goes_on_from(last, entry) or not holds:
            return [position]
        before, position, last = entry.mac, position + 1, entry
    return []


def _goes_on_from(last: Row[Any], entry: Row[Any]) -> bool:
    """Say whether a chain may go on so: with the same key, with a first one, or with one that was handed over to."""
    is_handed = (last.step, last.subject, last.key_id) == ("handed", entry.key_id, entry.subject)
    takes_up = entry.step == "begun" and entry.key_id is not None and (last.key_id is None or is_handed)
    return entry.key_id == last.key_id or takes_up


def doubts(connection: Connection, school: str) -> tuple[str, ...]:
    """Return a sentence for each reason not to believe the chain as it stands, though each entry may hold."""
    key, entries = chain_key_of(connection), counted_entries(entries_of(connection, school))
    others = {entry.key_id for entry in entries} - {None}
    said = [_ELSEWHERE.format(key_id=each) for each in sorted(others) if key is None or key.known(each) is None]
    if key is None:
        return tuple(said)
    if entries and (last := entries[-1].key_id) is None:
        said.append(KEYLESS.format(school=school))
    elif entries and key.known(last) is not None and key.after(last).key_id != last:
        said.append(_BEFORE.format(key_id=last))
    try:
        kept = key.kept_head(school)
    except CasebookError as error:
        return (*said, error.sentence)
    if kept is not None and not any((each.position, each.mac) == (kept.entries, kept.mac) for each in entries):
        said.append(_OLDER.format(entries=f"{kept.entries:,}", head=kept))
    return tuple(said)


def contained(connection: Connection, school: str, printed: str) -> Head | None:
    """Return the entry whose head was printed so, in at least 16 digits with blanks or without; None without one."""
    digits = "".join(printed.split()).lower()
    if len(digits) < len(str(Head(0, FIRST)).replace(" ", "")):
        return None
    found = (entry for entry in entries_of(connection, school) if entry.mac.startswith(digits))
    return next((Head(entry.position, entry.mac) for entry in found), None)


def ensure_readable(connection: Connection) -> None:
    """Raise CasebookError if the casebook's file is damaged."""
    if connection.dialect.name == "sqlite":
        problems = connection.exec_driver_sql("pragma integrity_check").scalars().all()
        if problems != ["ok"]:
            raise CasebookError(DAMAGED)


def ensure_whole(connection: Connection, school: str) -> None:
    """Verify every row and every entry; CasebookError if one is not what was written, is gone, or was put in."""
    ensure_readable(connection)
    wrong = wrong_in(connection, school)
    if wrong and wrong == wrong_in(connection, school):  # not a row that somebody wrote between two questions
        tables = ", ".join(f"{len(rows)} of {name}" for name, rows in wrong.items())
        raise CasebookError(f"Rows of the casebook are not what was written ({tables}). {DAMAGED}")
    if told := doubts(connection, school):
        raise CasebookError(told[0])
