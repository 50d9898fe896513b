"""A member of staff should not take part in official business from a personal account."""

from checks.comments.touching import CommenterCheck, commenters
from checks.followers.known import unsettled
from checks.papers import papers

CHECK = CommenterCheck(
    **papers(__name__),
    judge=commenters("staff"),
    unseen=unsettled("writer", "a member of staff's", "staff"),
)
