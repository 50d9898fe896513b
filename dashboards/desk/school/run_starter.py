"""What the desk needs of whoever starts runs; it is implemented above, where runs are made."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from policies.school import School


class RunStarter(Protocol):
    """Starts the runs of one school, and reads its settings as they stand now."""

    def school(self) -> School:
        """Return school.toml; a UserError names every mistake in it."""

    def start(self, as_of: date | None, options: Sequence[str] = ()) -> None:
        """Start a run of a day, or of today where None; a UserError in one sentence if it cannot be started."""
