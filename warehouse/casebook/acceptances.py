"""The acceptance of a register that came short: a person says that it is right; the casebook keeps it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What one person said of a register that came short: that this file, beside that run, is right.

    `sha256` is the file's, empty where there is no file any more; `compared_with` is the run that it was compared with.
    """

    register: str
    sha256: str
    rows: int
    compared_with: str | None
    by_role: str
    note: str
    at: datetime
    by_person: int | None = None
    by_user: str | None = None
