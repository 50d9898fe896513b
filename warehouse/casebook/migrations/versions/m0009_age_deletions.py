"""What was deleted because its time was over: counts by table and clock, and where each chain now begins."""

from alembic import op
from sqlalchemy import Column, Date, DateTime, Integer, MetaData, String, Table, Text, UniqueConstraint

revision = "0009"
down_revision = "0008"


_TABLES = MetaData()
Table(
    "age_deletions",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("certificate_id", String(64), nullable=False),
    Column("deleted_on", Date, nullable=False),
    Column("counts", Text, nullable=False),
    Column("tags_sha256", String(64), nullable=False),
    Column("chains", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("school", "certificate_id", name="one_certificate_of_an_id"),
)


def upgrade() -> None:
    """Make the table where it is not there; `chains` has of each chained table the hash of the newest row that went."""
    _TABLES.create_all(op.get_bind())
