"""Posters in a school's own layouts: the same strip, crest, lettering and bunting around whatever photograph."""

from collections.abc import Callable

import cv2
import numpy as np

from engines.pictures.picture import Pixels, resize_in_steps
from tests.bench.pictures.posting import shaped

_NAVY, _WHITE, _GOLD, _RED = (20, 50, 120), (255, 255, 255), (230, 210, 120), (190, 40, 50)
LINES = ("Every child matters", "Open morning", "Tuesdays, nine to eleven", "All are welcome", "Ring 01632 960 001")
_Ink = tuple[int, int, int]
Layout = Callable[[Pixels, str], Pixels]


def in_strip(pixels: Pixels, name: str) -> Pixels:
    """Lay a strip with the crest and the name over the foot of a photograph."""
    made = pixels.copy()
    strip = made[-round(len(made) * 0.18) :]
    strip[:] = _NAVY
    deep = len(strip)
    crest(strip, deep * 3 // 4, deep // 2, deep * 2 // 5)
    cv2.putText(strip, name, (deep * 3 // 2, deep // 2), 0, deep / 70, _WHITE, 2, cv2.LINE_AA)
    cv2.putText(strip, LINES[0], (deep * 3 // 2, deep * 4 // 5), 0, deep / 130, _GOLD, 1, 16)
    return made


def headed(pixels: Pixels, name: str) -> Pixels:
    """Put a photograph under a deep head with bunting, the crest and three lines of words."""
    page = np.full((900, 1200, 3), _NAVY, np.uint8)
    bunting(page, 60)
    crest(page, 120, 200, 80)
    words(page, (240, 170), (name, *LINES[1:3]), 1.5)
    page[330:] = resize_in_steps(shaped(pixels, 1200 / 570), (1200, 570))
    return page


def set_in(pixels: Pixels, name: str) -> Pixels:
    """Set a photograph into a page with a border, words above it and words below it."""
    page = np.full((1200, 900, 3), _WHITE, np.uint8)
    cv2.rectangle(page, (20, 20), (880, 1180), _RED, 12)
    bunting(page, 50)
    crest(page, 110, 180, 60)
    words(page, (200, 200), (name,), 1.4, _NAVY)
    page[280:880, 50:850] = resize_in_steps(shaped(pixels, 4 / 3), (800, 600))
    words(page, (60, 960), LINES, 1.1, _RED)
    return page


def beside(pixels: Pixels, name: str) -> Pixels:
    """Put a photograph beside a panel of words."""
    page = np.full((675, 1200, 3), _GOLD, np.uint8)
    crest(page, 230, 130, 90)
    words(page, (30, 300), (name, *LINES), 0.95, _NAVY)
    page[:, 470:] = resize_in_steps(shaped(pixels, 730 / 675), (730, 675))
    return page


def badged(pixels: Pixels, name: str) -> Pixels:
    """Lay the crest over one corner and the name in large letters over the photograph."""
    made = resize_in_steps(shaped(pixels, 4 / 3), (1000, 750))
    crest(made, 130, 130, 100)
    words(made, (60, 620), (name, LINES[1]), 1.9)
    bunting(made, 30)
    return made


def turned_over(pixels: Pixels, name: str) -> Pixels:
    """Put the head of `headed` under the photograph, as an older poster may have it."""
    page = headed(pixels, name)
    return np.vstack([page[330:], page[:330]])


LAYOUTS: dict[str, Layout] = {
    "strip": in_strip,
    "head": headed,
    "page": set_in,
    "panel": beside,
    "badge": badged,
}


def crest(page: Pixels, x: int, y: int, radius: int) -> None:
    """Draw a round crest with a shield."""
    cv2.circle(page, (x, y), radius, _WHITE, -1, cv2.LINE_AA)
    cv2.circle(page, (x, y), radius * 5 // 8, _NAVY, -1, cv2.LINE_AA)
    shield = np.array([[-3, -3], [3, -3], [2, 2], [0, 4], [-2, 2]]) * radius // 8 + [x, y]
    cv2.fillPoly(page, [shield.astype(np.int32)], _GOLD, cv2.LINE_AA)


def bunting(page: Pixels, deep: int) -> None:
    """Draw a row of flags along the top."""
    for number, left in enumerate(range(0, page.shape[1], deep)):
        flag = np.array([[left, 0], [left + deep, 0], [left + deep // 2, deep]], np.int32)
        cv2.fillPoly(page, [flag], (_RED, _GOLD, _WHITE)[number % 3], cv2.LINE_AA)


def words(page: Pixels, at: tuple[int, int], lines: tuple[str, ...], size: float, ink: _Ink = _WHITE) -> None:
    """Write lines, one below another."""
    for number, line in enumerate(lines):
        place = (at[0], at[1] + round(number * 45 * size))
        cv2.putText(page, line, place, cv2.FONT_HERSHEY_SIMPLEX, size, ink, 2, cv2.LINE_AA)
