"""Whether a face has another skin tone than in its master, though its detail may be the same.

What a filter does to colours it does to the whole picture: that is learnt from the pair and taken off first. A light
that falls off slowly changes a face and what is around it alike. What is left on a face alone is another skin, where it
is more than what is left elsewhere: black and white, or sepia, is no filter that can be learnt wholly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from engines.pictures.closeness.close_pair import ClosePair, scaled_mask
from engines.pictures.closeness.fine_detail import FineDetail, flat_ground
from engines.pictures.model import Box
from engines.pictures.picture import Mask, Numbers, Pixels, scale_box
from engines.pictures.registration.overlay import align_pair

_SIDE = 640  # pixels at which colours are compared
_SOFT = 1.5  # pixels: what is finer is detail
_EVERY = 4  # pixels along a side of which one is asked what the filter was
_ROUNDS, _EXPLAINED, _LEAST_MISS = 5, 0.75, 1.0  # of the fit: rounds, the share that is kept, and what always is
_STIFF = 1e-5  # how strongly the fit is held to no filter at all
INNER = (0.42, 0.45)  # of a face's width and height: half axes of the oval that is surely the face
_AROUND = ((0.72, 0.72), (1.15, 1.15))  # of both: half axes between which its surroundings lie, free of hair
_ANOTHER, _ANOTHER_IN_DARK, _OF_LIGHTNESS = 10.0, 5.0, 0.4  # units of CIE Lab, and of the lightness, of another skin
_UNEXPLAINED = 3.0  # times what the filter leaves unexplained elsewhere, from which a face has changed by itself
_SHINES = 0.8  # median correlation of detail, from which what is there shows through another tone
_AS_MUCH = (0.4, 2.2)  # detail of the post for that of the master: blurring leaves less, and a crest has more
_FACE_DETAIL = 90.0  # energy of detail that a face in good light has, and one in the dark has not
_FLATTER = 0.25  # share of flat ground by which a sticker is flatter


@dataclass(frozen=True, eq=False)
class ToneShift:
    """The colours of the two in CIE Lab, at `scale` of the close pair, and what a filter did to the master's.

    By how much a place has another colour than the filter explains is worked out where it is asked for.
    """

    posted: Numbers
    master: Numbers
    filtered: np.ndarray  # the filter's coefficients
    valid: Mask
    beside: Mask  # the same without the faces
    scale: float

    @cached_property
    def unexplained(self) -> float:
        """The shift that nine tenths of what is no face stay below."""
        shift = self._shift(self.beside)
        return float(np.quantile(np.linalg.norm(shift, axis=1), 0.9)) if len(shift) else 0.0

    def is_another_skin(self, face: Box) -> bool:
        """Say whether a face of the close pair has another tone, and not as its surroundings have."""
        window, ovals = ovals_of(self.valid.shape, scale_box(face, self.scale), INNER, *_AROUND)
        inner, within, without = (each & self.valid[window] for each in ovals)
        if not inner.any():
            return False
        shift, around = self._shift(window), without & ~within
        own = np.median(shift[inner], axis=0)
        other = np.median(shift[around], axis=0) if around.any() else np.zeros(3)
        changed = min(float(np.linalg.norm(own)), float(np.linalg.norm(own - other)))
        least = _OF_LIGHTNESS * float(np.median(self.master[window][inner][:, 0]))
        is_clear = changed > min(max(least, _ANOTHER_IN_DARK), _ANOTHER)
        return is_clear and changed > _UNEXPLAINED * self.unexplained

    def _shift(self, where: tuple[slice, slice] | Mask) -> Numbers:
        """Return by how much each of these places has another colour than the filter explains."""
        master = self.master[where]
        explained = (_terms(master) @ self.filtered).astype(np.float32)
        return np.asarray(self.posted[where] - master - explained, np.float32)


def other_skins(detail: FineDetail, faces: Sequence[Box]) -> list[Box]:
    """Return which faces of the master, given in the close pair, the post shows in another skin tone.

    A face that was drawn over, blurred or chequered in the post is none of them.
    """
    shown = [face for face in faces if is_shown(detail, face)]
    shift = tone_shift(detail.close, detail.ground, faces) if shown else None
    return [] if shift is None else [face for face in shown if shift.is_another_skin(face)]


def is_shown(detail: FineDetail, face: Box) -> bool:
    """Say whether a post shows, in a face's place, its detail or as much of another photograph's."""
    window, [inner] = ovals_of(detail.ground.shape, face, INNER)
    inner &= detail.ground[window]
    compared = inner & detail.detailed[window]
    if compared.any() and float(np.median(detail.correlation[window][compared])) >= _SHINES:
        return True
    colours = detail.close.colours if inner.any() else None
    if colours is None:
        return False
    shown, own = (float(energy[window][inner].mean()) for energy in (detail.posted, detail.master))
    posted, master = (float(flat_ground(pixels)[window][inner].mean()) for pixels in (colours.posted, colours.master))
    return _AS_MUCH[0] * own <= shown <= _AS_MUCH[1] * max(own, _FACE_DETAIL) and posted <= master + _FLATTER


def tone_shift(close: ClosePair, ground: Mask, faces: Sequence[Box]) -> ToneShift | None:
    """Return how the colours of the two differ beyond what a filter did to all of them; None where nothing is shared.

    The filter is a polynomial of the master's colour, quadratic and cubic in lightness, fitted by least squares to the
    three quarters of the ground that it explains best, faces left out: else it would explain the skin.
    """
    pair = align_pair(close.posted, close.master, close.placing, _SIDE)
    if pair is None:
        return None
    posted, master = (_soft_colours(pixels) for pixels in (pair.posted, pair.master))
    scale = pair.posted.shape[1] / close.pair.posted.shape[1]
    valid = scaled_mask(ground, pair.valid.shape)
    beside = valid.copy()
    for face in faces:
        window, [within] = ovals_of(beside.shape, scale_box(face, scale), _AROUND[0])
        beside[window] &= ~within
    sampled = beside[::_EVERY, ::_EVERY]
    first, second = (colours[::_EVERY, ::_EVERY][sampled] for colours in (posted, master))
    return ToneShift(posted, master, _filter_of(_terms(second), first - second), valid, beside, scale)


def _filter_of(terms: Numbers, moved: Numbers) -> np.ndarray:
    """Return the coefficients with which these terms explain by how much most of the colours moved."""
    every, changes = terms.astype(np.float64), moved.astype(np.float64)
    kept = np.ones(len(terms), bool)
    found: np.ndarray = np.zeros((terms.shape[1], moved.shape[1]))
    for _ in range(_ROUNDS if len(terms) else 0):
        own = every[kept]
        stiff = _STIFF * len(own) * np.eye(own.shape[1])
        found = np.linalg.solve(own.T @ own + stiff, own.T @ changes[kept])
        misses = np.linalg.norm(changes - every @ found, axis=1)
        kept = misses <= max(float(np.quantile(misses, _EXPLAINED)), _LEAST_MISS)
    return found


def _terms(lab: Numbers) -> Numbers:
    light, green, yellow = np.moveaxis(lab / np.float32(100), -1, 0)
    squares = (light * light, light * green, light * yellow, green * green, green * yellow, yellow * yellow)
    return np.stack([np.ones_like(light), light, green, yellow, *squares, light**3], axis=-1)


def _soft_colours(pixels: Pixels) -> Numbers:
    lab = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return np.asarray(cv2.GaussianBlur(lab, (0, 0), _SOFT), np.float32)


def ovals_of(
    shape: tuple[int, ...], box: Box, *half_axes: tuple[float, float]
) -> tuple[tuple[slice, slice], list[Mask]]:
    """Return ovals in the middle of a box, shares of its sides being their half axes, in the window that holds all."""
    x, y, width, height = box
    axes = [(max(round(across * width), 1), max(round(down * height), 1)) for across, down in half_axes]
    wide, high = (max(rooms) for rooms in zip(*axes, strict=True))
    left, top = x + width // 2 - wide, y + height // 2 - high
    across, down = (
        slice(min(max(start, 0), end), min(max(start + 2 * room + 1, 0), end))
        for start, room, end in ((left, wide, shape[1]), (top, high, shape[0]))
    )
    drawn = np.zeros((len(axes), 2 * high + 1, 2 * wide + 1), np.uint8)
    for ground, each in zip(drawn, axes, strict=True):
        cv2.ellipse(ground, (wide, high), each, 0, 0, 360, 1, -1)
    cut = drawn[:, down.start - top : down.stop - top, across.start - left : across.stop - left]
    return (down, across), list(cut > 0)
