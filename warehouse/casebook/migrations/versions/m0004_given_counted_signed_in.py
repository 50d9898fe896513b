"""What came with release 0.7.0: cases given to one person, and what each school spends of every allowance.

A case that was given before went to its role; what was spent before is not known here.
"""

import sqlalchemy as sa
from alembic import op

from warehouse.casebook.spending import SPENDING

revision = "0.7.0"
down_revision = "0.6.0"


def upgrade() -> None:
    """Add the column, and make the table."""
    op.add_column("decisions", sa.Column("to_person", sa.Integer))
    SPENDING.create(op.get_bind())
