"""A question's number, and an answer's, is given once, also when the newest rows were deleted for their age.

PostgreSQL's sequences never give a number again; a table of SQLite has to be made anew for that. Rows keep their
numbers, and so their seals and hashes.
"""

from alembic import op
from sqlalchemy import text

revision = "0010"
down_revision = "0009"

# The highest number that is known to have been given: of a row, of an answered question, of one that gave way to an
# erasure; and there are at least as many as were ever sealed.
_GIVEN = """
select max(coalesce(number, 0)) from (
    select max(number) as number from {table}
    union all select max(row_number) from redactions where kind = '{table}'
    union all select count(*) from seals where kind = '{table}'
    {more}
)
"""
_TABLES = {"query_log": "union all select max(question) from query_answers", "query_answers": ""}


def upgrade() -> None:
    """Make both tables anew in SQLite, and go on from the highest number that was ever given."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    for table, more in _TABLES.items():
        given = connection.execute(text(_GIVEN.format(table=table, more=more))).scalar()
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass  # as it is, but for its numbers
        connection.execute(text("delete from sqlite_sequence where name = :name"), {"name": table})
        connection.execute(text("insert into sqlite_sequence values (:name, :given)"), {"name": table, "given": given})
