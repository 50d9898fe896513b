"""Requests of people about their data are cases of their own."""

from alembic import op

from warehouse.casebook.tables import REQUESTS

revision = "0.6.0"
down_revision = "0.3.0"


def upgrade() -> None:
    """Make the table."""
    REQUESTS.create(op.get_bind())
