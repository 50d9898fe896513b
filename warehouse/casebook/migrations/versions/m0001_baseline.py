"""The casebook of release 0.2.0: a new casebook gets it from `tables.py` at once, without this migration."""

revision = "0.2.0"
down_revision = None


def upgrade() -> None:
    """Change nothing: later migrations begin from here."""
