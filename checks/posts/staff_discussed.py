"""No official post should carry personal detail about the staff."""

from collections.abc import Sequence

from checks.papers import papers
from checks.posts.wording import WordingCheck, judge_of
from engines.words import TextFamily


def _reason(which: str, _families: Sequence[TextFamily]) -> str:
    return f"{which} seems to tell something personal about the staff."


CHECK = WordingCheck(
    **papers(__name__),
    concerns="staff",
    judge=judge_of(["staff_detail"], _reason),
)
