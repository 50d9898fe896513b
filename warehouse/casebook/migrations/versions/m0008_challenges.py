"""Who challenged what the audit says of them, and how it was answered."""

from alembic import op
from sqlalchemy import Column, Date, DateTime, Integer, MetaData, String, Table, Text, UniqueConstraint

revision = "0008"
down_revision = "0007"


_TABLES = MetaData()
Table(
    "challenges",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("step", String(16), nullable=False),
    Column("received_on", Date),
    Column("raised_by", String(16)),
    Column("by_person", Integer, nullable=False),
    Column("by_role", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("school", "fingerprint", "sequence", name="one_step_at_a_time"),
)


def upgrade() -> None:
    """Make the table where it is not there; the steps of a case are numbered, so that two people cannot take one."""
    _TABLES.create_all(op.get_bind())
