"""The drawings that the other tests rely on."""

import polars as pl
import pytest

from tests.drawn import draw, drawing, fill, read
from warehouse.store.open import engine


def test_reads_cells_by_their_column_and_an_empty_cell_as_none() -> None:
    rows = read("""
        a | b
        --+----
        1 | x y
        2 |
    """)

    assert rows == [{"a": "1", "b": "x y"}, {"a": "2", "b": None}]


def test_refuses_a_row_with_a_cell_too_many() -> None:
    with pytest.raises(ValueError, match="3 cells and the heading 2"):
        read("""
            a | b
            1 | 2 | 3
        """)


def test_draws_a_frame_with_columns_as_wide_as_they_need() -> None:
    frame = pl.DataFrame({"name": ["ann", None], "is_on": [True, False]})

    assert draw(frame) == "name | is_on\n-----+------\nann  | true\n     | false"


def test_a_drawing_by_hand_compares_with_one_that_was_drawn() -> None:
    assert drawing("a|bb\n1|") == draw(pl.DataFrame({"a": [1], "bb": [None]}))


def test_a_table_that_is_not_drawn_is_empty_and_defaults_stand() -> None:
    db = engine()

    fill(db, followers="actor_id\n11")
    fill(db, followers="actor_id\n12")

    assert db.sql("select actor_id, is_current from core.followers").fetchall() == [("11", True), ("12", True)]
    assert db.sql("from core.people").fetchall() == []
    assert read("") == []
