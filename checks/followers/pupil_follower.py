"""A pupil's own account should not follow the school's official account."""

from checks.followers.known import FollowerCheck, known_followers, unsettled
from checks.papers import papers

CHECK = FollowerCheck(
    **papers(__name__),
    judge=known_followers("pupil"),
    unseen=unsettled("follower", "a pupil's", "pupil"),
)
