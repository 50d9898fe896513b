"""The one chain of all that people do: an entry for each row that is written, changed or taken out, and for each file.

An entry holds a digest of what the row or file says and the MAC of that and of the entry before: by the key of the
chain (`chain_key.py`), or as a plain hash where there is none. Entries are only added. A digest is salted, and the salt
goes with what it is of, so that nothing of an erased person can be guessed from it, and the chain still holds.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Literal

from sqlalchemy import Connection, Row, Table, insert, select, update

from warehouse.casebook.alone import AFTER_COMMIT, CHAIN_OF_ALL, lock
from warehouse.casebook.chain_key import ChainKey, Head, digest_of, mac_of
from warehouse.casebook.errors import KEYLESS, OTHER_KEY, CasebookError
from warehouse.casebook.people.desk_tables import ACCESS_LOG, INVITATIONS, PEOPLE
from warehouse.casebook.tables import (
    ACCEPTANCES,
    AGE_DELETIONS,
    ATTESTATIONS,
    CHAIN,
    CHALLENGES,
    DECISIONS,
    ERASURES,
    HOLDS,
    LABELS,
    QUERIES,
    QUERY_ANSWERS,
    REDACTIONS,
    REGISTER_CHANGES,
    REQUESTS,
    TOMBSTONES,
)

COUNTED = (
    DECISIONS, ATTESTATIONS, ACCEPTANCES, HOLDS, TOMBSTONES, LABELS, QUERIES, ACCESS_LOG, REGISTER_CHANGES,
    CHALLENGES, ERASURES, REDACTIONS, AGE_DELETIONS,
)  # fmt: skip
LOGGED = (*COUNTED, QUERY_ANSWERS, REQUESTS)  # what a person wrote stays as it was written
CHAINED = (*LOGGED, PEOPLE, INVITATIONS)  # who may use the desk changes, and each change is an entry
WRITTEN_AFTERWARDS = frozenset({"rows", "problem"})  # how a question was answered: the answer's own row says it
_NOT_SAID: Mapping[str, frozenset[str]] = {
    QUERIES.name: WRITTEN_AFTERWARDS,
    PEOPLE.name: frozenset({"failures", "locked_until", "totp_last_step"}),  # of each try to sign in
}
FIRST = "0" * 64
_AT_ONCE = 500  # rows that one statement names

# handed     the next entry is kept with the key of this id, and says `begun`
# begun      from here on the chain is kept with this key
# accepted   what came before was damaged, and a person took it as it stood: what counts begins here
Step = Literal["written", "changed", "gone", "handed", "begun", "accepted"]
_Stands = tuple[ChainKey | None, Row[Any] | None]  # with which key a chain goes on, and after which entry


def chain_key_of(connection: Connection) -> ChainKey | None:
    """Return the key that this casebook was opened with, if any."""
    key: ChainKey | None = connection.get_execution_options().get("chain_key")
    return key


def add_sealed(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and its entry in the chain; return its number."""
    return add_each_sealed(connection, table, [row])[0]


