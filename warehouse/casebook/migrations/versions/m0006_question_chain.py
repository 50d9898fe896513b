"""Who asked, with which values, and what came of it: each question and each answer holds the hash of the one before."""

from alembic import op
from sqlalchemy import Column, Integer, MetaData, String, Table, Text, inspect

revision = "0006"
down_revision = "0005"


_TABLES = MetaData()
Table(
    "query_answers",
    _TABLES,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("school", String(64), nullable=False, index=True),
    Column("question", Integer, nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("rows", Integer),
    Column("problem", Text),
    Column("tables_read", Text),
    Column("sha256", String(64), nullable=False),
)


def upgrade() -> None:
    """Add the columns and the table where they are not there; a question from before keeps its row and its seal."""
    there = {column["name"] for column in inspect(op.get_bind()).get_columns("query_log")}
    for name, kind in (("person", Integer()), ("role", String(64)), ("parameters", Text()), ("sha256", String(64))):
        if name not in there:
            op.add_column("query_log", Column(name, kind))
    _TABLES.create_all(op.get_bind())
