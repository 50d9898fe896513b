"""A pupil's own account should not follow the school's official account."""

from checks.followers.known import known_follower_check

CHECK = known_follower_check(__name__, "pupil", "a pupil's")
