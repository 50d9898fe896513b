"""What commands print: sentences no wider than the terminal, and the lines of doctor."""

import shutil
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import typer

from policies.errors import UserError

NARROWEST = 40


def say(text: str, *, indent: int = 0) -> None:
    """Print a text, its further lines under its first."""
    width = max(shutil.get_terminal_size((100, 24)).columns, NARROWEST)
    margin = " " * indent
    typer.echo(
        textwrap.fill(text, width, initial_indent=margin, subsequent_indent=margin or "  ", break_long_words=False)
    )


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


def what_next(school_id: str, looks: Sequence[DoctorLine]) -> str:
    """Return the one thing to do next: what is wrong first, else the first run, else that nothing is to be done."""
    if wrong := next((look for look in looks if not look.is_ok), None):
        return f"{wrong.what}: {wrong.says}"
    is_first = any(look.what == "last run" and look.says.startswith("none yet") for look in looks)
    return f"Everything that a run needs is there. Run: audit run {school_id}" if is_first else "Nothing is to be done."
