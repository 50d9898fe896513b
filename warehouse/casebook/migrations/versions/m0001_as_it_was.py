"""The casebook as it was before it had migrations; an older one gets the tables that it lacks, and its seals."""

from alembic import op
from sqlalchemy import Column, Date, DateTime, Integer, MetaData, String, Table, Text, inspect, select

from warehouse.casebook.seals import seal_row

revision = "0001"
down_revision = None

_TABLES = MetaData()
_DECISIONS = Table(
    "decisions",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("until", Date),
    Column("by_role", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
)
_ATTESTATIONS = Table(
    "attestations",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("clause", Text, nullable=False),
    Column("wording_sha256", String(64), nullable=False),
    Column("by_role", String(64), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("until", Date, nullable=False),
    Column("attested_at", DateTime(timezone=True), nullable=False),
)
_ACCEPTANCES = Table(
    "acceptances",
    _TABLES,
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
_LABELS = Table(
    "labels",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("actor_id", String(64), nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("label", String(8), nullable=False),
    Column("labelled_at", DateTime(timezone=True), nullable=False),
)
_QUERIES = Table(
    "query_log",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("by_user", String(128), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("sql", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("rows", Integer),
    Column("problem", Text),
)
_HOLDS = Table(
    "holds",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Date, nullable=False),
)
_TOMBSTONES = Table(
    "tombstones",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("subject_sha256", String(64), nullable=False),
    Column("forgotten_on", Date, nullable=False),
)
_SEALS = Table(
    "seals",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("row_number", Integer),
    Column("sha256", String(64)),
)
Table(
    "warehouses",
    _TABLES,
    Column("school", String(64), primary_key=True),
    Column("casebook_id", String(64), nullable=False),
    Column("requests", Integer, nullable=False),
    Column("runs", Integer, nullable=False),
    Column("sha256", String(64)),
)
_SEALED = (_DECISIONS, _ATTESTATIONS, _ACCEPTANCES, _HOLDS, _TOMBSTONES, _LABELS, _QUERIES)


def upgrade() -> None:
    """Make the tables that are not there; rows from before seals are sealed as they stand."""
    connection = op.get_bind()
    is_sealed = inspect(connection).has_table(_SEALS.name)
    _TABLES.create_all(connection)
    for table in () if is_sealed else _SEALED:
        for row in connection.execute(select(table)).all():
            seal_row(connection, table, row)