def add_each_sealed(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """Insert rows, and their entries in the chain; return their numbers, the lowest first."""
    [key] = table.primary_key.columns
    numbers = sorted(map(int, connection.execute(insert(table).returning(key), rows).scalars())) if rows else []
    enter_rows(connection, table, numbers, "written")
    return numbers


def enter_rows(connection: Connection, table: Table, keys: Iterable[int | str], step: Step = "changed") -> None:
    """Enter what the rows of these keys say now, in the transaction that wrote them."""
    [key] = table.primary_key.columns
    for some in _in_batches(keys):
        rows = connection.execute(select(table).where(key.in_(some)).order_by(key)).all()
        for school in dict.fromkeys(row.school for row in rows):
            said = {str(getattr(row, key.name)): said_by(table, row) for row in rows if row.school == school}
            enter_each(connection, school, step, table.name, said)


def enter_gone(connection: Connection, school: str, table: Table, keys: Iterable[int | str]) -> None:
    """Enter that these rows go, before they are deleted."""
    for some in _in_batches(keys):
        enter_each(connection, school, "gone", table.name, dict.fromkeys(map(str, some)))


def _in_batches(keys: Iterable[int | str]) -> Iterator[Sequence[int | str]]:
    every = list(keys)
    return (every[first : first + _AT_ONCE] for first in range(0, len(every), _AT_ONCE))


def enter(
    connection: Connection, school: str, step: Step, kind: str, subject: str = "", said: bytes | None = None
) -> None:
    """Add an entry to a school's chain, where it writes already; CasebookError where it is kept with another key.

    `said` is what the digest is of; None where there is nothing any more.
    """
    enter_each(connection, school, step, kind, {subject: said})


def enter_each(connection: Connection, school: str, step: Step, kind: str, said_of: Mapping[str, bytes | None]) -> None:
    """Add the same of each of these subjects, in their order."""
    key, before = _stands(connection, school)
    if before is not None and before.key_id != (None if key is None else key.key_id) and step != "accepted":
        if before.key_id is not None:
            raise CasebookError(OTHER_KEY.format(key_id=before.key_id, school=school))
        if step != "begun":
            raise CasebookError(KEYLESS.format(school=school))
    _add(connection, school, (key, before), step, kind, said_of)


def hand_over(connection: Connection, school: str, old: ChainKey, new: ChainKey) -> None:
    """Let a chain that is kept with the old key go on with the new one: an entry of each names the other."""
    lock(connection, CHAIN_OF_ALL, school)
    _add(connection, school, (old, newest_of(connection, school)), "handed", CHAIN.name, {new.key_id: None})
    _add(connection, school, (new, newest_of(connection, school)), "begun", CHAIN.name, {old.key_id: None})


def key_now(connection: Connection, school: str) -> ChainKey | None:
    """Return the key with which a school's chain goes on, to the transaction's end; None where there is none here."""
    return _stands(connection, school)[0]


def _stands(connection: Connection, school: str) -> _Stands:
    lock(connection, CHAIN_OF_ALL, school)
    before, key = newest_of(connection, school), chain_key_of(connection)
    return key and key.after(None if before is None else before.key_id), before


def _add(
    connection: Connection, school: str, stands: _Stands, step: Step, kind: str, said_of: Mapping[str, bytes | None]
) -> None:
    key, before = stands
    key_id = None if key is None else key.key_id
    if step != "written":
        here = (CHAIN.c.school == school, CHAIN.c.kind == kind, CHAIN.c.subject.in_(list(said_of)))
        connection.execute(update(CHAIN).where(*here).values(salt=None))
    kept = None if key is None else _kept_and_held(connection, school, key)
    head, rows = Head(0, FIRST) if before is None else Head(before.position, before.mac), []
    for subject, said in said_of.items():
        salt = None if said is None else secrets.token_hex(16)
        row = {"step": step, "kind": kind, "subject": subject, "key_id": key_id, "digest": digest_of(salt, said)}
        head = Head(head.entries + 1, mac_of(head.mac, row, key))
        rows.append({"school": school, "position": head.entries, "mac": head.mac, "salt": salt, **row})
    connection.execute(insert(CHAIN), rows)
    if key is not None and kept is not None:
        connection.info[AFTER_COMMIT] = partial(key.keep_head, school, head, after=kept)


def newest_of(connection: Connection, school: str, kind: str | None = None, subject: str = "") -> Row[Any] | None:
    """Return the newest entry of a school's chain, or of one subject; None without one."""
    of = () if kind is None else (CHAIN.c.kind == kind, CHAIN.c.subject == subject)
    every = select(CHAIN).where(CHAIN.c.school == school, *of)
    return connection.execute(every.order_by(CHAIN.c.position.desc()).limit(1)).first()


def _kept_and_held(connection: Connection, school: str, key: ChainKey) -> Head | None:
    """Return the head that is kept beside the key, where this chain has it; None where it does not, or cannot be read.

    A chain that lacks it is older, or was cut: what is written to it now must not hide that from `audit verify`.
    """
    try:
        kept = key.kept_head(school) or Head(0, FIRST)
    except CasebookError:
        return None
    here = select(CHAIN.c.mac).where(CHAIN.c.school == school, CHAIN.c.position == kept.entries)
    return kept if (connection.execute(here).scalar() or FIRST) == kept.mac else None


def said_by(table: Table, row: Row[Any]) -> bytes:
    """Return what a row says.

    A column that holds nothing does not count, so that rows keep their digest when a migration adds a column.
    """
    names = [column.name for column in table.columns if column.name not in _NOT_SAID.get(table.name, ())]
    said = {name: _plain(getattr(row, name)) for name in names if getattr(row, name) is not None}
    return json.dumps(said, sort_keys=True).encode()


def _plain(value: object) -> str:
    return value.replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else str(value)  # all are UTC


def entries_of(connection: Connection, school: str) -> Sequence[Row[Any]]:
    """Return every entry of a school's chain, the oldest first."""
    return connection.execute(select(CHAIN).where(CHAIN.c.school == school).order_by(CHAIN.c.position)).all()


def head_of(connection: Connection, school: str) -> Head | None:
    """Return the head of a school's chain; None where nothing was entered yet."""
    return Head(row.position, row.mac) if (row := newest_of(connection, school)) else None
