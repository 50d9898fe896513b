"""The casebook's tables: no row that a person wrote is changed, except to say how a question was answered."""

from typing import Any

from sqlalchemy import Column, Date, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

from warehouse.casebook.rows import UtcTime

TABLES = MetaData()


def numbered_table(name: str, *columns: Column[Any] | UniqueConstraint | Index, **options: Any) -> Table:
    """Return a table of numbered rows of a school."""
    number = Column("number", Integer, primary_key=True, autoincrement=True)
    school = Column("school", String(64), nullable=False, index=True)
    return Table(name, TABLES, number, school, *columns, **options)


def _done_by() -> tuple[Column[Any], ...]:
    """Return the columns of who does what is recorded: by number at the desk, or the operating system's user."""
    return Column("by_person", Integer), Column("by_user", String(128)), Column("by_role", String(64), nullable=False)


# What people decided about cases, in the order in which they did; `sequence` counts from 1 for each case.
DECISIONS = numbered_table(
    "decisions",
    Column("fingerprint", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("run_id", String(16), nullable=False),
    Column("answer", String(16), nullable=False),
    Column("until", Date),
    Column("to_role", String(64)),
    Column("to_person", Integer),
    *_done_by(),
    Column("note", Text, nullable=False),
    Column("about", Text),
    Column("decided_at", UtcTime, nullable=False),
    UniqueConstraint("school", "fingerprint", "sequence", name="one_decision_at_a_time"),
    sqlite_autoincrement=True,  # a number is given once, by which a reader knows that others came or went
)
ATTESTATIONS = numbered_table(
    "attestations",
    Column("clause", Text, nullable=False),
    Column("wording_sha256", String(64), nullable=False),
    *_done_by(),
    Column("evidence", Text, nullable=False),
    Column("until", Date, nullable=False),
    Column("attested_at", UtcTime, nullable=False),
)
ACCEPTANCES = numbered_table(
    "acceptances",
    Column("register", String(32), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("compared_with", String(64)),
    *_done_by(),
    Column("note", Text, nullable=False),
    Column("accepted_at", UtcTime, nullable=False),
)
LABELS = numbered_table(
    "labels",
    Column("platform", String(16), nullable=False),
    Column("actor_id", String(64), nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("label", String(8), nullable=False),
    Column("labelled_at", UtcTime, nullable=False),
)
QUERIES = numbered_table(
    "query_log",
    Column("by_user", String(128), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("sql", Text, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("rows", Integer),
    Column("problem", Text),
    Column("person", Integer),
    Column("role", String(64)),
    Column("parameters", Text),
    sqlite_autoincrement=True,  # a number is given once, even when the newest row is gone
)
# What came of each question: no row of it is ever changed, where `query_log` has the same for those who read it there.
QUERY_ANSWERS = numbered_table(
    "query_answers",
    Column("question", Integer, nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("rows", Integer),
    Column("problem", Text),
    Column("tables_read", Text),
    sqlite_autoincrement=True,
)
HOLDS = numbered_table(
    "holds",
    Column("platform", String(16), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Date, nullable=False),
    *_done_by(),
    Column("ended_at", UtcTime),
    Column("ended_by", String(128)),
)
TOMBSTONES = numbered_table(
    "tombstones",
    Column("platform", String(16), nullable=False),
    Column("subject_sha256", String(64), nullable=False),
    Column("forgotten_on", Date, nullable=False),
)
# What was changed in the school's registers at the desk: by ids and hashes, with what it rests on.
REGISTER_CHANGES = numbered_table(
    "register_changes",
    Column("register", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("row_id", String(64), nullable=False),
    Column("sha256_before", String(64), nullable=False),
    Column("sha256_after", String(64), nullable=False),
    Column("by_person", Integer, nullable=False),
    Column("by_role", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)
# Who challenged what a case says of them, and how that was answered; `sequence` counts from 1 for each case.
CHALLENGES = numbered_table(
    "challenges",
    Column("fingerprint", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("step", String(16), nullable=False),
    Column("received_on", Date),
    Column("raised_by", String(16)),
    *_done_by(),
    Column("note", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("school", "fingerprint", "sequence", name="one_step_at_a_time"),
)
# What people ask about their data: the first row of a request has its kind and whom it is about.
REQUESTS = numbered_table(
    "requests",
    Column("of_request", Integer),
    Column("step", String(16), nullable=False),
    Column("kind", String(16)),
    Column("received_on", Date),
    Column("platform", String(16)),
    Column("subject_id", String(64)),
    *_done_by(),
    Column("note", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,  # a number is given once, for it stands in letters
)
# The certificate of each erasure: who was erased stands nowhere; `counts` is JSON, rows and files by store.
ERASURES = numbered_table(
    "erasures",
    Column("token", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    *_done_by(),
    Column("reason", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime, nullable=False),
)
# A row of another table whose words gave way to an erasure, and to which.
REDACTIONS = numbered_table(
    "redactions",
    Column("kind", String(32), nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("token", String(64), nullable=False),
    Column("redacted_at", UtcTime, nullable=False),
)
# What was deleted because its time was over, in counts.
AGE_DELETIONS = numbered_table(
    "age_deletions",
    Column("certificate_id", String(64), nullable=False),
    Column("deleted_on", Date, nullable=False),
    Column("counts", Text, nullable=False),
    Column("tags_sha256", String(64), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("school", "certificate_id", name="one_certificate_of_an_id"),
)
# The chain's entries (`chain.py`). `subject` is the row's key, or a run; `salt` goes with what the digest is of.
CHAIN = numbered_table(
    "chain",
    Column("position", Integer, nullable=False),
    Column("step", String(8), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("salt", String(32)),
    Column("digest", String(64), nullable=False),
    Column("key_id", String(16)),
    Column("mac", String(64), nullable=False),
    UniqueConstraint("school", "position", name="one_entry_at_a_position"),
    Index("entries_of_a_subject", "school", "kind", "subject"),
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
