"""Erases from a backup that was read whoever was erased since it was made, as the tombstones know them again.

Only the casebook that is in use can know that: one that was lost too knows no more than the backup does.
"""

import secrets
from collections.abc import Iterator
from dataclasses import replace

import duckdb
from sqlalchemy import select

from flows.context import Context
from flows.erasure import compact_warehouse, erase_from_casebook, erase_from_files, erase_from_warehouse
from flows.integrity import seal
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.erasing import certificates, certify
from warehouse.casebook.tables import TOMBSTONES
from warehouse.erased_accounts import ErasedAccounts
from warehouse.erased_cases import fingerprints_of
from warehouse.erased_people import person_marks, photograph_mark
from warehouse.erasure_journal import Erasure
from warehouse.forget import keyed_hash
from warehouse.open import opened
from warehouse.others_known import accounts_known
from warehouse.subject_patterns import Subject
from warehouse.subjects import of_account, resolve

_BY_ROLE = "it_technician"
_REASON = "Erased again after a backup was put back."
_SUBJECTS = """
select platform, subject_id from raw.unavailable union select platform, subject_id from raw.proofs
union select platform, subject_id from outcome.exceptions
"""
_PEOPLE = (
    "select distinct person_id, full_name, given_names, surname, known_as, other_names from raw.people order by all"
)
_PHOTOGRAPHS = "select distinct photograph_id, coalesce(file_name, video_id, '') from raw.photographs order by all"
ErasedId = tuple[str, tuple[str, str] | str]  # the kind, and the id by which the warehouse knows who is meant


def bury_again(context: Context, standing: Casebook) -> frozenset[str]:
    """Copy the tombstones and certificates that this backup lacks into its casebook; return the hashes that are new."""
    query = select(TOMBSTONES).where(TOMBSTONES.c.school == standing.school).order_by(TOMBSTONES.c.number)
    with standing.engine.connect() as connection:
        rows = connection.execute(query).all()
    with context.casebook() as book:
        new = frozenset(row.subject_sha256 for row in rows) - book.buried()
        for row in rows:
            if row.subject_sha256 in new:
                book.bury(platform=row.platform, subject_sha256=row.subject_sha256, on=row.forgotten_on)
        known = {each.token for each in certificates(book)}
        for certificate in certificates(standing):
            if certificate.token not in known:
                certify(book, certificate)
    return new


def erase_again(context: Context, hashes: frozenset[str]) -> int:
    """Erase from every store of this home whom these tombstones are of; return how many subjects there were."""
    done = set[ErasedId]()
    if not hashes or not context.places.warehouse.exists():
        return 0
    while (found := _next(context, hashes, done)) is not None:
        wanted, subject = found
        done.add(wanted)
        erasure = Erasure(secrets.token_hex(16), wanted[0], subject, _BY_ROLE, _REASON, {}, context.now())
        for step in (erase_from_warehouse, erase_from_casebook, erase_from_files):
            step(context, erasure)
    if done:
        compact_warehouse(context, erasure)
        seal(context)
    return len(done)


def _next(context: Context, hashes: frozenset[str], done: set[ErasedId]) -> tuple[ErasedId, Subject] | None:
    with opened(context.places.warehouse, context.key) as db:
        for wanted in _erased_in(db, context.key, hashes):
            if wanted not in done:
                subject = _resolved(db, wanted)
                return wanted, replace(subject, hashes=subject.hashes | fingerprints_of(db, subject))
    return None


def _erased_in(db: duckdb.DuckDBPyConnection, key: str, hashes: frozenset[str]) -> Iterator[ErasedId]:
    """Yield who is in the warehouse and was erased: people first, for their accounts go with them."""
    for row in db.execute(_PEOPLE).fetchall():
        if any(keyed_hash(key, *mark) in hashes for mark in person_marks(*row)):
            yield "person", row[0]
    for photograph_id, shows in db.execute(_PHOTOGRAPHS).fetchall():
        if keyed_hash(key, *photograph_mark(photograph_id, shows)) in hashes:
            yield "photograph", photograph_id
    erased = ErasedAccounts(key, hashes)
    accounts = {(account.platform, account.actor_id) for account in accounts_known(db)}
    for account in sorted(accounts | set(db.execute(_SUBJECTS).fetchall())):
        if erased.has(*account):
            yield "account", account


def _resolved(db: duckdb.DuckDBPyConnection, wanted: ErasedId) -> Subject:
    kind, ident = wanted
    if isinstance(ident, tuple):
        return of_account(db, *ident)
    return resolve(db, person=ident) if kind == "person" else resolve(db, photograph=ident)
