"""What came with release 0.7.0: cases given to one person, codes for one command, and what each school spends.

A case that was given before went to its role, and an invitation of before invites to the desk; what was spent of an
allowance before is not known here.
"""

import sqlalchemy as sa
from alembic import op

from warehouse.casebook.spending import SPENDING

revision = "0.7.0"
down_revision = "0.6.0"


def upgrade() -> None:
    """Add the columns, and make the table."""
    op.add_column("decisions", sa.Column("to_person", sa.Integer))
    op.add_column("desk_invitations", sa.Column("for_command", sa.String(16)))
    SPENDING.create(op.get_bind())
