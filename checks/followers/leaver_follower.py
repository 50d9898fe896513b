"""A former pupil who is not yet grown up should not follow the school's official account."""

from checks.followers.known import GROWN_UP, known_follower_check

CHECK = known_follower_check(__name__, "leaver", "a former pupil's", defaults={"until_age": GROWN_UP})
