"""Pairs that must not pass, drawn by program: a master that shows less than the post, or a post of another picture."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from engines.pictures.model import Box
from engines.pictures.picture import Pixels, resize_in_steps
from tests.bench.pictures.posting import cropped, smiled

HIDING = ("blurred", "chequered", "black box", "smiling face")
SIZES = {"3-6": (0.03, 0.06), "6-12": (0.06, 0.12), "12-20": (0.12, 0.20)}  # per cent of the width
_LOOKED_AT = 12  # spots of which the one with most to see is hidden


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A master and what is posted beside it."""

    master: Pixels
    posted: Pixels


def hidden(pixels: Pixels, how: str, share: tuple[float, float], chance: Generator) -> Pair:
    """Return a master in which a spot with much to see is hidden, and the whole photograph as the post."""
    return Pair(covered(pixels, how, _spot(pixels, chance.uniform(*share), chance), chance), pixels)


def covered(pixels: Pixels, how: str, box: Box, chance: Generator) -> Pixels:
    """Return the pixels with a box hidden."""
    x, y, width, height = box
    made = pixels.copy()
    part = made[y : y + height, x : x + width]
    if how == "blurred":
        soft = cv2.GaussianBlur(made, (0, 0), width / chance.uniform(4, 8))
        part[:] = soft[y : y + height, x : x + width]
    elif how == "chequered":
        squares = int(chance.integers(4, 13))
        tall = max(round(squares * height / width), 2)
        part[:] = cv2.resize(resize_in_steps(part, (squares, tall)), (width, height), interpolation=cv2.INTER_NEAREST)
    elif how == "black box":
        part[:] = (12, 12, 12)
    else:
        smiled(made, x + width // 2, y + height // 2, round(width * 0.6))
    return made


def _spot(pixels: Pixels, share: float, chance: Generator) -> Box:
    """Return the box, of a few tries, in which most is to be seen."""
    high, wide = pixels.shape[:2]
    width = max(round(wide * share), 8)
    height = min(round(width * chance.uniform(1.0, 1.35)), high // 2)
    tries = [(int(chance.integers(wide - width)), int(chance.integers(high - height))) for _ in range(_LOOKED_AT)]
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    edges = np.abs(grey - cv2.GaussianBlur(grey, (0, 0), max(width / 12, 1.0)))
    x, y = max(tries, key=lambda at: float(edges[at[1] : at[1] + height, at[0] : at[0] + width].mean()))
    return x, y, width, height


def uncropped(pixels: Pixels, chance: Generator) -> Pair:
    """Return a crop of the photograph as the master, and the whole as the post."""
    keep = chance.uniform(0.45, 0.85)
    across = 1 - float(np.sqrt(keep) * chance.uniform(0.9, 1.1))
    return Pair(cropped(pixels, max(across, 0), max(1 - keep / (1 - max(across, 0)), 0.05), chance), pixels)


def moment_later(pixels: Pixels, chance: Generator) -> Pair:
    """Return the photograph, and another frame as well as it can be made: the camera moved, and so did what it saw."""
    high, wide = pixels.shape[:2]
    degrees, growth = float(chance.uniform(-2, 2)), float(chance.uniform(1.03, 1.1))
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, growth)
    turn[:, 2] += chance.uniform(-0.02, 0.02, 2) * [wide, high]
    made = np.asarray(cv2.warpAffine(pixels, turn, (wide, high), borderMode=cv2.BORDER_REFLECT), np.uint8)
    for _ in range(int(chance.integers(1, 4))):
        x, y, width, height = _spot(made, chance.uniform(0.08, 0.2), chance)
        to_x, to_y = int(chance.integers(wide - width)), int(chance.integers(high - height))
        oval = np.zeros((height, width, 1), np.float32)
        cv2.ellipse(oval, (width // 2, height // 2), (width * 2 // 5, height * 2 // 5), 0, 0, 360, 1.0, -1)
        soft = cv2.GaussianBlur(oval, (0, 0), max(width / 20, 1))[..., None]
        moved, ground = made[y : y + height, x : x + width].copy(), made[to_y : to_y + height, to_x : to_x + width]
        ground[:] = np.clip(moved * soft + ground * (1 - soft), 0, 255).astype(np.uint8)
    noisy = made.astype(np.float32) + chance.normal(0, 3, made.shape)
    return Pair(pixels, np.clip(noisy, 0, 255).astype(np.uint8))


def plain(chance: Generator) -> Pixels:
    """Draw a picture of nearly nothing: one colour, or one running into another."""
    first, second = chance.uniform(0, 255, (2, 3))
    share = np.linspace(0, 1, 900)[None, :, None] * float(chance.random() < 0.6)
    made = np.broadcast_to(first + (second - first) * share, (600, 900, 3)) + chance.normal(0, 1.0, (600, 900, 3))
    return np.clip(made, 0, 255).astype(np.uint8)
