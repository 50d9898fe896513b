"""What was learnt of regions that show something new: it can be read, and it goes by what stands in the pictures."""

from dataclasses import fields

import numpy as np
import pytest

from engines.pictures.comparison.change_classifier import Tree, classifier
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
