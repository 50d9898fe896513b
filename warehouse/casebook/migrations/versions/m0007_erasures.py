"""What an erasure leaves: its certificate, and which rows gave way to it; and of a hold, who recorded and ended it."""

from alembic import op
from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, Text, inspect

revision = "0007"
down_revision = "0006"

_TABLES = MetaData()
Table(
    "erasures",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("by_role", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True), nullable=False),
)
Table(
    "redactions",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("sha256_before", String(64)),
    Column("token", String(64), nullable=False),
    Column("redacted_at", DateTime(timezone=True), nullable=False),
)


def upgrade() -> None:
    """Make the tables where they are not there, and add the columns of holds."""
    _TABLES.create_all(op.get_bind())
    there = {column["name"] for column in inspect(op.get_bind()).get_columns("holds")}
    for column in (Column("by_role", String(64)), Column("ended_at", DateTime(timezone=True))):
        if column.name not in there:
            op.add_column("holds", column)
