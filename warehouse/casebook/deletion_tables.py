"""The casebook's tables of what was taken out: erasures, the rows whose words gave way to one, deletions by age."""

from sqlalchemy import Column, Date, DateTime, Integer, String, Table, Text, UniqueConstraint

from warehouse.casebook.tables import TABLES, done_by

# The certificate of each erasure: who was erased stands nowhere; `counts` is JSON, rows and files by store.
ERASURES = Table(
    "erasures",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    *done_by(),
    Column("reason", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True), nullable=False),
)
# A row of another table whose words gave way to an erasure: what its seal was before, and who answers for it.
REDACTIONS = Table(
    "redactions",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("sha256_before", String(64)),
    Column("token", String(64), nullable=False),
    Column("redacted_at", DateTime(timezone=True), nullable=False),
)
# What was deleted because its time was over, in counts; `chains` is JSON: of each chained table the hash of the newest
# row that went, with which the rows that are left go on.
AGE_DELETIONS = Table(
    "age_deletions",
    TABLES,
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
