"""How much one question may take of the machine, and how much of its answer is given."""

from dataclasses import asdict, dataclass
from typing import Any

SHOWN_ROWS = 1_000
LONGEST_QUESTION = 20_000  # characters


@dataclass(frozen=True, slots=True)
class QuestionLimits:
    """What bounds a question and the making of its answer; each says so in a sentence when it bites.

    `seconds` are by the clock on the wall, `processor_seconds` of all cores; `memory` are bytes beside what the process
    needs to start, `engine_memory` those of DuckDB's own; `rows` and `most_bytes` are of the answer that is given,
    `counted_rows` how far rows are counted that are not shown.
    """

    seconds: float = 30.0
    processor_seconds: int = 50
    memory: int = 2_000_000_000
    engine_memory: int = 400_000_000
    rows: int = 1_000_000
    counted_rows: int = 10_000_000
    most_bytes: int = 100_000_000
    starting_seconds: float = 60.0

    def told(self) -> dict[str, Any]:
        """Return the limits as the process that answers is told them."""
        return asdict(self)

    @property
    def too_slow(self) -> str:
        """The sentence for a question that took too long."""
        return f"The question took longer than {self.seconds:g} seconds and was stopped; ask for less at once."

    @property
    def too_busy(self) -> str:
        """The sentence for a question that used the processor for too long."""
        return f"The question used more than {self.processor_seconds} seconds of processor time; ask for less at once."

    @property
    def too_much_memory(self) -> str:
        """The sentence for a question that needs too much memory."""
        return "The question needs more memory than it may have; ask for less at once."

    @property
    def too_many_rows(self) -> str:
        """The sentence for an answer of too many rows."""
        return f"The answer has more than {self.rows:,} rows; count, group or LIMIT it."

    @property
    def too_large(self) -> str:
        """The sentence for an answer of too many bytes."""
        return f"The answer is larger than {self.most_bytes // 1_000_000:,} MB; ask for fewer rows or columns at once."
