"""What an account writes is seen whole only where what it comments under its videos was read to its end too."""

import duckdb

from tests.drawn import fill
from warehouse.store.build import models


def test_where_comments_are_no_posts_their_list_must_be_whole_too(db: duckdb.DuckDBPyConnection) -> None:
    sight = "platform | account_id | fetched | judged | is_whole | why\n"
    fill(
        db,
        post_coverage=sight
        + """
            x        | 100        | 4       | 4      | true     | end
            youtube  | UC1        | 2       | 2      | true     | end
            youtube  | UC2        | 2       | 2      | true     | end
            youtube  | UC3        | 2       | 2      | true     | end
            youtube  | UC4        | 2       | 2      | false    | quota
        """,
        comment_coverage=sight
        + """
            x        | 100        | 9       | 9      | false    | budget
            youtube  | UC1        | 9       | 9      | true     | end
            youtube  | UC2        | 9       | 9      | false    | budget
            youtube  | UC4        | 9       | 9      | true     | end
        """,
    )

    rows = db.execute(f"select account_id, is_whole, why from ({models()['core.said_coverage']}) order by 1").fetchall()

    assert rows == [
        ("100", True, "end"),
        ("UC1", True, "end"),
        ("UC2", False, "own_comments"),
        ("UC3", False, "own_comments"),
        ("UC4", False, "quota"),
    ]
