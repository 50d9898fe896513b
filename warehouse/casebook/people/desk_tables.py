"""The casebook's tables of who uses the desk.

People, invitations and sessions change, of the first two with an entry in the chain; the access log is append-only.
No password, token, code or session's secret stands in them: their hashes do, and a second factor's secret encrypted.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from warehouse.casebook.rows import UtcTime
from warehouse.casebook.tables import TABLES, numbered_table

PEOPLE = numbered_table(
    "desk_people",
    Column("sign_in_name", String(64), nullable=False),
    Column("role", String(64), nullable=False),
    Column("password_hash", Text),
    Column("totp_secret", Text),
    Column("totp_last_step", Integer),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcTime),
    Column("is_active", Boolean, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("provider_issuer", String(255)),
    Column("provider_subject", String(255)),
    Column("invited_email", String(254)),
    Column("invited_until", UtcTime),
    UniqueConstraint("school", "sign_in_name", name="one_person_of_a_name"),
    Index("one_person_of_an_account", "school", "provider_issuer", "provider_subject", unique=True),
)
INVITATIONS = Table(
    "desk_invitations",
    TABLES,
    Column("token_sha256", String(64), primary_key=True),
    Column("school", String(64), nullable=False, index=True),
    Column("person", Integer, ForeignKey("desk_people.number"), nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Column("for_command", String(16)),
)
SESSIONS = numbered_table(
    "desk_sessions",
    Column("secret_sha256", String(64), nullable=False, unique=True),
    Column("person", Integer, ForeignKey("desk_people.number"), nullable=False),
    Column("role", String(64), nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("last_used_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
)
# Who did what at the desk: append-only.
ACCESS_LOG = numbered_table(
    "desk_access_log",
    Column("at", UtcTime, nullable=False),
    Column("person", Integer, nullable=False),
    Column("role", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    sqlite_autoincrement=True,  # a number is given once, even when the newest row is gone
)
