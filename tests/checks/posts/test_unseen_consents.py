"""A consent that nobody could read is no consent that stands: columns that are missing, and masters that are lost."""

import duckdb
import pytest

from checks.catalogue import catalogue
from checks.registers import columns_named
from connectors.registers.headers import aliases
from tests.checks.ask import TOWN, ask
from tests.drawn import fill

SIGHT = "fetched | judged\n6 | 6"
BOTH = ("withdrawn_picture", "unapproved_picture")
NAMED, UNNAMED = "P-1 | x | | P001", "P-1 | x | |"


def _registers(db: duckdb.DuckDBPyConnection, photographs: str, columns: str, consents: str = "pupil | P001 |") -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        photographs=f"photograph_id | channels | basis | pupil_ids\n{photographs}",
        register_columns=f"register | column_name | heading | state | nearest\n{columns}",
        picture_consents=f"role | person_id | picture_consent\n{consents}",
    )


MISSING = {
    "pupils": "pupils | picture_consent | | missing |",
    "photographs": "photographs | consent | | missing |",
    "pupil_ids": "photographs | pupil_ids | | missing |",
    "objection": "photographs | objection | | missing |",
}
CASES = [
    # What the files lack, whom the photographs name, and what the check that asks for consents can say.
    ("", NAMED, "kept"),
    (MISSING["pupils"], NAMED, "could_not_tell"),
    (MISSING["pupils"], UNNAMED, "kept"),  # the consent stands on the photograph's own row
    (MISSING["photographs"], NAMED, "kept"),  # the consent stands on the pupil's row
    (MISSING["photographs"], UNNAMED, "could_not_tell"),
    (MISSING["photographs"], "P-1 | x | public_task |", "kept"),  # nobody's consent is asked for
    (MISSING["pupils"] + "\n" + MISSING["photographs"], UNNAMED, "could_not_tell"),
    (MISSING["pupils"] + "\n" + MISSING["photographs"], NAMED, "could_not_tell"),
    (MISSING["objection"], NAMED, "kept"),  # a register that never had one
    (MISSING["objection"] + "\nphotographs | | Objections | ignored | objection", NAMED, "could_not_tell"),
    ("pupils | class_name | | missing |", NAMED, "kept"),
]


@pytest.mark.parametrize(("columns", "photographs", "verdict"), CASES)
def test_a_consent_that_could_not_be_read_is_not_kept(
    db: duckdb.DuckDBPyConnection, columns: str, photographs: str, verdict: str
) -> None:
    _registers(db, photographs, columns)

    outcome = ask(db, "withdrawn_picture")

    assert (outcome.verdict, outcome.is_blind) == (verdict, verdict != "kept")


def test_the_coverage_says_which_column_and_what_to_do(db: duckdb.DuckDBPyConnection) -> None:
    _registers(db, NAMED, MISSING["pupils"] + "\npupils | | Photograph Student | ignored | picture_consent")

    why = ask(db, "withdrawn_picture").why

    assert why.endswith(
        "The pupils register has no column picture_consent, although a heading that nobody recognised looks like "
        "it, so that nobody knows what it says. Add it to the file, empty where there is nothing to say, or map its "
        "heading in school.toml."
    )


def test_refusals_that_no_photograph_can_be_held_against_are_told(db: duckdb.DuckDBPyConnection) -> None:
    _registers(db, UNNAMED, MISSING["pupil_ids"])
    none_refuses = ask(db, "withdrawn_picture").verdict
    fill(db, picture_consents="role | person_id | picture_consent\npupil | P002 | withdrawn")

    assert (none_refuses, ask(db, "withdrawn_picture").verdict) == ("kept", "could_not_tell")


@pytest.mark.parametrize(
    ("columns", "verdict"),
    [
        (MISSING["pupils"], "kept"),
        (MISSING["pupils"] + "\npupils | | Photograph Student | ignored | picture_consent", "could_not_tell"),
        ("pupils | picture_consent | Photograph Student | missing |", "could_not_tell"),  # school.toml maps it
    ],
    ids=["never had one", "a heading looks like one", "the mapped heading is gone"],
)
def test_a_policy_that_does_not_ask_for_consents_wants_the_column_only_where_there_is_one(
    db: duckdb.DuckDBPyConnection, columns: str, verdict: str
) -> None:
    _registers(db, NAMED, columns)

    assert ask(db, "unapproved_picture").verdict == verdict


def _masters(db: duckdb.DuckDBPyConnection, problem: str) -> None:
    fill(
        db,
        picture_coverage=SIGHT,
        photographs="""
            photograph_id | channels | consent   | expires_on
            P-1           | x        | withdrawn |
            P-2           | x        | given     |
            P-3           | website  |           |
            P-4           | x        |           | 2026-10-01
        """,
        masters=f"photograph_id | file_name | problem\n{problem}",
    )


@pytest.mark.parametrize(
    ("problem", "verdict"),
    [
        ("P-1 | p1.jpg | missing", "could_not_tell"),
        ("P-1 | p1.jpg | unreadable", "could_not_tell"),
        ("P-4 | p4.jpg | missing", "could_not_tell"),
        ("P-1 | p1.jpg |", "kept"),
        ("P-2 | p2.jpg | missing", "kept"),  # it may be shown, so there is nothing to look for
        ("P-3 | p3.jpg | missing", "kept"),  # where else it may be shown is another matter
    ],
)
@pytest.mark.parametrize("check_id", BOTH)
def test_a_photograph_that_may_not_be_shown_and_cannot_be_known_again_is_not_kept(
    db: duckdb.DuckDBPyConnection, check_id: str, problem: str, verdict: str
) -> None:
    _masters(db, problem)

    outcome = ask(db, check_id)

    assert (outcome.verdict, outcome.is_blind) == (verdict, False)


def test_the_coverage_says_which_photographs_are_lost(db: duckdb.DuckDBPyConnection) -> None:
    _masters(db, "P-1 | p1.jpg | missing\nP-4 | p4.jpg | unreadable")

    assert ask(db, "withdrawn_picture").why.endswith(
        "The files of 2 photographs whose approval has ended are not there or cannot be read, so that no picture could "
        "be known as one of them (photographs: P-1, P-4). Put the file back, under the name that the register "
        "gives."
    )


def test_where_another_check_lists_what_has_ended_a_lost_master_is_its_business(db: duckdb.DuckDBPyConnection) -> None:
    _masters(db, "P-1 | p1.jpg | missing")

    assert ask(db, "unapproved_picture", (TOWN,), include_ended=False).verdict == "kept"


def test_every_column_that_a_check_goes_by_is_one_of_the_register() -> None:
    named = [
        name
        for check in catalogue().values()
        for need in (*check.needs_columns, *check.heeds_columns)
        for name in columns_named(need, check.vocabulary)
    ]

    assert [name for name in named if name.partition(".")[2] not in aliases(name.partition(".")[0])] == []
