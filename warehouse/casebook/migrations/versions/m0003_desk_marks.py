"""What was done about a case at the desk."""

from alembic import op
from sqlalchemy import Column, Date, DateTime, Integer, MetaData, String, Table, Text, UniqueConstraint

revision = "0003"
down_revision = "0002"


_TABLES = MetaData()
Table(
    "desk_marks",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("run_id", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("until", Date),
    Column("to_role", String(64)),
    Column("by_person", Integer, nullable=False),
    Column("by_role", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("school", "fingerprint", "sequence", name="one_mark_at_a_time"),
)


def upgrade() -> None:
    """Make the table where it is not there; a case's marks are numbered, so that two people cannot make one mark."""
    _TABLES.create_all(op.get_bind())
