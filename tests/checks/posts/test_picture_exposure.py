"""The duty to show no pupil in a way that is easy to misuse: by face, by name, by place or by size."""

import duckdb

from tests.checks.ask import CHANNEL, TOWN, ask, found
from tests.drawn import drawing, fill

SIGHT = """
    platform | account_id | fetched | judged
    x        | 100        | 7       | 7
    youtube  | UC1        | 1       | 1
"""
PEOPLE = """
    role     | person_id | given_names | surname
    pupil    | p1        | Tia Maren   | Brannel
    pupil    | p2        | Reni        | Ashworthy
    staff    | s1        | Reni        | Ashworthy
"""
POSTS = """
    platform | account_id | post_id | kind  | posted_at              | is_current | title              | text
    x        | 100        | a1      | post  | 2026-10-01 09:00:00+00 | true       |                    | Sports day
    x        | 100        | a2      | post  | 2026-10-02 09:00:00+00 | true       |                    | Well run, Tia Brannel!
    x        | 100        | a3      | post  | 2026-10-03 09:00:00+00 | false      |                    | Gone with Tia Brannel
    x        | 100        | a4      | post  | 2026-10-04 09:00:00+00 | true       |                    | Reni Ashworthy sings
    youtube  | UC1        | v1      | video | 2026-10-05 09:00:00+00 | true       | Tia Brannel dances | A show
"""  # noqa: E501


def test_lists_each_exposed_picture_once_with_all_that_exposes_it(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        exposure_coverage=SIGHT,
        people=PEOPLE,
        posts=POSTS,
        media="""
            platform | account_id | post_id | medium_id | kind         | width | height
            x        | 100        | a1      | 3_1       | photo        | 1200  | 800
            x        | 100        | a1      | 3_2       | photo        | 2000  | 2049
            x        | 100        | a1      | 16_1      | animated_gif | 400   | 300
            x        | 100        | a2      | 3_3       | photo        | 4000  | 3000
            x        | 100        | a2      | 7_1       | video        | 4000  | 3000
            x        | 100        | a3      | 3_4       | photo        | 4000  | 3000
            x        | 100        | a4      | 3_5       | photo        | 900   | 600
            youtube  | UC1        | v1      | v1/t      | thumbnail    | 1280  | 720
        """,
        picture_verdicts="""
            platform | account_id | post_id | medium_id | verdict    | people | face_share | has_position
            x        | 100        | a1      | 3_1       | approved   | yes    | 0.25       | false
            x        | 100        | a1      | 3_2       | approved   | yes    | 0.1        | false
            x        | 100        | a1      | 16_1      | unapproved | no     |            | true
            x        | 100        | a2      | 3_3       | approved   | yes    | 0.6        | true
            x        | 100        | a3      | 3_4       | approved   | yes    | 0.6        | true
            x        | 100        | a4      | 3_5       | approved   | no     |            | false
            youtube  | UC1        | v1      | v1/t      | approved   | no     |            | false
        """,
    )

    outcome = ask(db, "picture_exposure", accounts=[TOWN, CHANNEL])

    labels = ("exposed_by", "pixels", "also_on_other_register", "link", "posted_on")
    assert found(outcome, *labels) == drawing("""
        subject | reason                                                                                                                                                                                        | exposed_by                 | pixels      | also_on_other_register | link                               | posted_on
        16_1    | An animation posted by @OusterlyVale tells in its file where it was taken.                                                                                                                    | position                   | 400 x 300   |                        | https://x.com/i/status/a1          | 2026-10-01
        3_1     | A photograph posted by @OusterlyVale shows a large face from the front.                                                                                                                       | face                       | 1200 x 800  |                        | https://x.com/i/status/a1          | 2026-10-01
        3_2     | A photograph posted by @OusterlyVale has more pixels than a screen needs.                                                                                                                     | size                       | 2000 x 2049 |                        | https://x.com/i/status/a1          | 2026-10-01
        3_3     | A photograph posted by @OusterlyVale shows a large face from the front, stands beside a pupil's full name, tells in its file where it was taken and has more pixels than a screen needs.      | face, name, position, size | 4000 x 3000 | no                     | https://x.com/i/status/a2          | 2026-10-02
        3_5     | A photograph posted by @OusterlyVale stands beside a pupil's full name.                                                                                                                       | name                       | 900 x 600   | yes                    | https://x.com/i/status/a4          | 2026-10-04
        v1/t    | A thumbnail posted by @OusterlyValeSchool stands beside a pupil's full name.                                                                                                                  | name                       | 1280 x 720  | no                     | https://www.youtube.com/watch?v=v1 | 2026-10-05
    """)  # noqa: E501


