"""Puts the rows of one school into a casebook, in the place of those that it has; other schools' rows are not touched.

Rows keep their numbers, and with them the chain, which goes on. Where another school has been given one of the numbers
since, all of them are moved past the highest that is there, each reference with them, and every row is entered into the
chain again: what it said before was verified by whoever read the rows from the archive.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, text

from warehouse.casebook.chain import CHAINED, chain_key_of, enter, entries_of, hand_over
from warehouse.casebook.people.desk_tables import INVITATIONS, PEOPLE
from warehouse.casebook.rows import desk_people
from warehouse.casebook.school_rows import KEPT, LEFT_OUT, NOT_PUT_BACK, SEALS, Rows, enter_as_it_stands, enter_lost
from warehouse.casebook.tables import CHAIN
from warehouse.casebook.verify import newest_entries

_PEOPLE = {table.name: [column.name for column in desk_people(table)] for table in KEPT}
NUMBERED = tuple(table for table in KEPT if "number" in table.c and table is not CHAIN)


def put_back(connection: Connection, school: str, rows: Rows) -> int:
    """Put these rows in the place of the school's; return by how much their numbers were moved, 0 as a rule.

    The transaction is the caller's, who verifies before it is committed.
    """
    take_out(connection, school, LEFT_OUT)
    by = _moved_by(connection, rows)
    if by:
        people = {row["number"] for row in rows[PEOPLE.name]}
        rows = {name: [_row_moved(name, row, by, people) for row in said] for name, said in rows.items()}
    for table in KEPT:
        # The number of an entry is nobody's reference; it is given anew.
        said = [
            {name: value for name, value in row.items() if table is not CHAIN or name != "number"}
            for row in rows[table.name]
        ]
        if said:
            connection.execute(insert(table), said)
    _enter(connection, school, rows, has_moved=by > 0)
    _go_on_from_the_highest(connection)
    return by


def take_out(connection: Connection, school: str, more: Sequence[Table] = NOT_PUT_BACK) -> None:
    """Delete every row of the school that a backup brings, and those of `more`; other schools' are not touched."""
    for table in (*more, *reversed(KEPT)):
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
    numbers = {"row_number", *({"number"} if name != CHAIN.name else ()), *({"question", "of_request"} & row.keys())}
    for column in numbers & row.keys():
        moved[column] = None if row[column] is None else row[column] + by
    for column in _PEOPLE.get(name, ()):
        person: int | None = row.get(column)
        if person is not None and person in people:
            moved[column] = person + by
    for column in {"by_user", "ended_by"} & row.keys():
        _, is_person, number = str(row[column]).partition("desk person ")
        if is_person and number.isdecimal() and int(number) in people:
            moved[column] = f"desk person {int(number) + by}"
    return moved


def _enter(connection: Connection, school: str, rows: Rows, *, has_moved: bool) -> None:
    """Let the chain go on with what stands here now: without invitations, and each row where it has moved to."""
    entries, key = entries_of(connection, school), chain_key_of(connection)
    last = entries[-1].key_id if entries else None
    now = None if key is None else key.after(last)
    if now is not None and last != now.key_id and (before := now.known(last)) is not None:
        hand_over(connection, school, before, now)
    elif entries and last != (None if now is None else now.key_id):
        is_keyless = last is None
        enter(connection, school, "begun" if is_keyless else "accepted", CHAIN.name)
        has_moved = has_moved or not is_keyless  # whatever was kept with another key is entered again
    gone = {table.name for table in CHAINED} if has_moved else {INVITATIONS.name}
    for kind, subject in newest_entries(entries):
        if kind in gone:
            enter(connection, school, "gone", kind, subject)
    if not rows[CHAIN.name]:
        enter_lost(connection, school, (seal["kind"] for seal in rows.get(SEALS, ()) if seal.get("row_number") is None))
    if has_moved or not rows[CHAIN.name]:
        enter_as_it_stands(connection, school, "changed" if rows[CHAIN.name] else "written")


def _go_on_from_the_highest(connection: Connection) -> None:
    """Have PostgreSQL give numbers after the highest that is there; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in (*NUMBERED, CHAIN):
        connection.execute(
            text(
                "select setval(pg_get_serial_sequence(:name, 'number'), greatest("
                f"(select coalesce(max(number), 0) from {table.name}) + 1, "
                "nextval(pg_get_serial_sequence(:name, 'number'))), false)"
            ),
            {"name": table.name},
        )
