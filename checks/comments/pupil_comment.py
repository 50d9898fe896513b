"""A pupil's own account should not reply to the school's posts or comment on its videos."""

from checks.comments.touching import CommenterCheck, commenters
from checks.followers.known import unsettled
from checks.papers import papers

CHECK = CommenterCheck(
    **papers(__name__),
    judge=commenters("pupil"),
    unseen=unsettled("writer", "a pupil's", "pupil"),
)
