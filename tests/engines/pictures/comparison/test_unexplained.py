"""What is left of a picture is boxed: the largest box first, each on free ground, none upon another."""

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from engines.pictures.comparison.unexplained import LEAST, MOST, boxes_of_ground, is_lettering
from tests.engines.pictures.scenes import picture, resized, scene

CELL = 40  # pixels; the longest side has 24 of them
CELLS = arrays(bool, array_shapes(min_dims=2, max_dims=2, min_side=12, max_side=24), elements=st.booleans())


def ground(cells: np.ndarray) -> np.ndarray:
    """Return ground of which each cell is wholly free or wholly taken, 24 cells along its longest side."""
    page = np.zeros((cells.shape[0], 24), bool)
    page[:, : cells.shape[1]] = cells
    return np.kron(page, np.ones((CELL, CELL), bool)).astype(bool)


def largest(free: np.ndarray) -> int:
    """Return how many cells the largest free rectangle has, by trying every one."""
    sums = np.pad(free.astype(int).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    high, wide = free.shape
    return max(
        (
            (bottom - top) * (right - left)
            for top in range(high)
            for bottom in range(top + 1, high + 1)
            for left in range(wide)
            for right in range(left + 1, wide + 1)
            if sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
            == (bottom - top) * (right - left)
        ),
        default=0,
    )


@given(CELLS)
def test_boxes_lie_on_free_ground_and_not_upon_each_other(cells: np.ndarray) -> None:
    free = ground(cells)

    boxes = boxes_of_ground(free)

    taken = np.zeros(free.shape, int)
    for x, y, width, height in boxes:
        assert free[y : y + height, x : x + width].all()
        taken[y : y + height, x : x + width] += 1
    assert taken.max(initial=0) <= 1
    assert len(boxes) <= 2 * MOST


@given(arrays(bool, (6, 24), elements=st.booleans()))
def test_the_first_box_is_the_largest_that_there_is(cells: np.ndarray) -> None:
    most = largest(cells)

    boxes = boxes_of_ground(ground(cells))

    if most >= LEAST * cells.size:
        width, height = (sum(sides) / CELL for sides in zip(*(box[2:] for box in boxes[:2]), strict=True))
        alone = boxes[0][2] * boxes[0][3] / CELL**2
        assert most in {round(alone), round(width * boxes[0][3] / CELL), round(height * boxes[0][2] / CELL)}
    else:
        assert boxes == []


def test_letters_on_blurred_ground_are_no_photograph_and_a_photograph_with_letters_is_one() -> None:
    for seed in (1, 2, 3, 4):
        small = resized(scene(seed), 220, 165)
        for ground, is_letters in ((cv2.GaussianBlur(small, (0, 0), 9), True), (small, False)):
            made = ground.copy()
            cv2.rectangle(made, (12, 50), (208, 84), (255, 255, 255), -1)
            cv2.putText(
                made, "What a day at the fair", (20, 72), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (20, 20, 20), 1, cv2.LINE_AA
            )
            assert is_lettering(picture(made).pixels) is is_letters
