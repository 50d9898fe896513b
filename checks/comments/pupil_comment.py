"""A pupil's own account should not reply to the school's posts or comment on its videos."""

from checks.comments.touching import commenter_check

CHECK = commenter_check(__name__, "pupil", "a pupil's")
