"""Who uses the desk: people, their invitations and sessions, and the log of what they looked at and did."""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, MetaData, String, Table, Text, UniqueConstraint

revision = "0002"
down_revision = "0001"

_TABLES = MetaData()
Table(
    "desk_people",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("sign_in_name", String(64), nullable=False),
    Column("role", String(64), nullable=False),
    Column("password_hash", Text),
    Column("totp_secret", Text),
    Column("totp_last_step", Integer),
    Column("failures", Integer, nullable=False),
    Column("locked_until", DateTime(timezone=True)),
    Column("is_active", Boolean, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("school", "sign_in_name", name="one_person_of_a_name"),
)
Table(
    "desk_invitations",
    _TABLES,
    Column("token_sha256", String(64), primary_key=True),
    Column("school", String(64), nullable=False, index=True),
    Column("person", Integer, ForeignKey("desk_people.number"), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
)
Table(
    "desk_sessions",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("secret_sha256", String(64), nullable=False, unique=True),
    Column("person", Integer, ForeignKey("desk_people.number"), nullable=False),
    Column("role", String(64), nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("last_used_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
)
Table(
    "desk_access_log",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("person", Integer, nullable=False),
    Column("role", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    sqlite_autoincrement=True,  # a number is given once, even when the newest row is gone
)


def upgrade() -> None:
    """Make the tables that are not there."""
    _TABLES.create_all(op.get_bind())
