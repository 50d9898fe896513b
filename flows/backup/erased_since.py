"""Erases from a backup that was read whoever was erased since it was made, as the tombstones know them again.

Only the casebook that is in use can know that: one that was lost too knows no more than the backup does.
"""

import secrets
from dataclasses import replace

from sqlalchemy import select

from flows.home.context import Context
from flows.home.integrity import seal
from flows.privacy.erasure import compact_warehouse, erase_from_casebook, erase_from_files, erase_from_warehouse
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.tables import TOMBSTONES
from warehouse.privacy.erase import fingerprints_of
from warehouse.privacy.erasing import certificates, certify
from warehouse.privacy.erasure_journal import Erasure
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.tombstones import ErasedId, erased_in, subject_of
from warehouse.store.open import opened

_BY_ROLE = "it_technician"
_REASON = "Erased again after a backup was put back."


def bury_again(context: Context, standing: Casebook) -> frozenset[str]:
    """Copy the tombstones and certificates that this backup lacks into its casebook; return the hashes that are new."""
    query = select(TOMBSTONES).where(TOMBSTONES.c.school == standing.school).order_by(TOMBSTONES.c.number)
    with standing.engine.connect() as connection:
        rows = connection.execute(query).all()
    with context.casebook() as book:
        new = frozenset(row.subject_sha256 for row in rows) - book.tombstones()
        for row in rows:
            if row.subject_sha256 in new:
                book.add_tombstone(platform=row.platform, subject_sha256=row.subject_sha256, on=row.forgotten_on)
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
        for wanted in erased_in(db, context.key, hashes):
            if wanted not in done:
                subject = subject_of(db, wanted)
                return wanted, replace(subject, hashes=subject.hashes | fingerprints_of(db, subject))
    return None
