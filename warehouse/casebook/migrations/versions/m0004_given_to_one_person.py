"""A case may be given to one person of a role; those that were given before went to the role."""

import sqlalchemy as sa
from alembic import op

revision = "0.7.0"
down_revision = "0.6.0"


def upgrade() -> None:
    """Add the column."""
    op.add_column("decisions", sa.Column("to_person", sa.Integer))
