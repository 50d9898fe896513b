"""One chain takes the place of seals and hashes, and requests get a table; what no seal held is still not held."""

import hashlib
import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from warehouse.casebook.chain import CHAINED, LOGGED, enter, said_by
from warehouse.casebook.school_rows import enter_lost, enter_warehouse
from warehouse.casebook.tables import CHAIN, REQUESTS

revision = "0.6.0"
down_revision = "0.3.0"

_GOES = {
    "query_log": "sha256",
    "query_answers": "sha256",
    "desk_access_log": "sha256",
    "redactions": "sha256_before",
    "age_deletions": "chains",
}


def upgrade() -> None:
    """Verify each row by its seal, make the chain, enter every row, and let what it replaces go."""
    connection = op.get_bind()
    seals = connection.execute(sa.text("select school, kind, row_number, sha256 from seals order by number")).all()
    REQUESTS.create(connection)
    CHAIN.create(connection)
    lost = [(seal.school, seal.kind) for seal in seals if seal.row_number is None]
    for school, kind in lost:
        enter_lost(connection, school, [kind])
    sealed = {(seal.kind, seal.row_number): seal for seal in seals if seal.row_number is not None}
    for table in CHAINED:
        [key] = table.primary_key.columns
        more: list[sa.ColumnClause[str]] = [sa.column(_GOES[table.name])] if table.name in _GOES else []
        there = {column["name"] for column in sa.inspect(connection).get_columns(table.name)}
        said = (each if each.name in there else sa.null().label(each.name) for each in table.columns)  # a later one's
        for row in connection.execute(sa.select(*said, *more).order_by(key)).all():
            number = getattr(row, key.name)
            seal = sealed.pop((table.name, number), None)
            holds = table not in LOGGED or (seal is not None and seal.sha256 == _hash(table.name, row))
            enter(connection, row.school, "written", table.name, str(number), said_by(table, row) if holds else b"")
    for (kind, number), seal in sealed.items():  # a row that is gone, which goes on being told
        enter(connection, seal.school, "written", kind, str(number), b"")
    for school in connection.execute(sa.text("select school from warehouses")).scalars().all():
        enter_warehouse(connection, school)
    op.drop_table("seals")
    for name, column in _GOES.items():
        op.drop_column(name, column)


def _hash(kind: str, row: sa.Row[Any]) -> str:
    """Return a row's seal as releases before this one made it."""
    unsaid = {"rows", "problem"} if kind == "query_log" else set()
    said = {
        name: value.replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else str(value)
        for name, value in row._asdict().items()
        if value is not None and name not in unsaid
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
