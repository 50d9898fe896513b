"""The casebook's times: written in UTC, which SQLite gives back without saying so."""

from datetime import UTC, datetime


def in_utc(at: datetime) -> datetime:
    """Return a time of the casebook with its zone."""
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
