"""One line of doctor's."""

from collections.abc import Callable
from dataclasses import dataclass

from policies.errors import UserError


@dataclass(frozen=True, slots=True)
class DoctorLine:
    """One thing that was looked at: ok, or wrong and what to do."""

    what: str
    is_ok: bool
    says: str

    @property
    def text(self) -> str:
        """The line as it is printed."""
        return f"{'ok   ' if self.is_ok else 'wrong'}  {self.what}: {self.says}"


def tried(what: str, fine: str, attempt: Callable[[], object]) -> DoctorLine:
    """Return the line for an attempt: `fine` where it succeeds, else the sentence of its error."""
    try:
        attempt()
    except UserError as error:
        return DoctorLine(what, is_ok=False, says=error.sentence)
    return DoctorLine(what, is_ok=True, says=fine)
