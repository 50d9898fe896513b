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
from engines.pictures.registration.overlay import AlignedPair

SAME_FACE = 0.9  # correlation of detail from which nobody asks whether it is another face
FEW_COLOURS = 0.85  # least share of three colours of a drawing, in good light
# Correlation of detail below which nothing of the master shines through. On the tune half photographs that were laid
# over others have 0.15 at most, and crests, through which one sees, 0.26 and more.
_OPAQUE = 0.2
_LEFT, _FINE = (0.2, 0.75), 3.0  # share of the master that shines through what is seen; pixels: what is finer tells it
_OWN, _TONE = 0.6, 6.0  # correlation of tones from which it is the master's own; pixels: what is coarser is tone
_LEAST_REST = 0.15  # of a face's box that must be seen beside a sticker upon it


def photographs_over(detail: FineDetail, changed: Sequence[UnlikeSpot]) -> list[Box]:
    """Return the boxes, in the close pair, of photographs that were laid over the master's in these spots."""
    large = [spot for spot in changed if min(spot.box[2:]) >= LEAST_SQUARE]
    colours = detail.close.colours if large else None
    if colours is None:
        return []
    opaque = [spot for spot in large if spot.correlation < _OPAQUE]
    over = small_photographs(colours.posted, detail.other_ground(opaque)) if opaque else []
    return over + [spot.box for spot in large if spot not in opaque and _shows_through(colours, spot)]


def _shows_through(colours: AlignedPair, spot: UnlikeSpot) -> bool:
    """Say whether a photograph lies over the master's, and lets it through, as a reflection in glass does.

    Fine detail tells how much of the master is left; that taken off, the rest is what was laid over it. Where that has
    the master's own tones, it is the master blurred, or in another light; a crest has starker lines than the master.
    """
    if not spot.looks_photographed or spot.detail > spot.master_detail:
        return False
    posted, master = (pixels[window_of(spot.box)].astype(np.float32) for pixels in (colours.posted, colours.master))
    fine, own = (pixels - cv2.GaussianBlur(pixels, (0, 0), _FINE) for pixels in (posted, master))
    left = float((fine * own).sum() / max(float((own * own).sum()), 1.0))
    if not _LEFT[0] <= left <= _LEFT[1]:
        return False
    over = np.clip((posted - np.float32(left) * master) / np.float32(1 - left), 0, 255).astype(np.uint8)
    tones = [cv2.GaussianBlur(pixels.astype(np.float32), (0, 0), _TONE).ravel() for pixels in (over, master)]
    is_own = float(np.asarray(np.corrcoef(tones))[0, 1]) > _OWN
    return not is_own and bool(small_photographs(over, np.ones(over.shape[:2], bool)))


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
