"""An invitation may be a code for one command, given at the desk; those of before invite to the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0.7.0"
down_revision = "0.6.0"


def upgrade() -> None:
    """Add the column."""
    op.add_column("desk_invitations", sa.Column("for_command", sa.String(16)))