def test_near_misses_are_kept(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        exposure_coverage=SIGHT,
        people=PEOPLE,
        posts="""
            post_id | text
            a1      | Our poster, and Tia beside it
            a2      | Miss Brannel teaches Year 5
        """,
        media="""
            post_id | medium_id | kind  | width | height
            a1      | 3_1       | photo | 8000  | 6000
            a1      | 3_2       | photo | 2048  | 2048
            a2      | 3_3       | photo | 800   | 600
            a2      | 3_4       | photo |       |
        """,
        picture_verdicts="""
            post_id | medium_id | verdict    | people | face_share | has_position
            a1      | 3_1       | approved   | no     |            | false
            a1      | 3_2       | approved   | yes    | 0.249      | false
            a2      | 3_3       | unapproved | yes    |            | false
            a2      | 3_4       | approved   | yes    | 0.1        | false
        """,
    )

    outcome = ask(db, "picture_exposure")

    assert outcome.exceptions == ()
    assert outcome.verdict == "kept"


def test_the_bounds_are_as_the_pack_says(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        exposure_coverage=SIGHT,
        posts="post_id | text\na1 | Sports day",
        media="post_id | medium_id | width | height\na1 | 3_1 | 1200 | 800",
        picture_verdicts="post_id | medium_id | verdict | people | face_share\na1 | 3_1 | approved | yes | 0.2",
    )

    assert ask(db, "picture_exposure").exceptions == ()
    for bounds in ({"face_percent": 20}, {"longest_pixels": 1199}):
        assert [one.subject_id for one in ask(db, "picture_exposure", **bounds).exceptions] == ["3_1"]


def test_a_picture_on_two_posts_is_one_exception_at_the_first_that_exposes_it(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        exposure_coverage=SIGHT,
        people=PEOPLE,
        posts="""
            post_id | posted_at              | text
            a3      | 2026-10-03 09:00:00+00 | Tia Brannel again
            a1      | 2026-10-01 09:00:00+00 | Sports day
            a2      | 2026-10-02 09:00:00+00 | Reni Ashworthy sings, says Tia Brannel
        """,
        media="""
            post_id | medium_id | alt_text
            a1      | 3_1       |
            a2      | 3_1       |
            a3      | 3_1       |
        """,
    )

    [one] = ask(db, "picture_exposure").exceptions

    assert (one.evidence["posted_on"], one.evidence["also_on_other_register"]) == ("2026-10-02", "no")


def test_the_name_in_a_pictures_description_stands_beside_it(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        exposure_coverage=SIGHT,
        people=PEOPLE,
        posts="post_id | text\na1 | Sports day",
        media="post_id | medium_id | alt_text\na1 | 3_1 | Tia Brannel at the finish",
    )

    [one] = ask(db, "picture_exposure").exceptions

    assert one.reason == "A photograph posted by @OusterlyVale stands beside a pupil's full name."
    assert "Brannel" not in " ".join(one.evidence.values())


def test_where_faces_were_not_looked_for_nothing_is_kept_and_the_coverage_says_so(
    db: duckdb.DuckDBPyConnection,
) -> None:
    fill(
        db,
        exposure_coverage="fetched | judged\n3 | 1",
        people=PEOPLE,
        posts="""
            post_id | text
            a1      | Sports day
            a2      | Well run, Tia Brannel!
        """,
        media="""
            post_id | medium_id | width | height
            a1      | 3_1       | 4000  | 3000
            a1      | 3_2       | 4000  | 3000
            a1      | 3_3       | 900   | 600
        """,
        picture_verdicts="""
            post_id | medium_id | verdict    | people  | has_position
            a1      | 3_1       | approved   | unknown | false
            a1      | 3_2       | approved   |         | false
            a1      | 3_3       | approved   | no      | false
            a1      | 3_4       | unreadable | unknown |
        """,
    )

    outcome = ask(db, "picture_exposure")

    assert (outcome.verdict, outcome.exceptions) == ("could_not_tell", ())
    assert outcome.why == (
        "@OusterlyVale has 3 posted pictures; 1 was judged. 2 posted pictures could not be judged in full. "
        "Faces were not looked for in 2 pictures, of which only names, positions and sizes beside a name are told."
    )


def test_a_name_and_a_needless_size_are_seen_without_any_look_for_faces(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        exposure_coverage="fetched | judged\n1 | 0",
        people=PEOPLE,
        posts="post_id | text\na2 | Well run, Tia Brannel!",
        media="post_id | medium_id | width | height\na2 | 3_1 | 4000 | 3000",
        picture_verdicts="post_id | medium_id | verdict | people\na2 | 3_1 | approved | unknown",
    )

    outcome = ask(db, "picture_exposure")

    assert [one.evidence["exposed_by"] for one in outcome.exceptions] == ["name, size"]
    assert outcome.why.endswith("Faces were not looked for in 1 picture, of which only names, positions and sizes "
                                "beside a name are told.")  # fmt: skip
