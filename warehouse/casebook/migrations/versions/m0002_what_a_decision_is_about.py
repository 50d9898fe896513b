"""A decision keeps what its case was about; those of before have nothing there."""

import sqlalchemy as sa
from alembic import op

revision = "0.3.0"
down_revision = "0.2.0"


def upgrade() -> None:
    """Add the column."""
    op.add_column("decisions", sa.Column("about", sa.Text))
