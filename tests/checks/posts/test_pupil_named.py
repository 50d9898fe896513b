"""The policy wants no post to name a pupil in full; beside a picture it is more severe."""

import duckdb

from tests.checks.ask import CHANNEL, TOWN, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 9       | 9
    youtube  | UC1        | 3       | 3
"""
PEOPLE = """
    role     | person_id | given_names | known_as | surname
    ---------+-----------+-------------+----------+---------
    pupil    | p1        | Tia Maren   |          | Brannel
    pupil    | p2        | Olamide     | Ola      | Quist
    pupil    | p3        | Reni        |          | Ashworthy
    staff    | s1        | Reni        |          | Ashworthy
    staff    | s2        | Tia         |          | Brannel-Poole
    leaver   | l1        | Ola         |          | Quist
"""


def test_lists_posts_that_name_a_pupil_wherever_the_name_stands(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        named_post_coverage=SIGHT,
        people=PEOPLE,
        posts="""
            post_id | kind   | posted_at              | is_current | text
            --------+--------+------------------------+------------+---------------------------------------
            a1      | post   | 2026-10-01 09:00:00+00 | true       | Well done Tia Brannel and ola QUIST!
            a2      | repost | 2026-10-02 09:00:00+00 | true       | Olamide Quist ran for the county
            a3      | reply  | 2026-10-03 09:00:00+00 | true       | Our runners
            a4      | post   | 2026-10-04 09:00:00+00 | true       | Reni Ashworthy sings tonight
            a5      | post   | 2026-10-05 09:00:00+00 | false      | Tia Brannel has been taken down
        """,
        media="""
            post_id | medium_id | kind  | alt_text
            a2      | 3_1       | video |
            a3      | 3_2       | photo | Tia Maren Brannel at the finish
        """,
    )

    outcome = ask(db, "pupil_named")

    assert outcome.verdict == "exceptions"
    labels = ("where", "roll_id", "with_picture", "also_on_other_register", "link", "posted_on")
    assert found(outcome, *labels) == drawing("""
        subject | reason                                                                        | where    | roll_id | with_picture | also_on_other_register | link                      | posted_on
        --------+-------------------------------------------------------------------------------+----------+---------+--------------+------------------------+---------------------------+-----------
        a1      | A post by @OusterlyVale gives the full name of a pupil.                       | text     | p1, p2  | no           | no                     | https://x.com/i/status/a1 | 2026-10-01
        a2      | A repost by @OusterlyVale gives the full name of a pupil, beside a picture.   | text     | p2      | yes          | no                     | https://x.com/i/status/a2 | 2026-10-02
        a3      | A reply by @OusterlyVale gives the full name of a pupil, beside a picture.    | alt text | p1      | yes          | no                     | https://x.com/i/status/a3 | 2026-10-03
        a4      | A post by @OusterlyVale gives the full name of a pupil.                       | text     | p3      | no           | yes                    | https://x.com/i/status/a4 | 2026-10-04
    """)  # noqa: E501


def test_reads_titles_and_tags_of_videos_which_all_count_as_pictures(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        named_post_coverage=SIGHT,
        people=PEOPLE,
        posts="""
            platform | account_id | post_id | kind  | title                | text        | tags
            youtube  | UC1        | v1      | video | Ola Quist plays cello | Tia Brannel | concert
            youtube  | UC1        | v2      | video | Concert              | A concert   | cello; Ola Quist; Quist
        """,
    )

    outcome = ask(db, "pupil_named", accounts=[CHANNEL])

    assert found(outcome, "where", "quote", "roll_id", "with_picture") == drawing("""
        subject | reason                                                                           | where       | quote                 | roll_id | with_picture
        --------+----------------------------------------------------------------------------------+-------------+-----------------------+---------+-------------
        v1      | A video by @OusterlyValeSchool gives the full name of a pupil, beside a picture. | title, text | Ola Quist plays cello | p1, p2  | yes
        v2      | A video by @OusterlyValeSchool gives the full name of a pupil, beside a picture. | tag         | Ola Quist             | p2      | yes
    """)  # noqa: E501


def test_near_misses_are_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        named_post_coverage=SIGHT,
        people=PEOPLE,
        posts="""
            post_id | text
            a1      | Tia won, and Mrs Brannel was proud
            a2      | Miss Tia Brannel-Poole teaches Year 5
            a3      | Tia. Brannel Lane is closed
            a4      | Thank you to Olamide and to the Quist family
        """,
    )

    outcome = ask(db, "pupil_named", accounts=[TOWN])

    assert outcome.exceptions == ()
    assert outcome.verdict == "kept"


def test_a_name_that_is_sure_makes_the_post_sure_beside_one_that_is_not(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        named_post_coverage=SIGHT,
        people=PEOPLE,
        posts="post_id | text\na1 | Reni Ashworthy and Tia Brannel sang",
    )

    [one] = ask(db, "pupil_named").exceptions

    assert (one.evidence["roll_id"], one.evidence["also_on_other_register"]) == ("p1, p3", "no")


def test_a_register_that_gives_names_whole_is_read_in_either_order(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        named_post_coverage=SIGHT,
        people="""
            person_id | full_name
            p1        | Tia Maren Brannel
            p2        | Quist, Olamide
            p3        | Prue
        """,
        posts="""
            post_id | text
            a1      | Tia Brannel sang
            a2      | Olamide Quist sang
            a3      | Prue sang, and Prue Prue danced
        """,
    )

    listed = [(one.subject_id, one.evidence["roll_id"]) for one in ask(db, "pupil_named").exceptions]

    assert listed == [("a1", "p1"), ("a2", "p2")]


def test_the_quote_alone_repeats_the_name(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, named_post_coverage=SIGHT, people=PEOPLE, posts="post_id | text\na1 | Tia Brannel sang")

    [one] = ask(db, "pupil_named").exceptions

    assert {label for label, value in one.evidence.items() if "Brannel" in value} == {"quote"}
    assert "Brannel" not in one.reason
