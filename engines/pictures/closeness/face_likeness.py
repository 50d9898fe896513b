"""Whether a post shows, in the place of each of its master's faces, that face and no other.

Another's face that is blended in keeps the tone of the one before, and few of the pixels at which fine detail is
compared. So a face is compared by its own lines, which are coarser the larger it is: their correlation is 0.95 and more
where nothing lies over it. What is unlike is another's only where it stands out: words and strong compression leave as
much elsewhere in the picture.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from engines.pictures.closeness.face_tone import INNER, is_shown, ovals_of
from engines.pictures.closeness.fine_detail import FineDetail
from engines.pictures.closeness.laid_over import is_stuck_over
from engines.pictures.model import Box
from engines.pictures.picture import Numbers, shared_area

# Chosen on faces of the tune half: of 345 harmless posts that were approved none has such a face.
_FINEST, _COARSEST, _LEAST_SIGMA = 1 / 30, 1 / 5, 0.8  # of a face's width, between which its lines lie; pixels
_ALIKE = 0.9  # correlation of lines from which it is the same face
_FAR_ABOVE, _LEAST = 2.0, 20.0  # times what is unlike elsewhere, and grey levels squared
_NOISE = 4.0  # grey levels squared that say nothing
_WINDOW = 0.8  # of a face's width: a side of the square within which the rest of the picture is compared
_AS_RICH = 0.5  # of the face's energy of lines, that ground elsewhere must have to be compared with it


def other_faces(detail: FineDetail, faces: Sequence[Box]) -> list[Box]:
    """Return in whose place, of the master's faces given in the close pair, the post shows another face.

    A face that a sticker covers in part is none of them where the rest of it is alike.
    """
    others = [face for face in faces if is_shown(detail, face) and _is_another(detail, face)]
    spots = detail.spots() if others else []
    return [face for face in others if not is_stuck_over(detail, face, [s for s in spots if shared_area(face, s.box)])]


def _is_another(detail: FineDetail, face: Box) -> bool:
    """Say whether the lines of a face are not the master's, by far more than elsewhere in the picture."""
    window, [oval] = ovals_of(detail.ground.shape, face, INNER)
    inner = np.zeros(detail.ground.shape, bool)
    inner[window] = oval & detail.ground[window]
    near = _square_around(face, face[2])
    posted, master = _lines_of(detail, face[2], near)
    shown, own, both = (float(values[inner[near]].sum()) for values in (posted**2, master**2, posted * master))
    if not inner.any() or both >= _ALIKE * np.sqrt(shown * own + _NOISE):
        return False
    gain, pixels = both / (own + _NOISE), int(inner.sum())
    unlike = (shown - 2 * gain * both + gain**2 * own) / pixels
    return unlike > max(_FAR_ABOVE * _unlike_elsewhere(detail, face, own / pixels), _LEAST)


def _unlike_elsewhere(detail: FineDetail, face: Box, energy: float) -> float:
    """Return the energy that the worst hundredth of ground as rich as a face leaves unexplained, far from the face."""
    posted, master = _lines_of(detail, face[2], np.s_[:, :])
    side = max(round(_WINDOW * face[2]), 7) | 1
    shown, own, both = (cv2.boxFilter(each, -1, (side, side)) for each in (posted**2, master**2, posted * master))
    compared = detail.ground & (own > _AS_RICH * energy)
    compared[_square_around(face, face[2] // 2)] = False
    if not compared.any():
        return 0.0
    correlation = np.clip(both / np.sqrt(shown * own + _NOISE), 0, 1)
    return float(np.quantile((shown * (1 - correlation**2))[compared], 0.99))


def _lines_of(detail: FineDetail, width: int, window: tuple[slice, slice]) -> list[Numbers]:
    """Return the lines of post and master in a window, of the size that those of a face so wide have."""
    fine, coarse = max(_FINEST * width, _LEAST_SIGMA), max(_COARSEST * width, 2 * _LEAST_SIGMA)
    pair = detail.close.pair
    lightness = [image[window].astype(np.float32) for image in (pair.posted, pair.master)]
    return [cv2.GaussianBlur(each, (0, 0), fine) - cv2.GaussianBlur(each, (0, 0), coarse) for each in lightness]


def _square_around(face: Box, room: int) -> tuple[slice, slice]:
    x, y, width, height = face
    return np.s_[max(y - room, 0) : max(y + height + room, 0), max(x - room, 0) : max(x + width + room, 0)]
