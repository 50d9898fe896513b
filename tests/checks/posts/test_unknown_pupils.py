"""A roll id on the photographs register that is nobody's is told, for it may hide a consent that was taken back."""

import duckdb
import pytest

from tests.checks.ask import ask
from tests.drawn import fill

ASKED = ("withdrawn_picture", "unapproved_picture")
REMARK = "1 roll id on the photographs register is on neither the pupils nor the leavers register"
SIGHT = "fetched | judged\n6 | 6"


def _registers(db: duckdb.DuckDBPyConnection, *pupil_ids: str) -> None:
    rows = "\n".join(f"P-{number:02} | x | {ids}" for number, ids in enumerate(pupil_ids, start=1))
    fill(
        db,
        picture_coverage=SIGHT,
        photographs=f"photograph_id | channels | pupil_ids\n{rows}",
        picture_consents="""
            role   | person_id | picture_consent
            pupil  | P002      | withdrawn
            pupil  | 007       | given
            leaver | L1        |
        """,
    )


@pytest.mark.parametrize("check_id", ASKED)
def test_says_how_many_roll_ids_are_nobodys_and_on_which_photographs(
    db: duckdb.DuckDBPyConnection, check_id: str
) -> None:
    _registers(db, "p002;7", "P2;L1", "", "p2; l1")

    outcome = ask(db, check_id)
    why = outcome.why

    assert (outcome.verdict, REMARK in why) == ("could_not_tell", True)
    assert why.endswith("so that nobody can tell whether these pupils may be shown (photographs: P-02, P-04).")


@pytest.mark.parametrize("check_id", ASKED)
def test_names_ten_photographs_and_counts_the_others(db: duckdb.DuckDBPyConnection, check_id: str) -> None:
    _registers(db, *(f"gone-{number}" for number in range(12)))

    why = ask(db, check_id).why

    assert "12 roll ids on the photographs register are on neither" in why
    assert why.endswith("P-09, P-10 and 2 more).")


@pytest.mark.parametrize("check_id", ASKED)
def test_says_nothing_where_every_roll_id_is_somebodys(db: duckdb.DuckDBPyConnection, check_id: str) -> None:
    _registers(db, "p002;7", "L1", "")

    outcome = ask(db, check_id)

    assert (outcome.verdict, "roll id" in outcome.why) == ("kept", False)


@pytest.mark.parametrize("check_id", ASKED)
def test_without_the_pupils_register_it_could_not_tell_and_lists_nobody(
    db: duckdb.DuckDBPyConnection, check_id: str
) -> None:
    _registers(db, "p002;7")
    db.execute("delete from core.registers where register = 'pupils'")
    db.execute("delete from core.picture_consents")

    outcome = ask(db, check_id)

    assert (outcome.verdict, outcome.is_blind, "roll id" in outcome.why) == ("could_not_tell", True, False)
    assert "The pupils register was not read in this run" in outcome.why
