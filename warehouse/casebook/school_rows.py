"""Every row that the casebook has of one school: taken in one transaction and given as JSON, or entered as it stands.

Sessions and invitations are left out: whoever was signed in signs in again, and an old link lets nobody in.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Engine, Table, select, text

from warehouse.casebook.alone import writing
from warehouse.casebook.chain import CHAINED, Step, enter, enter_rows
from warehouse.casebook.people.desk_tables import INVITATIONS, SESSIONS
from warehouse.casebook.rows import UtcTime
from warehouse.casebook.spending import SPENDING
from warehouse.casebook.tables import CHAIN, REGISTER_CHANGES, TABLES, WAREHOUSES

Rows = Mapping[str, Sequence[dict[str, Any]]]

SEALS = "seals"  # what a backup from before the chain has in its place: a row's table, and no number if it went
LEFT_OUT = (SESSIONS, INVITATIONS)
NOT_PUT_BACK = (*LEFT_OUT, SPENDING)  # what was asked of a platform stays asked
KEPT: tuple[Table, ...] = tuple(table for table in TABLES.sorted_tables if table not in NOT_PUT_BACK)


@contextmanager
def standing_still(engine: Engine) -> Iterator[Connection]:
    """Lend a connection for which the casebook stands still; nobody changes a register at the desk meanwhile either.

    In SQLite nobody else writes until it is given back; in PostgreSQL others do, and it does not see what.
    """
    if engine.dialect.name == "sqlite":
        with writing(engine) as connection:
            yield connection
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        connection.execute(text(f"lock table {REGISTER_CHANGES.name} in share mode"))
        yield connection


def rows_of_school(connection: Connection, school: str) -> Rows:
    """Return the rows of each table as plain values: days and times as ISO 8601, times in UTC."""
    rows = {}
    for table in KEPT:
        [key] = table.primary_key.columns
        found = connection.execute(select(table).where(table.c.school == school).order_by(key)).mappings()
        rows[table.name] = [_plain(dict(row)) for row in found]
    return rows


def rows_json(rows: Rows) -> bytes:
    """Return rows as JSON."""
    return json.dumps(rows, separators=(",", ":")).encode()


def rows_from_json(body: bytes) -> Rows:
    """Return the rows that this JSON holds, with days and times as the casebook writes them."""
    said: dict[str, list[dict[str, Any]]] = json.loads(body)
    rows = {table.name: [_typed(table, row) for row in said.get(table.name, ())] for table in KEPT}
    return rows | ({SEALS: said[SEALS]} if SEALS in said else {})


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if value is not None
    }


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {column.name: _of_column(column.type, row.get(column.name)) for column in table.columns}


_FROM_JSON: Mapping[type, Callable[[Any], Any]] = {
    UtcTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    Boolean: bool,
}


def _of_column(kind: Any, value: Any) -> Any:
    made = _FROM_JSON.get(type(kind))
    return value if value is None or made is None else made(value)


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
