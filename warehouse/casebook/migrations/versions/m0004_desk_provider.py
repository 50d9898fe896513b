"""By which account of the school's own provider a person signs in at the desk."""

from alembic import op
from sqlalchemy import Column, DateTime, String

revision = "0004"
down_revision = "0003"

_TABLE = "desk_people"


def upgrade() -> None:
    """Add the columns, and let one account of a provider be one person of a school."""
    for name, length in (("provider_issuer", 255), ("provider_subject", 255), ("invited_email", 254)):
        op.add_column(_TABLE, Column(name, String(length)))
    op.add_column(_TABLE, Column("invited_until", DateTime(timezone=True)))
    columns = ["school", "provider_issuer", "provider_subject"]
    op.create_index("one_person_of_an_account", _TABLE, columns, unique=True)
