"""The casebook's tables of who uses the desk.

People, invitations and sessions are the program's own and change; the access log is append-only, chained and sealed.
No password, token, code or session's secret stands in them: their hashes do, and a second factor's secret encrypted.
"""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from warehouse.casebook.tables import TABLES

PEOPLE = Table(
    "desk_people",
    TABLES,
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
    Column("provider_issuer", String(255)),
    Column("provider_subject", String(255)),
    Column("invited_email", String(254)),
    Column("invited_until", DateTime(timezone=True)),
    UniqueConstraint("school", "sign_in_name", name="one_person_of_a_name"),
    Index("one_person_of_an_account", "school", "provider_issuer", "provider_subject", unique=True),
)
INVITATIONS = Table(
    "desk_invitations",
    TABLES,
    Column("token_sha256", String(64), primary_key=True),
    Column("school", String(64), nullable=False, index=True),
    Column("person", Integer, ForeignKey("desk_people.number"), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
)
SESSIONS = Table(
    "desk_sessions",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("secret_sha256", String(64), nullable=False, unique=True),
    Column("person", Integer, ForeignKey("desk_people.number"), nullable=False),
    Column("role", String(64), nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("last_used_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
)
ACCESS_LOG = Table(
    "desk_access_log",
    TABLES,
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
