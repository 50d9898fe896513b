"""A governor should not follow the school's official account from a personal account."""

from checks.followers.known import FollowerCheck, known_followers, unsettled
from checks.papers import papers

CHECK = FollowerCheck(
    **papers(__name__),
    judge=known_followers("governor"),
    unseen=unsettled("follower", "a governor's", "governor"),
)
