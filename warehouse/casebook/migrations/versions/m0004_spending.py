"""What each school spends of every allowance is counted from now on; what was spent before is not known here."""

from alembic import op

from warehouse.casebook.spending import SPENDING

revision = "0.7.0"
down_revision = "0.6.0"


def upgrade() -> None:
    """Make the table."""
    SPENDING.create(op.get_bind())
