"""`audit verify`: whether casebook, warehouse, published copy and reports are as they were written."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Annotated

import typer

from dashboards.report.manifest import FILE_NAME, read_manifest
from flows.home.arguments import School
from flows.home.context import Context, find_school, open_casebook, open_context
from flows.home.exit_codes import DONE, WRONG_USE
from flows.home.files_verified import lost_heads, wrong_files
from flows.home.settings import ConfigurationError, from_environment
from flows.registers.reasons import ref_of
from policies.roles import NOT_SIGNED_IN
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import entries_of
from warehouse.casebook.errors import CasebookError
from warehouse.casebook.rows import numbered_rows
from warehouse.casebook.tables import CHAIN, DECISIONS, WAREHOUSES
from warehouse.casebook.verify import contained, doubts, ensure_readable, newest_entries, wrong_rows
from warehouse.casebook.verify import is_entered as entered
from warehouse.store.damage import hash_of
from warehouse.store.open import opened
from warehouse.store.places import Places

_MOST_NUMBERS = 20
_LINE = (
    "select run_id, fingerprint, check_id, pack, clause, clause_says, subject_id, last_seen from published.exceptions "
    "where starts_with(fingerprint, ?) order by run_id desc"
)
_PAGES = "select source, listing, number, fetched_at, sha256, body from raw.pages where run_id = ? order by fetched_at"


def verify(
    school_id: School,
    *,
    head: Annotated[str | None, typer.Option(help="A head that was printed: is it in the record?")] = None,
    ref: Annotated[str | None, typer.Option("--line", help="A printed line's ref: what does it rest on?")] = None,
) -> int:
    """Check that nothing was changed since it was written: each row of the casebook, each report, the published copy.

    The head of the record of what people did is told; with --head, whether the record contains one that was printed;
    with --line, what a printed line rests on: the platform's page, the code, the clause and the decisions.
    """
    settings = from_environment()
    places = find_school(settings, school_id)
    with closing(open_casebook(settings, places)) as book:
        with book.engine.connect() as connection:
            ensure_readable(connection)
        for sentence in rests_on(open_context(settings, school_id, None), book, ref) if ref is not None else ():
            typer.echo(sentence)
        wrong = [*_wrong(book, places), *(_not_contained(book, head) if head is not None else ())]
        for sentence in wrong:
            typer.echo(sentence)
        _say_head(book)
    if wrong:
        typer.echo(
            f"Put it back from the last backup (audit restore {school_id} --from FILE --replace); or, if what is "
            f"wrong is lost for good: audit accept-loss {school_id} --by ROLE --note WHY",
            err=True,
        )
        return WRONG_USE
    typer.echo("Every row of the casebook, the published copy and each report is what was written.")
    return DONE


def _wrong(book: Casebook, places: Places) -> Iterator[str]:
    for table, numbers in wrong_rows(book).items():
        said = ", ".join(str(number) for number in numbers[:_MOST_NUMBERS])
        more = f" and {len(numbers) - _MOST_NUMBERS:,} more" if len(numbers) > _MOST_NUMBERS else ""
        what = (
            "not what was entered from there on: entry" if table == CHAIN.name else "not what was written, or gone: row"
        )
        yield f"{table}: {what} {said}{more}."
    with book.engine.connect() as connection:
        yield from doubts(connection, book.school)
        newest = newest_entries(entries_of(connection, book.school))
    entry, sha256 = newest.get((WAREHOUSES.name, "")), hash_of(places.warehouse)
    if entry is not None and not entered(entry, (sha256 or "").encode()):
        yield "warehouse.duckdb is not the file that the last run left."
    yield from wrong_files(book, places)
    yield from lost_heads(book, places)


def _not_contained(book: Casebook, printed: str) -> tuple[str, ...]:
    with book.engine.connect() as connection:
        found = contained(connection, book.school, printed)
    if found is None:
        return (f"The record does not contain the head {printed}: it is an older one, was cut, or is another.",)
    typer.echo(f"The record contains that head: it is of its entry {found.entries:,}.")
    return ()


def _say_head(book: Casebook) -> None:
    kept = "without a key" if book.chain_key is None else f"with the key {book.chain_key.key_id}"
    newest = book.head
    if newest is not None:
        typer.echo(f"Head of the record: {newest} ({newest.entries:,} entries, kept {kept}).")
    if book.chain_key is None:
        typer.echo("Whoever may write this home can make the record anew: see AUDIT_CHAIN_KEY in docs/for-the-dpo.md.")
        return
    with suppress(CasebookError):  # heads that cannot be read are told with what is wrong
        if newest is not None and book.chain_key.kept_head(book.school) is None:
            typer.echo("No head is kept beside the key: let this program write into the key's folder.")


def rests_on(context: Context, book: Casebook, ref: str) -> Iterator[str]:
    """Yield in sentences what the newest report's line of this ref rests on; nobody's name or handle is in them.

    ConfigurationError for a ref that no report has, and for one that more than one case begins with.
    """
    ref = ref_of(ref)
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
