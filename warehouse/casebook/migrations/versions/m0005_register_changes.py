"""What was changed in the school's registers at the desk."""

from alembic import op
from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, Text

revision = "0005"
down_revision = "0004"


_TABLES = MetaData()
Table(
    "register_changes",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("register", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("row_id", String(64), nullable=False),
    Column("sha256_before", String(64), nullable=False),
    Column("sha256_after", String(64), nullable=False),
    Column("by_person", Integer, nullable=False),
    Column("by_role", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)


def upgrade() -> None:
    """Make the table where it is not there; a row says who changed which row of a register, and on what ground."""
    _TABLES.create_all(op.get_bind())
