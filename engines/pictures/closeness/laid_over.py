"""What a post has laid over an approved photograph: another photograph is told, and a sticker on a face is no other."""

from collections.abc import Sequence

import cv2
import numpy as np

from engines.pictures.closeness.fine_detail import WINDOW, FineDetail, window_of
from engines.pictures.closeness.unlike_spot import UnlikeSpot
from engines.pictures.comparison.change_classifier import share_of_three_colours
from engines.pictures.comparison.unexplained import LEAST_SQUARE, small_photographs
from engines.pictures.model import Box
from engines.pictures.picture import brightened

SAME_FACE = 0.9  # correlation of detail from which nobody asks whether it is another face
FEW_COLOURS = 0.85  # least share of three colours of a drawing, in good light
# Correlation of detail below which nothing of the master shines through. On the tune half photographs that were laid
# over others have 0.15 at most, and crests, through which one sees, 0.26 and more.
_OPAQUE = 0.2
_LEAST_REST = 0.15  # of a face's box that must be seen beside a sticker upon it


def photographs_over(detail: FineDetail, changed: Sequence[UnlikeSpot]) -> list[Box]:
    """Return the boxes, in the close pair, of photographs that were laid over the master's in these spots."""
    large = [spot for spot in changed if min(spot.box[2:]) >= LEAST_SQUARE and spot.correlation < _OPAQUE]
    colours = detail.close.colours if large else None
    return [] if colours is None else small_photographs(colours.posted, detail.other_ground(large))


def is_stuck_over(detail: FineDetail, face: Box, over: Sequence[UnlikeSpot]) -> bool:
    """Say whether what covers a part of a face is drawn, and the rest of it, of which there is enough, is alike."""
    window, colours = window_of(face), detail.close.colours
    other = detail.other_ground(over)
    rest = (detail.detailed & ~other)[window]
    covered = cv2.erode(other.astype(np.uint8), np.ones((WINDOW, WINDOW), np.uint8))[window] > 0
    if colours is None or not covered.any() or rest.mean() < _LEAST_REST:
        return False
    lit = brightened(colours.posted[window])
    is_drawn = share_of_three_colours(lit[covered]) >= FEW_COLOURS
    return bool(is_drawn) and float(detail.correlation[window][rest].mean()) >= SAME_FACE
