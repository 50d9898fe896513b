"""The policy wants no post to tell what the school knows of a pupil in confidence; what is said of a matter is kept."""

import duckdb

from tests.checks.ask import ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 9       | 9
    youtube  | UC1        | 2       | 2
"""
PEOPLE = "role | person_id | given_names | surname | known_as\npupil | p1 | Zoë Anne | Brannel | Zo"


def test_lists_what_is_told_of_one_pupil(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        said_coverage=SIGHT,
        people=PEOPLE,
        posts="""
            post_id | is_current | text
            a1      | true       | One of our pupils was diagnosed with autism and is in foster care.
            a2      | true       | Zoe has asthma.
            a3      | true       | Mrs Orlebar has asthma.
            a4      | true       | Autism Awareness Week assembly on Tuesday
            a5      | false      | Zoe has asthma.
        """,
    )

    outcome = ask(db, "pupil_confidence")

    assert found(outcome, "kind", "where", "found_by") == drawing("""
        subject | reason                                                              | kind        | where | found_by
        --------+---------------------------------------------------------------------+-------------+-------+---------
        a1      | A post by @OusterlyVale seems to tell of a pupil what is confidential. | care, health, needs | text  | a rule
        a2      | A post by @OusterlyVale seems to tell of a pupil what is confidential. | health      | text  | a rule
    """)  # noqa: E501
    assert outcome.exceptions[0].concerns == "pupil"


def test_a_child_of_whom_nobody_can_be_sure_is_left_to_a_person(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, said_coverage=SIGHT, people=PEOPLE, posts="post_id | text\na1 | Sorrel has asthma.")

    outcome = ask(db, "pupil_confidence")

    assert (outcome.verdict, outcome.exceptions) == ("could_not_tell", ())
    assert outcome.why.endswith("1 post may tell of a pupil what is confidential; a person should read it.")


def test_without_the_register_of_pupils_it_could_not_tell(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, said_coverage=SIGHT, posts="post_id | text\na1 | Zoe has a new coat.")
    db.execute("delete from core.registers where register = 'pupils'")

    assert ask(db, "pupil_confidence").verdict == "could_not_tell"
