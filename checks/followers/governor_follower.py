"""A governor should not follow the school's official account from a personal account."""

from checks.followers.known import known_follower_check

CHECK = known_follower_check(__name__, "governor", "a governor's")
