"""`audit verify`: whether casebook, warehouse, published copy and reports are as they were written."""

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Annotated

import typer

from flows.home.arguments import School
from flows.home.context import find_school, open_casebook, open_context
from flows.home.exit_codes import DONE, WRONG_USE
from flows.home.files_verified import lost_heads, wrong_files
from flows.home.settings import from_environment
from flows.privacy.verify_line import line
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import entries_of
from warehouse.casebook.errors import CasebookError
from warehouse.casebook.tables import CHAIN, WAREHOUSES
from warehouse.casebook.verify import contained, doubts, ensure_readable, newest_entries, wrong_rows
from warehouse.casebook.verify import is_entered as entered
from warehouse.store.damage import hash_of
from warehouse.store.places import Places

_MOST_NUMBERS = 20


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
        for sentence in line(open_context(settings, school_id, None), book, ref) if ref is not None else ():
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
