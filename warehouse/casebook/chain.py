"""The one chain of all that people do: an entry for each row that is written, changed or taken out, and for each file.

An entry holds a digest of what the row or file says and the MAC of that and of the entry before: by the key of the
chain (`chain_key.py`), or as a plain hash where there is none. Entries are only added. A digest is salted, and the salt
goes with what it is of, so that nothing of an erased person can be guessed from it, and the chain still holds.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, Table, func, insert, select, text, update

from warehouse.casebook.alone import AFTER_COMMIT, CHAIN_OF_ALL
from warehouse.casebook.chain_key import ChainKey, Head
from warehouse.casebook.errors import CasebookError
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
    WAREHOUSES,
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
OTHER_KEY = (
    "The record of what people did is kept with the key {key_id}, which is not the one here. Name its file with "
    "AUDIT_CHAIN_KEY; or, if it is lost for good: audit accept-loss {school} --by ROLE --note WHY"
)

KEYLESS = (
    "The record of what people did is kept without the key that is set now. If the key was set just now, run: "
    "audit keys chain {school}. Otherwise somebody made the record anew: put the last backup back."
)

# begun      from here on the chain is kept with this key
# accepted   what came before was damaged, and a person took it as it stood: what counts begins here
Step = Literal["written", "changed", "gone", "begun", "accepted"]


def chain_key_of(connection: Connection) -> ChainKey | None:
    """Return the key that this casebook was opened with, if any."""
    key: ChainKey | None = connection.get_execution_options().get("chain_key")
    return key


def add_sealed(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and its entry in the chain; return its number."""
    number = int(connection.execute(insert(table), row).inserted_primary_key[0])  # type: ignore[index]
    enter_rows(connection, table, [number], "written")
    return number


def enter_rows(connection: Connection, table: Table, keys: Iterable[int | str], step: Step = "changed") -> None:
    """Enter what the rows of these keys say now, in the transaction that wrote them."""
    [key] = table.primary_key.columns
    for row in connection.execute(select(table).where(key.in_(list(keys))).order_by(key)).all():
        enter(connection, row.school, step, table.name, str(getattr(row, key.name)), said_by(table, row))


def enter_gone(connection: Connection, school: str, table: Table, keys: Iterable[int | str]) -> None:
    """Enter that these rows go, before they are deleted."""
    for key in keys:
        enter(connection, school, "gone", table.name, str(key))


