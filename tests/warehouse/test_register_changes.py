"""What people changed in registers at the desk is written down when the file is there, sealed, and not otherwise.

On SQLite and on PostgreSQL alike.
"""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from tests.warehouse.conftest import beside
from warehouse.casebook import verify
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.register_changes import RegisterChange, RegisterChanges
from warehouse.casebook.tables import REGISTER_CHANGES

CHANGE = RegisterChange(
    "photographs", "approved", "ph-3", "a" * 64, "b" * 64, 7, "dsl", "Sports day", datetime(2026, 11, 23, 9, tzinfo=UTC)
)


def test_a_change_counts_once_its_file_is_in_its_place(book: Casebook) -> None:
    changes = RegisterChanges(book)
    with changes.writing(CHANGE):
        pass
    ended = replace(CHANGE, kind="withdrawn", note="A parent asked")
    with changes.writing(ended):
        pass
    with changes.writing(replace(CHANGE, register="staff", kind="declared")):
        pass

    assert changes.of("photographs") == (CHANGE, ended)
    assert len(changes.of("staff")) == 1


def test_a_file_that_could_not_be_written_leaves_no_change(book: Casebook) -> None:
    changes = RegisterChanges(book)
    with pytest.raises(OSError, match="full"), changes.writing(CHANGE):
        raise OSError("the disk is full")

    assert changes.of("photographs") == ()


def test_another_school_s_changes_are_not_ours(book: Casebook) -> None:
    with RegisterChanges(book).writing(CHANGE):
        pass
    with closing(beside(book, "another-vale")) as other:
        assert RegisterChanges(other).of("photographs") == ()


def test_a_row_that_was_changed_afterwards_is_found(book: Casebook) -> None:
    with RegisterChanges(book).writing(CHANGE):
        pass
    assert verify.wrong_rows(book) == {}
    with book.engine.begin() as connection:
        connection.execute(update(REGISTER_CHANGES).values(by_person=8))
    assert verify.wrong_rows(book) == {"register_changes": (1,)}
