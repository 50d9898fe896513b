"""An official account answers, reposts, quotes and likes only whom the policy allows; the pack's roles say who."""

import duckdb
import pytest

from checks.catalogue import catalogue
from tests.checks.ask import CHANNEL, MONDAY, ask, found
from tests.drawn import drawing, fill

SEEN = """
    fetched | judged
    6       | 6
"""
DONE = """
    post_id | actor_id | kind   | posted_on
    --------+----------+--------+-----------------------
    t1      | 31       | reply  | 2026-10-05 09:00:00+00
    t2      | 32       | repost | 2026-10-06 09:00:00+00
    t3      | 33       | quote  | 2026-10-07 09:00:00+00
    t4      | 34       | like   |
    t5      | 35       | like   |
    t6      |          | repost | 2026-10-08 09:00:00+00
"""
MATCHES = """
    actor_id | person_id | role     | band
    ---------+-----------+----------+---------
    31       | p1        | pupil    | likely
    32       | f1        | parent   | declared
    33       | s1        | staff    | declared
    34       | g1        | governor | likely
"""


def test_lists_every_kind_of_interaction_with_somebody_on_a_register(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        interaction_coverage=SEEN,
        interactions=DONE,
        matches=MATCHES,
        people="""
            role  | person_id | year_group
            pupil | p1        | 9
        """,
        actors="""
            actor_id   | handle | display_name
            31         | keeper | Tia Brannel
        """,
    )

    outcome = ask(db, "official_interaction")

    assert outcome.verdict == "exceptions"
    assert [one.evidence["actor"] for one in outcome.exceptions] == ["31", "32", "33", "34"]
    assert [one.concerns for one in outcome.exceptions] == ["pupil", "parent", "staff", "governor"]
    assert found(outcome, "kind", "account", "link", "posted_on", "band", "shown_name", "roll_id") == drawing("""
        subject | reason                                                                                 | kind   | account | link                      | posted_on  | band     | shown_name  | roll_id
        --------+----------------------------------------------------------------------------------------+--------+---------+---------------------------+------------+----------+-------------+--------
        t1      | @OusterlyVale replied to a post of an account that may belong to a pupil in Year 9.    | reply  | @keeper | https://x.com/i/status/t1 | 2026-10-05 | likely   | Tia Brannel | p1
        t2      | @OusterlyVale reposted a post of an account declared as that of a parent.              | repost | 32      | https://x.com/i/status/t2 | 2026-10-06 | declared |             | f1
        t3      | @OusterlyVale quoted a post of an account declared as that of a member of staff.       | quote  | 33      | https://x.com/i/status/t3 | 2026-10-07 | declared |             | s1
        t4      | @OusterlyVale liked a post of an account that may belong to a governor.                | like   | 34      | https://x.com/i/status/t4 |            | likely   |             | g1
    """)  # noqa: E501


@pytest.mark.parametrize(
    ("roles", "posts"),
    [(["pupil", "leaver"], ["t1"]), (["staff", "governor"], ["t3", "t4"]), (["parent"], ["t2"])],
)
def test_the_pack_says_which_roles_count(db: duckdb.DuckDBPyConnection, roles: list[str], posts: list[str]) -> None:
    fill(db, interactions=DONE, matches=MATCHES)
    check = catalogue()["official_interaction"]

    answer = check.judge(db, MONDAY, check.with_defaults({"roles": roles}))

    assert answer["subject_id"].to_list() == posts


@pytest.mark.parametrize(
    ("born", "whose"),
    [
        ("2008-11-03", "a former pupil under 18"),
        ("2008-11-02", None),
        ("", "a former pupil whose age is not on the register"),
    ],
    ids=["turns 18 tomorrow", "turns 18 today", "age not known"],
)
def test_a_leaver_counts_until_18(db: duckdb.DuckDBPyConnection, born: str, whose: str | None) -> None:
    fill(
        db,
        interactions=DONE,
        people=f"""
            role   | person_id | date_of_birth
            leaver | v1        | {born}
        """,
        matches="""
            actor_id | person_id | role   | band
            31       | v1        | leaver | likely
        """,
    )

    reasons = [one.reason for one in ask(db, "official_interaction").exceptions]

    said = f"@OusterlyVale replied to a post of an account that may belong to {whose}."
    assert reasons == ([said] if whose else [])


def test_a_like_and_a_repost_of_one_post_are_one_exception(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        interactions="""
            post_id | actor_id | kind   | posted_on
            t1      | 31       | repost | 2026-10-05 09:00:00+00
            t1      | 31       | like   |
        """,
        matches=MATCHES,
    )

    assert found(ask(db, "official_interaction"), "kind", "posted_on") == drawing("""
        subject | reason                                                                               | kind         | posted_on
        --------+--------------------------------------------------------------------------------------+--------------+-----------
        t1      | @OusterlyVale liked and reposted a post of an account that may belong to a pupil.    | like, repost | 2026-10-05
    """)  # noqa: E501


def test_an_account_that_two_registers_declare_is_one_exception(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        interactions=DONE,
        matches="""
            actor_id | person_id | role   | band
            32       | f1        | parent | declared
            32       | s2        | staff  | declared
        """,
    )

    [only] = ask(db, "official_interaction").exceptions

    assert only.subject_id == "t2"
    assert set(only.evidence["roll_id"].split(", ")) == {"f1", "s2"}


def test_a_post_that_touches_two_known_accounts_is_one_exception(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        interactions="""
            post_id | actor_id | kind
            t1      | 32       | like
            t1      | 31       | repost
        """,
        matches=MATCHES,
    )

    [only] = ask(db, "official_interaction").exceptions

    assert (only.subject_id, only.evidence["roll_id"]) == ("t1", "p1")


def test_youtube_shows_no_interactions(db: duckdb.DuckDBPyConnection) -> None:
    assert ask(db, "official_interaction", accounts=[CHANNEL]).verdict == "not_applicable"