def enter(
    connection: Connection, school: str, step: Step, kind: str, subject: str = "", said: bytes | None = None
) -> Head:
    """Add an entry to a school's chain; CasebookError where the chain is kept with another key than the one here.

    The transaction is one that writes already. `said` is what the digest is of; None where there is nothing any more.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(text("select pg_advisory_xact_lock(:purpose)"), {"purpose": CHAIN_OF_ALL})
    newest = select(CHAIN).where(CHAIN.c.school == school).order_by(CHAIN.c.position.desc()).limit(1)
    before, key = connection.execute(newest).first(), chain_key_of(connection)
    key_id = None if key is None else key.key_id
    if before is not None and before.key_id != key_id and step != "accepted":
        if before.key_id is not None:
            raise CasebookError(OTHER_KEY.format(key_id=before.key_id, school=school))
        if step != "begun":
            raise CasebookError(KEYLESS.format(school=school))
    if step != "written":
        here = (CHAIN.c.school == school, CHAIN.c.kind == kind, CHAIN.c.subject == subject)
        connection.execute(update(CHAIN).where(*here).values(salt=None))
    salt = None if said is None else secrets.token_hex(16)
    row = {"step": step, "kind": kind, "subject": subject, "key_id": key_id, "digest": digest_of(salt, said)}
    head = Head(1 if before is None else before.position + 1, mac_of(before.mac if before else FIRST, row, key))
    connection.execute(insert(CHAIN).values(school=school, position=head.entries, mac=head.mac, salt=salt, **row))
    if key is not None:
        connection.info[AFTER_COMMIT] = lambda: key.keep_head(school, head, instead=step == "accepted")
    return head


def digest_of(salt: str | None, said: bytes | None) -> str:
    """Return the digest of what is said, with its salt; empty where there is nothing."""
    return "" if said is None else hashlib.sha256((salt or "").encode() + said).hexdigest()


def mac_of(before: str, row: Mapping[str, Any], key: ChainKey | None) -> str:
    """Return the MAC of an entry and of the one before; a plain hash without a key."""
    parts = [before, *(row[name] for name in ("step", "kind", "subject", "key_id", "digest"))]
    said = json.dumps(parts).encode()
    return hashlib.sha256(said).hexdigest() if key is None else key.mac(said)


def said_by(table: Table, row: Row[Any]) -> bytes:
    """Return what a row says.

    A column that holds nothing does not count, so that rows keep their digest when a migration adds a column.
    """
    names = [column.name for column in table.columns if column.name not in _NOT_SAID.get(table.name, ())]
    said = {name: _plain(getattr(row, name)) for name in names if getattr(row, name) is not None}
    return json.dumps(said, sort_keys=True).encode()


def _plain(value: object) -> str:
    return value.replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else str(value)  # all are UTC


def written(connection: Connection, school: str) -> Mapping[str, int]:
    """Return how many rows were ever written to each table for this school."""
    here = (CHAIN.c.school == school, CHAIN.c.step == "written")
    counts = {kind: count for kind, count in connection.execute(  # noqa: C416 - rows are no pairs
        select(CHAIN.c.kind, func.count()).where(*here).group_by(CHAIN.c.kind)
    ).all()}  # fmt: skip
    return {table.name: counts.get(table.name, 0) for table in COUNTED}


def entries_of(connection: Connection, school: str) -> Sequence[Row[Any]]:
    """Return every entry of a school's chain, the oldest first."""
    return connection.execute(select(CHAIN).where(CHAIN.c.school == school).order_by(CHAIN.c.position)).all()


def head_of(connection: Connection, school: str) -> Head | None:
    """Return the head of a school's chain; None where nothing was entered yet."""
    query = select(CHAIN.c.position, CHAIN.c.mac).where(CHAIN.c.school == school)
    row = connection.execute(query.order_by(CHAIN.c.position.desc()).limit(1)).first()
    return None if row is None else Head(row.position, row.mac)


def enter_as_it_stands(connection: Connection, school: str, step: Step = "changed") -> None:
    """Enter every row of the school as it stands now, and the hash of its closed warehouse."""
    for table in CHAINED:
        [key] = table.primary_key.columns
        keys = connection.execute(select(key).where(table.c.school == school).order_by(key)).scalars().all()
        enter_rows(connection, table, keys, step)
    enter_warehouse(connection, school)


def enter_lost(connection: Connection, school: str, kinds: Iterable[str]) -> None:
    """Enter that a row of each of these kinds was once written, and is no more: so that it goes on being counted."""
    for kind in kinds:
        enter(connection, school, "written", kind)
        enter(connection, school, "gone", kind)


def enter_warehouse(connection: Connection, school: str) -> None:
    """Enter what the casebook says of the hash of the closed warehouse, where that is news."""
    sha256 = connection.execute(select(WAREHOUSES.c.sha256).where(WAREHOUSES.c.school == school)).scalar()
    here = (CHAIN.c.school == school, CHAIN.c.kind == WAREHOUSES.name)
    newest = connection.execute(select(CHAIN.c.step).where(*here).order_by(CHAIN.c.position.desc()).limit(1)).scalar()
    if sha256 is not None:
        enter(connection, school, "changed", WAREHOUSES.name, said=sha256.encode())
    elif newest not in {None, "gone"}:
        enter(connection, school, "gone", WAREHOUSES.name)
