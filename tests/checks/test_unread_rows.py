"""A row or cell of a register that could not be read: what rests on it is not kept, and counts as gone nowhere."""

import duckdb
import pytest

from tests.checks.ask import ask
from tests.drawn import fill

CASES = [
    # What could not be read, and what each check can say then.
    ("photographs | expires_on | 1 | [2]", ("kept", "could_not_tell", "could_not_tell")),
    ("photographs | objection  | 1 | [2]", ("kept", "could_not_tell", "could_not_tell")),
    ("photographs | pupil_ids  | 2 | [2, 3]", ("kept", "could_not_tell", "could_not_tell")),
    ("photographs | photograph_id | 1 | [2]", ("kept", "could_not_tell", "could_not_tell")),
    ("pupils | person_id | 1 | [2]", ("could_not_tell", "could_not_tell", "could_not_tell")),
    ("pupils | person_id | 0 | []", ("could_not_tell", "could_not_tell", "could_not_tell")),
    ("staff | person_id | 1 | [2]", ("kept", "kept", "kept")),
]


def _asked(db: duckdb.DuckDBPyConnection, unread: str) -> None:
    fill(
        db,
        picture_coverage="fetched | judged\n6 | 6",
        follower_coverage="fetched | judged\n6 | 6",
        photographs="photograph_id | channels | consent\nP-1 | x | given",
        unread_rows=f"register | column_name | rows | numbers\n{unread}",
    )


@pytest.mark.parametrize(("unread", "verdicts"), CASES)
def test_what_rests_on_a_row_that_could_not_be_read_is_not_kept(
    db: duckdb.DuckDBPyConnection, unread: str, verdicts: tuple[str, ...]
) -> None:
    _asked(db, unread)

    outcomes = [ask(db, check_id) for check_id in ("pupil_follower", "withdrawn_picture", "unapproved_picture")]

    assert [(one.verdict, one.is_blind) for one in outcomes] == [(said, said != "kept") for said in verdicts]


@pytest.mark.parametrize(
    ("unread", "says"),
    [
        ("photographs | expires_on | 7 | [2, 3, 5, 8, 9, 11, 12]",
         "On the photographs register expires on in rows 2, 3, 5, 8, 9 and 2 more could not be read for certain. "),
        ("pupils | person_id | 1 | [4]", "On the pupils register row 4 could not be read for certain. "),
        ("pupils | person_id | 0 | []", "On the pupils register the letters of the file could not be read for certain. "),  # noqa: E501
    ],
)  # fmt: skip
def test_the_coverage_says_which_rows_and_where_to_find_what_to_correct(
    db: duckdb.DuckDBPyConnection, unread: str, says: str
) -> None:
    _asked(db, unread)

    why = ask(db, "withdrawn_picture").why

    assert f"{says}Nothing that rests on it counts as kept or gone; audit doctor says what to correct." in why
