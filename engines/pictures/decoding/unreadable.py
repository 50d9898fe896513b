"""Why bytes are no picture that can be looked at."""

from dataclasses import dataclass
from typing import Literal

Problem = Literal["too_large", "too_slow", "too_many", "truncated", "not_a_picture"]


@dataclass(frozen=True, slots=True)
class UnreadablePicture:
    """Says in a word why bytes are not a picture that can be looked at."""

    problem: Problem
