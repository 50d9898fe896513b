"""Which faces a post shows, from those that were found once in the masters that it shows."""

from collections.abc import Sequence

import numpy as np

from engines.pictures.features.face_detection import Face
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.index.search import FoundMaster
from engines.pictures.picture import scale_box


def faces_of_masters(masters: Sequence[FoundMaster], register: MasterIndex, growth: float) -> list[Face] | None:
    """Return the masters' faces where they are shown, in a post so many times as large as the one they were found in.

    None where nobody has looked for faces in one of the masters.
    """
    shown: list[Face] = []
    for found in masters:
        faces = register.masters[found.number].features.faces
        if faces is None:
            return None
        shown += [
            Face(scale_box(box, growth), face.facing)
            for face in faces
            if (box := _box_in_post(face, found)) is not None
        ]
    return shown


def _box_in_post(face: Face, found: FoundMaster) -> tuple[int, int, int, int] | None:
    """Return where a master's face lies in the post; None where that is not shown."""
    left, top, width, height = face.box
    corners = np.array([[left, top], [left + width, top + height]]) @ found.match.map[:, :2].T + found.match.map[:, 2]
    (first, upper), (last, lower) = np.sort(corners, axis=0)
    x, y, wide, high = found.match.box
    if not (x <= (first + last) / 2 < x + wide and y <= (upper + lower) / 2 < y + high):
        return None
    return round(first), round(upper), round(last - first), round(lower - upper)
