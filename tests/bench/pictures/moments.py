"""Another frame of a scene, as a camera takes it a moment later: it moved, what is near moved more, and so did things.

Nothing is drawn in: what moves is a part of the photograph itself, with soft edges, and the ground that it leaves
shows again.
"""

import cv2
import numpy as np
from numpy.random import Generator

from engines.pictures.model import Box
from engines.pictures.picture import Numbers, Pixels

_NEAR = (0.004, 0.02)  # of the width: by how much what is near shifts against what is far
_LAYERS = 3  # depths of which a scene is made


def another_frame(pixels: Pixels, chance: Generator) -> Pixels:
    """Return the frame that follows: from a step aside, with one to four things moved, in other light and noise."""
    made = _aside(pixels, chance)
    for _ in range(int(chance.integers(1, 5))):
        made = _moved(made, chance)
    turned = _turned(made, chance)
    light = turned.astype(np.float32) * chance.uniform(0.95, 1.05)
    noisy = light + chance.normal(0, 2.5, made.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def _aside(pixels: Pixels, chance: Generator) -> Pixels:
    """Shift each place by its depth: a scene is deep in soft patches, and nearer towards its foot."""
    high, wide = pixels.shape[:2]
    rough = cv2.resize(chance.random((4, 5)).astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC)
    near = rough + np.linspace(0, 1, high, dtype=np.float32)[:, None]
    steps = np.floor(_LAYERS * near / max(float(near.max()), 1e-3)).astype(np.float32) / _LAYERS
    depth = cv2.GaussianBlur(steps, (0, 0), wide / 100)
    way, reach = chance.uniform(0, 2 * np.pi), wide * chance.uniform(*_NEAR)
    across, down = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    return _read(pixels, across + reach * np.cos(way) * depth, down + 0.4 * reach * np.sin(way) * depth)


def _moved(pixels: Pixels, chance: Generator) -> Pixels:
    """Push what stands in a soft oval aside, as somebody moves who stands there; what is behind is drawn along."""
    high, wide = pixels.shape[:2]
    x, y, width, height = _oval(wide, high, chance)
    across, down = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    apart = ((across - x) / width) ** 2 + ((down - y) / height) ** 2
    weight = np.exp(-(apart**2)).astype(np.float32)
    way, reach = chance.uniform(0, 2 * np.pi), width * chance.uniform(0.15, 0.5)
    return _read(pixels, across + reach * np.cos(way) * weight, down + reach * np.sin(way) * weight)


def _oval(wide: int, high: int, chance: Generator) -> Box:
    width = round(wide * chance.uniform(0.06, 0.14))
    height = min(round(width * chance.uniform(1.0, 2.0)), high // 3)
    return int(chance.integers(width, wide - width)), int(chance.integers(height, high - height)), width, height


def _turned(pixels: Pixels, chance: Generator) -> Pixels:
    high, wide = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), float(chance.uniform(-1.5, 1.5)), chance.uniform(1.04, 1.1))
    turn[:, 2] += chance.uniform(-0.02, 0.02, 2) * [wide, high]
    return np.asarray(cv2.warpAffine(pixels, turn, (wide, high), borderMode=cv2.BORDER_REFLECT), np.uint8)


def _read(pixels: Pixels, across: Numbers, down: Numbers) -> Pixels:
    places = across.astype(np.float32), down.astype(np.float32)
    return np.asarray(cv2.remap(pixels, *places, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.uint8)
