"""A former pupil who is not yet grown up should not follow the school's official account."""

from checks.followers.known import GROWN_UP, FollowerCheck, known_followers, unsettled
from checks.papers import papers

CHECK = FollowerCheck(
    **papers(__name__),
    judge=known_followers("leaver"),
    defaults={"until_age": GROWN_UP},
    unseen=unsettled("follower", "a former pupil's", "leaver"),
)
