"""From what was found in a picture to verdicts: approved or not, for a channel and a day.

What stands here needs no library for images; `picture_parts`, which words what was found, does.
"""

from engines.pictures.verdicts.approvals import (
    CHANNELS,
    Approval,
    Kind,
    Obstacle,
    Pupils,
    obstacle,
    obstacle_order,
    pupils_of,
    pupils_shown,
    written_roll_ids,
)
from engines.pictures.verdicts.channel_verdicts import (
    NOT_FETCHED,
    Approvals,
    Day,
    PartVerdict,
    PostingPermission,
    most_serious,
    part_verdicts,
    permission_to_post,
    unreadable_part,
)

__all__ = [
    "CHANNELS",
    "NOT_FETCHED",
    "Approval",
    "Approvals",
    "Day",
    "Kind",
    "Obstacle",
    "PartVerdict",
    "PostingPermission",
    "Pupils",
    "most_serious",
    "obstacle",
    "obstacle_order",
    "part_verdicts",
    "permission_to_post",
    "pupils_of",
    "pupils_shown",
    "unreadable_part",
    "written_roll_ids",
]
