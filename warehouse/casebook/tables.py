"""The casebook's tables.

No row that a person wrote is changed, except to say how a question was answered. `seals` and `warehouses` are the
program's own: it compares the casebook and the warehouse with them before a run.
"""

from typing import Any

from sqlalchemy import Column, Date, DateTime, Integer, MetaData, String, Table, Text, UniqueConstraint

TABLES = MetaData()


def done_by() -> tuple[Column[Any], ...]:
    """Return the columns of who does what is recorded: by number at the desk, or the operating system's user."""
    return (
        Column("by_person", Integer),
        Column("by_user", String(128)),
        Column("by_role", String(64), nullable=False),
    )


# What people decided about cases, in the order in which they did; `sequence` counts from 1 for each case.
DECISIONS = Table(
    "decisions",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("run_id", String(16), nullable=False),
    Column("answer", String(16), nullable=False),
    Column("until", Date),
    Column("to_role", String(64)),
    *done_by(),
    Column("note", Text, nullable=False),
    Column("about", Text),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("school", "fingerprint", "sequence", name="one_decision_at_a_time"),
    sqlite_autoincrement=True,  # a number is given once, by which a reader knows that others came or went
)
ATTESTATIONS = Table(
    "attestations",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("clause", Text, nullable=False),
    Column("wording_sha256", String(64), nullable=False),
    *done_by(),
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
    *done_by(),
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
    Column("person", Integer),
    Column("role", String(64)),
    Column("parameters", Text),
    Column("sha256", String(64)),
    sqlite_autoincrement=True,  # a number is given once, even when the newest row is gone
)
# What came of each question: no row of it is ever changed, where `query_log` has the same for those who read it there.
QUERY_ANSWERS = Table(
    "query_answers",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("question", Integer, nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("rows", Integer),
    Column("problem", Text),
    Column("tables_read", Text),
    Column("sha256", String(64), nullable=False),
    sqlite_autoincrement=True,
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
    *done_by(),
    Column("ended_at", DateTime(timezone=True)),
    Column("ended_by", String(128)),
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
# What was changed in the school's registers at the desk: by ids and hashes, with what it rests on.
REGISTER_CHANGES = Table(
    "register_changes",
    TABLES,
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
# Who challenged what a case says of them, and how that was answered; `sequence` counts from 1 for each case.
CHALLENGES = Table(
    "challenges",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("step", String(16), nullable=False),
    Column("received_on", Date),
    Column("raised_by", String(16)),
    *done_by(),
    Column("note", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("school", "fingerprint", "sequence", name="one_step_at_a_time"),
)
# One for each row above; without number and hash when the row was deleted for its age.
SEALS = Table(
    "seals",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("row_number", Integer),
    Column("sha256", String(64)),
)
# What the last run left of each school's warehouse, and the name by which the warehouse knows this casebook.
WAREHOUSES = Table(
    "warehouses",
    TABLES,
    Column("school", String(64), primary_key=True),
    Column("casebook_id", String(64), nullable=False),
    Column("requests", Integer, nullable=False),
    Column("runs", Integer, nullable=False),
    Column("sha256", String(64)),
)
