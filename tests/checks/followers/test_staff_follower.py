"""The policy wants no personal account of a member of staff among the followers."""

import duckdb

from tests.checks.ask import CHANNEL, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | platform_count | fetched | judged
    x        | 100        | 3              | 3       | 3
    youtube  | UC1        |                | 1       | 1
"""
FOLLOWERS = """
    platform | account_id | actor_id | handle | display_name | is_current
    ---------+------------+----------+--------+--------------+-----------
    x        | 100        | 21       | mrgeog | Mr G         | true
    x        | 100        | 22       | drama  | Lee Stanhopp | true
    x        | 100        | 23       | gone   | Al Stanhopp  | false
    youtube  | UC1        | UC9      |        | Lee Stanhopp | true
"""


def test_lists_declared_and_likely_accounts_of_staff(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage=SIGHT,
        followers=FOLLOWERS,
        matches="""
            platform | actor_id | person_id | role  | band     | reasons
            ---------+----------+-----------+-------+----------+-------------------------------
            x        | 21       | s1        | staff | declared | ["The staff register says so."]
            x        | 22       | s2        | staff | likely   | ["The name fits."]
            x        | 23       | s1        | staff | declared | ["Has gone."]
            youtube  | UC9      | s2        | staff | likely   | ["The name fits."]
        """,
    )

    assert found(ask(db, "staff_follower"), "account", "band", "signs", "roll_id") == drawing("""
        subject | reason                                                                  | account | band     | signs                       | roll_id
        --------+-------------------------------------------------------------------------+---------+----------+-----------------------------+--------
        21      | An account declared as that of a member of staff follows @OusterlyVale. | @mrgeog | declared | The staff register says so. | s1
        22      | An account that may belong to a member of staff follows @OusterlyVale.  | @drama  | likely   | The name fits.              | s2
    """)  # noqa: E501
    assert found(ask(db, "staff_follower", accounts=[CHANNEL]), "account", "shown_name", "link") == drawing("""
        subject | reason                                                                             | account | shown_name   | link
        --------+------------------------------------------------------------------------------------+---------+--------------+------------------------------------
        UC9     | An account that may belong to a member of staff subscribes to @OusterlyValeSchool. | UC9     | Lee Stanhopp | https://www.youtube.com/channel/UC9
    """)  # noqa: E501
