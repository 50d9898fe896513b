"""What was learnt of regions that show something new: it can be read, and it goes by what stands in the pictures."""

from collections import Counter
from dataclasses import fields
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.pictures.comparison.change_classifier import Tree, classifier, share_of_three_colours
from engines.pictures.comparison.difference import compare_pixels
from engines.pictures.comparison.regions import ChangedRegion, changed_regions
from engines.pictures.picture import Pixels, grey
from tests.engines.pictures.scenes import hidden, scene, stickered

SCENE = scene(1, 480, 360)
BOX = (200, 150, 60, 70)


def one_region(posted: Pixels, master: Pixels) -> ChangedRegion:
    whole = np.ones(posted.shape[:2], bool)
    return changed_regions(compare_pixels(grey(posted), grey(master), whole), lambda: (posted, master))[0]


def leaves(tree: Tree) -> int:
    if not isinstance(tree, list):
        return 1
    trait, limit, at_most, more = tree
    assert trait in {field.name for field in fields(ChangedRegion)}
    assert isinstance(limit, float)
    return leaves(at_most) + leaves(more)


def test_every_tree_asks_of_a_feature_that_is_measured() -> None:
    assert all(leaves(tree) > 1 for tree in classifier().trees)


@pytest.mark.parametrize("how", ["blur", "mosaic", "paint"])
def test_what_is_hidden_in_the_master_alone_is_new_and_in_the_post_alone_is_not(how: str) -> None:
    covered = hidden(SCENE, BOX, how)

    assert one_region(SCENE, covered).is_new
    assert not one_region(covered, SCENE).is_new


def test_a_sticker_has_its_outline_in_the_post_and_an_uncovered_box_in_the_master() -> None:
    assert one_region(stickered(SCENE), SCENE).outline_contrast > 0
    assert one_region(SCENE, hidden(SCENE, BOX, "paint")).outline_contrast < 0


def three_colours_plainly(pixels: list[tuple[int, ...]]) -> float:
    """Return the share of three colours, pixel by pixel."""
    left = list(pixels)
    for _ in range(3):
        if not left:
            break
        bins = Counter(tuple(value // 16 for value in pixel) for pixel in left)
        commonest = max(bins, key=lambda bin_: (bins[bin_], tuple(-value for value in bin_)))
        own = [pixel for pixel in left if tuple(value // 16 for value in pixel) == commonest]
        middle = [median(values) for values in zip(*own, strict=True)]
        left = [p for p in left if any(abs(value - at) > 14 for value, at in zip(p, middle, strict=True))]
    return 1 - len(left) / len(pixels)


COLOUR = st.tuples(*(st.integers(0, 255),) * 3)
NEAR_IT = st.tuples(*(st.integers(-20, 20),) * 3)


@given(st.lists(COLOUR, min_size=1, max_size=6), st.lists(st.tuples(st.integers(0, 5), NEAR_IT), min_size=1))
def test_three_colours_are_the_commonest_of_all_with_what_is_near_them(
    colours: list[tuple[int, ...]], drawn: list[tuple[int, tuple[int, ...]]]
) -> None:
    pixels = [
        tuple(min(max(value + by, 0), 255) for value, by in zip(colours[number % len(colours)], beside, strict=True))
        for number, beside in drawn
    ]

    assert share_of_three_colours(np.array(pixels, np.uint8)) == pytest.approx(three_colours_plainly(pixels))
