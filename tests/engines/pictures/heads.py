"""Heads drawn by program, which the detector takes for faces: nobody's, of any skin and in any light."""

from functools import lru_cache

import cv2
import numpy as np

from engines.pictures.model import Box
from engines.pictures.picture import Pixels

# Skins from light to dark, the middles of groups of the Fitzpatrick scale as the eye sees them, in red, green, blue.
SKINS = {"light": (226, 186, 160), "middle": (190, 140, 105), "brown": (128, 88, 62), "dark": (78, 52, 38)}
WALL = (120, 140, 150)
_FINE = 8  # times as large as it is drawn, before it is made small


@lru_cache(maxsize=256)
def head(width: int, height: int, skin: tuple[int, int, int] = SKINS["light"], dim: float = 1.0) -> Pixels:
    """Draw a head so large before a wall, with a third of its width around it; `dim` is the exponent of its light."""
    wide, high = width * _FINE, height * _FINE
    room = wide // 3
    drawn = np.full((high + 2 * room, wide + 2 * room, 3), WALL, np.float32)
    x, y = drawn.shape[1] // 2, drawn.shape[0] // 2
    own = np.array(skin, np.float32)

    def oval(across: float, down: float, half_wide: float, half_high: float, colour: np.ndarray) -> None:
        middle = (x + round(wide * across), y + round(high * down))
        axes = (round(wide * half_wide), round(high * half_high))
        cv2.ellipse(drawn, middle, axes, 0, 0, 360, [float(value) for value in colour], -1)

    oval(0, -0.06, 0.54, 0.54, 0.25 * own)
    cv2.rectangle(drawn, (x - wide // 5, y + high // 4), (x + wide // 5, drawn.shape[0]), (0.8 * own).tolist(), -1)
    oval(0, 0.03, 0.44, 0.48, own)
    lit = np.zeros(drawn.shape[:2], np.float32)
    cv2.ellipse(lit, (x, y + high // 30), (round(wide * 0.44), round(high * 0.48)), 0, 0, 360, 1, -1)
    drawn *= (0.6 + 0.45 * cv2.GaussianBlur(lit, (0, 0), wide / 8))[..., None]
    for side in (-0.19, 0.19):
        oval(side, -0.05, 0.09, 0.032, np.array((235.0, 230, 225)))
        oval(side, -0.05, 0.04, 0.03, 0.15 * own)
        oval(side, -0.125, 0.115, 0.018, 0.3 * own)
    oval(0, 0.08, 0.03, 0.1, 1.1 * own)
    oval(0, 0.165, 0.085, 0.025, 0.7 * own)
    oval(0, 0.28, 0.16, 0.035, own * (0.8, 0.5, 0.55))
    oval(0, 0.28, 0.15, 0.006, 0.35 * own)
    small = cv2.resize(drawn, (drawn.shape[1] // _FINE, drawn.shape[0] // _FINE), interpolation=cv2.INTER_AREA)
    made = np.clip(255 * (np.clip(small, 0, 255) / 255) ** dim, 0, 255).astype(np.uint8)
    made.flags.writeable = False
    return made


def placed(pixels: Pixels, made: Pixels, left: int, top: int) -> tuple[Pixels, Box]:
    """Return the pixels with a drawn head put at a place, and the box of the head without the room around it."""
    shown = pixels.copy()
    high, wide = made.shape[:2]
    shown[top : top + high, left : left + wide] = made
    room = wide // 5
    return shown, (left + room, top + room, wide - 2 * room, high - 2 * room)
