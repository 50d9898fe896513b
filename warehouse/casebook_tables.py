"""The casebook's tables: no row in them is changed but to say how a question was answered."""

from sqlalchemy import Column, Date, DateTime, Integer, MetaData, String, Table, Text

TABLES = MetaData()
DECISIONS = Table(
    "decisions",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("until", Date),
    Column("by_role", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
)
ATTESTATIONS = Table(
    "attestations",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("clause", Text, nullable=False),
    Column("wording_sha256", String(64), nullable=False),
    Column("by_role", String(64), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("until", Date, nullable=False),
    Column("attested_at", DateTime(timezone=True), nullable=False),
)
ACCEPTANCES = Table(
    "acceptances",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("register", String(32), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("compared_with", String(64)),
    Column("by_role", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("accepted_at", DateTime(timezone=True), nullable=False),
)
LABELS = Table(
    "labels",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("actor_id", String(64), nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("label", String(8), nullable=False),
    Column("labelled_at", DateTime(timezone=True), nullable=False),
)
QUERIES = Table(
    "query_log",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("by_user", String(128), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("sql", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("rows", Integer),
    Column("problem", Text),
)
HOLDS = Table(
    "holds",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Date, nullable=False),
)
TOMBSTONES = Table(
    "tombstones",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("subject_sha256", String(64), nullable=False),
    Column("forgotten_on", Date, nullable=False),
)
