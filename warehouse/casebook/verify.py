"""Whether the casebook is as it was written: every seal, and the chains of questions, of answers and of who looked."""

from collections.abc import Mapping

from sqlalchemy import Connection

from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chains import broken_links, broken_questions
from warehouse.casebook.people.desk_tables import ACCESS_LOG
from warehouse.casebook.seals import SEALED, broken_rows
from warehouse.casebook.tables import QUERIES, QUERY_ANSWERS

TABLES = tuple(table.name for table in SEALED)


def wrong_rows(book: Casebook) -> Mapping[str, tuple[int, ...]]:
    """Return the numbers of the rows that are not what was written, or are gone, by table; empty where all is well.

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


def wrong_in(connection: Connection, school: str) -> dict[str, tuple[int, ...]]:
    """Return the same of one look, as this transaction sees the rows."""
    wrong = {name: set(numbers) for name, numbers in broken_rows(connection, school).items()}
    for table, numbers in (
        (QUERIES, broken_questions(connection, school)),
        (QUERY_ANSWERS, broken_links(connection, QUERY_ANSWERS, school)),
        (ACCESS_LOG, broken_links(connection, ACCESS_LOG, school)),
    ):
        wrong.setdefault(table.name, set()).update(numbers)
    return {name: tuple(sorted(numbers)) for name, numbers in wrong.items() if numbers}
