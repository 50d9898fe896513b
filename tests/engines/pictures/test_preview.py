"""The boxes of a small picture are fractions of it, and none is drawn round all of it."""

import pytest

from engines.pictures.model import Box
from engines.pictures.preview import Fractions, around, boxes_of


@pytest.mark.parametrize(
    ("new_area", "where", "boxes"),
    [
        ("0,0,40,50;300,100,100,100", (0, 0, 400, 200), ((0.0, 0.0, 0.1, 0.25), (0.75, 0.5, 1.0, 1.0))),
        ("", (100, 0, 200, 200), ((0.25, 0.0, 0.75, 1.0),)),
        ("", (2, 1, 396, 198), ()),  # all of the picture
        ("", None, ()),
        ("390,190,40,40", None, ((0.975, 0.95, 1.0, 1.0),)),  # cut off at the edge
    ],
)
def test_a_part_is_where_it_is_new_or_else_where_it_lies(
    new_area: str, where: Box | None, boxes: tuple[Fractions, ...]
) -> None:
    assert boxes_of(new_area, where, (400, 200)) == boxes


def test_one_box_lies_round_all_of_them_and_none_round_none() -> None:
    assert around(((0.1, 0.2, 0.3, 0.4), (0.2, 0.1, 0.5, 0.3))) == (0.1, 0.1, 0.5, 0.4)
    assert around(()) is None
