"""What one printed line of a report rests on: the platform's page, the code, the clause's words and the decisions."""

import hashlib
import re
import zlib
from collections.abc import Iterator

from dashboards.report.manifest import FILE_NAME, read_manifest
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from policies.roles import NOT_SIGNED_IN
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import entries_of
from warehouse.casebook.rows import numbered_rows
from warehouse.casebook.tables import DECISIONS
from warehouse.casebook.verify import newest_entries
from warehouse.store.open import opened

_SHORTEST = 8
_LINE = (
    "select run_id, fingerprint, check_id, pack, clause, clause_says, subject_id, last_seen from published.exceptions "
    "where starts_with(fingerprint, ?) order by run_id desc"
)
_PAGES = "select source, listing, number, fetched_at, sha256, body from raw.pages where run_id = ? order by fetched_at"


def line(context: Context, book: Casebook, ref: str) -> Iterator[str]:
    """Yield in sentences what the newest report's line of this ref rests on; nobody's name or handle is in them.

    ConfigurationError for a ref that no report has, and for one that more than one case begins with.
    """
    if not re.fullmatch(rf"[0-9a-f]{{{_SHORTEST},64}}", ref):
        raise ConfigurationError("A ref is the eight letters and figures that the report shows beside an exception.")
    with context.published() as copy:
        rows = copy.execute(_LINE, [ref]).fetchall()
    if not rows or len({row[1] for row in rows}) > 1:
        says = "More than one case begins with" if rows else "No report has an exception"
        raise ConfigurationError(f"{says} {ref}. Copy the ref from the report.")
    run_id, fingerprint, check, pack, clause, says, subject, seen = rows[0]
    yield f"Exception {ref} ({check}), in the newest report that has it: {run_id}."
    yield f"Clause {clause} of {pack}: {says}"
    yield from _code(context, run_id)
    yield from _pages(context, seen.isoformat(), subject)
    yield from _decisions(book, fingerprint)


def _code(context: Context, run_id: str) -> Iterator[str]:
    path = context.places.reports(run_id) / FILE_NAME
    if not path.is_file():
        yield f"Code: the report of {run_id} is no longer kept, so that which release wrote it is not known."
        return
    manifest = read_manifest(path)
    signed = "signed" if manifest.signature else "not signed: the record has no key"
    head = manifest.printed_head or "none"
    yield f"Code: release {manifest.code_version}, by the report's manifest ({signed}), at head {head}."


def _pages(context: Context, run_id: str, subject: str) -> Iterator[str]:
    """Tell of each page of a run that has the subject's id; its bytes are hashed again."""
    whole = re.compile(rb"(?<![\w-])" + re.escape(subject).encode() + rb"(?![\w-])")
    found = gone = 0
    if context.places.warehouse.exists():
        with opened(context.places.warehouse, context.key, read_only=True) as db:
            for source, listing, number, at, sha256, packed in db.execute(_PAGES, [run_id]).fetchall():
                if packed is None:
                    gone += 1
                elif whole.search(body := zlib.decompress(packed)):
                    found += 1
                    holds = (
                        "which its bytes have"
                        if hashlib.sha256(body).hexdigest() == sha256
                        else "which its bytes have not: it was changed"
                    )
                    where = f"{source}, {listing}, page {number}, fetched {at:%Y-%m-%dT%H:%M:%SZ}"
                    yield f"Page: {where}, SHA-256 {sha256}, {holds}."
    if not found:
        yield f"Page: none that is kept of {run_id} has the subject's id; {gone} of that run are no longer kept."


def _decisions(book: Casebook, fingerprint: str) -> Iterator[str]:
    with book.engine.connect() as connection:
        rows = [row for row in numbered_rows(connection, DECISIONS, book.school) if row.fingerprint == fingerprint]
        newest = newest_entries(entries_of(connection, book.school))
    if not rows:
        yield "Decision: none."
    for row in rows:
        who = (
            f"person {row.by_person} of the desk"
            if row.by_person is not None
            else f"{row.by_user} by command ({NOT_SIGNED_IN})"
        )
        entry = newest.get((DECISIONS.name, str(row.number)))
        where = "in no entry of the record" if entry is None else f"entry {entry.position:,} of the record"
        yield f"Decision {row.sequence}: {row.answer}, as {row.by_role}, by {who}, {row.decided_at:%Y-%m-%d}; {where}."
