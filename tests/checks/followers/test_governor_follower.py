"""The policy wants no personal account of a governor among the followers."""

import duckdb

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | platform_count | fetched | judged
    x        | 100        | 4              | 4       | 4
    youtube  | UC1        |                | 1       | 1
"""
FOLLOWERS = """
    platform | account_id | actor_id | handle | display_name | is_current
    ---------+------------+----------+--------+--------------+-----------
    x        | 100        | 31       | chair  | The Chair    | true
    x        | 100        | 32       | greta  | Greta Ostley | true
    x        | 100        | 33       | gone   | Gil Ostley   | false
    x        | 100        | 34       | mum    | Gwen Ostley  | true
    youtube  | UC1        | UC32     |        | Greta Ostley | true
"""


def test_lists_declared_and_likely_accounts_of_governors(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers=FOLLOWERS,
        matches="""
            platform | actor_id | person_id | role     | band     | reasons
            ---------+----------+-----------+----------+----------+-------------------
            x        | 31       | g1        | governor | declared | ["The register."]
            x        | 32       | g2        | governor | likely   | ["The name."]
            x        | 33       | g3        | governor | declared | ["Has gone."]
            youtube  | UC32     | g2        | governor | likely   | ["The name."]
        """,
    )

    outcome = ask(db, "governor_follower", accounts=[("x", "100"), CHANNEL])

    assert outcome.verdict == "exceptions"
    assert found(outcome, "account", "band", "signs", "roll_id") == drawing("""
        subject | reason                                                                         | account | band     | signs         | roll_id
        --------+--------------------------------------------------------------------------------+---------+----------+---------------+--------
        31      | An account declared as that of a governor follows @OusterlyVale.               | @chair  | declared | The register. | g1
        32      | An account that may belong to a governor follows @OusterlyVale.                | @greta  | likely   | The name.     | g2
        UC32    | An account that may belong to a governor subscribes to @OusterlyValeSchool.    | UC32    | likely   | The name.     | g2
    """)  # noqa: E501
