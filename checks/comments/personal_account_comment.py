"""A member of staff should not take part in official business from a personal account."""

from checks.comments.touching import CommenterCheck, commenters
from checks.papers import papers

CHECK = CommenterCheck(
    **papers(__name__),
    judge=commenters("staff"),
)
