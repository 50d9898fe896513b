"""Puts the rows of one school into a casebook, in the place of those that it has; other schools' rows are not touched.

Rows keep their numbers, and with them their seals and chains. Where another school has been given one of the numbers
since, all of them are moved past the highest that is there, each reference with them, and seals and chains are made
anew: what they said before was verified by whoever read the rows from the archive.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, text, update

from warehouse.casebook.chains import NOT_SAID, beginning, chain_hash
from warehouse.casebook.people.desk_tables import ACCESS_LOG, PEOPLE
from warehouse.casebook.rows import desk_person, numbered_rows
from warehouse.casebook.school_rows import KEPT, LEFT_OUT, Rows
from warehouse.casebook.seals import SEALED, WRITTEN_AFTERWARDS, hash_of_row
from warehouse.casebook.tables import QUERIES, QUERY_ANSWERS, SEALS

_PERSON = {table.name: column.name for table in KEPT if (column := desk_person(table)) is not None}
_CHAINED: Mapping[str, Collection[str]] = {
    ACCESS_LOG.name: (), QUERIES.name: WRITTEN_AFTERWARDS, QUERY_ANSWERS.name: (),
}  # fmt: skip
NUMBERED = tuple(table for table in KEPT if "number" in table.c and table is not SEALS)


def put_back(connection: Connection, school: str, rows: Rows) -> int:
    """Put these rows in the place of the school's; return by how much their numbers were moved, 0 as a rule.

    The transaction is the caller's, who verifies before it is committed.
    """
    take_out(connection, school)
    by = _moved_by(connection, rows)
    if by:
        people = {row["number"] for row in rows[PEOPLE.name]}
        moved = {name: [_row_moved(name, row, by, people) for row in said] for name, said in rows.items()}
        rows = _chained_anew(moved)
    for table in KEPT:
        # The number of a seal is nobody's reference; it is given anew.
        said = [
            {name: value for name, value in row.items() if table is not SEALS or name != "number"}
            for row in rows[table.name]
        ]
        if said:
            connection.execute(insert(table), said)
    if by:
        _seal_anew(connection, school)
    _go_on_from_the_highest(connection)
    return by


def take_out(connection: Connection, school: str) -> None:
    """Delete every row of the school; other schools' are not touched."""
    for table in (*LEFT_OUT, *reversed(KEPT)):
        connection.execute(delete(table).where(table.c.school == school))


def _moved_by(connection: Connection, rows: Rows) -> int:
    """Return 0 where every number is free, else the highest number that any table has."""
    if not any(_is_taken(connection, table, [row["number"] for row in rows[table.name]]) for table in NUMBERED):
        return 0
    return max(int(connection.execute(select(func.max(table.c.number))).scalar() or 0) for table in NUMBERED)


def _is_taken(connection: Connection, table: Table, numbers: list[int]) -> bool:
    if not numbers:
        return False
    between = select(table.c.number).where(table.c.number.between(min(numbers), max(numbers)))
    return not set(connection.execute(between).scalars()).isdisjoint(numbers)


def _row_moved(name: str, row: dict[str, Any], by: int, people: Collection[int]) -> dict[str, Any]:
    moved = dict(row)
    numbers = {"row_number", *({"number"} if name != SEALS.name else ()), *({"question", "of_request"} & row.keys())}
    for column in numbers & row.keys():
        moved[column] = None if row[column] is None else row[column] + by
    person: int | None = row.get(_PERSON.get(name, ""))
    if person is not None and person in people:
        moved[_PERSON[name]] = person + by
        if row.get("by_user") == f"desk person {person}":
            moved["by_user"] = f"desk person {person + by}"
    return moved


def _chained_anew(rows: Mapping[str, list[dict[str, Any]]]) -> Rows:
    """Give each row of a chain the hash that it has with its new numbers; a redacted row keeps its own."""
    redacted = {(row["kind"], row["row_number"]) for row in rows["redactions"]}
    for name, but in _CHAINED.items():
        before = beginning([row["chains"] for row in rows["age_deletions"]], name)
        for row in rows[name]:
            if (name, row["number"]) not in redacted:
                said = {key: value for key, value in row.items() if key not in {*but, *NOT_SAID}}
                row["sha256"] = chain_hash(before, said)
            before = row["sha256"]
    return rows


def _seal_anew(connection: Connection, school: str) -> None:
    for table in SEALED:
        for row in numbered_rows(connection, table, school):
            here = (SEALS.c.school == school, SEALS.c.kind == table.name, SEALS.c.row_number == row.number)
            connection.execute(update(SEALS).where(*here).values(sha256=hash_of_row(table, row)))


def _go_on_from_the_highest(connection: Connection) -> None:
    """Have PostgreSQL give numbers after the highest that is there; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in (*NUMBERED, SEALS):
        connection.execute(
            text(
                "select setval(pg_get_serial_sequence(:name, 'number'), greatest("
                f"(select coalesce(max(number), 0) from {table.name}) + 1, "
                "nextval(pg_get_serial_sequence(:name, 'number'))), false)"
            ),
            {"name": table.name},
        )
