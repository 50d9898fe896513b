"""A member of staff should not take part in official business from a personal account."""

from checks.comments.touching import commenter_check

CHECK = commenter_check(__name__, "staff", "a member of staff's")
