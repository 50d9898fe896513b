"""The policy clause by clause: what the machine saw, what a person attested, and totals that agree with each other."""

import duckdb

from dashboards.report.clauses import in_policy_order, shares, standing_text, total
from dashboards.report.read import read_week
from tests.dashboards.copies import RUN, copy
from tests.drawn import read


def policy() -> duckdb.DuckDBPyConnection:
    """Return a copy with a clause of every kind; two clauses share the check whose exceptions stand under the first."""
    db = copy(
        coverage="""
            check_id       | check_title  | verdict        | why
            ---------------+--------------+----------------+-----------------
            pupil_follower | No pupil     | exceptions     | 9 were judged.
            alt_text       | Alternatives | kept           | All were judged.
            pupil_comment  | No comment   | could_not_tell | Nobody came.
            staff_repost   | No repost    | not_applicable | No X account.
            posting_hours  | Hours        | exceptions     | All were judged.
        """,
        clauses="""
            clause | ref | says  | state      | checks                        | attested_until | why
            -------+-----+-------+------------+-------------------------------+----------------+---------------
            a      | 1   | One   | checked    | pupil_follower, pupil_comment |                | 9 were judged.
            b      | 2   | Two   | checked    | pupil_follower                |                | 9 were judged.
            c      | 3   | Three | checked    | alt_text                      |                | All.
            d      | 4   | Four  | checked    | alt_text, pupil_comment       |                | Nobody came.
            e      | 5   | Five  | checked    | staff_repost                  |                | No X account.
            f      | 6   | Six   | checked    | posting_hours                 |                | All.
            g      | 7   | Seven | attested   |                               | 2027-01-31     | By the head.
            h      | 8   | Eight | attested   |                               |                | Nobody yet.
            i      | 9   | Nine  | unobserved |                               |                | It is private.
            j      | 10  | Ten   | red        | alt_text                      |                | It has changed.
        """,
        exceptions="""
            fingerprint | clause | check_id       | status | decision | decided_until
            ------------+--------+----------------+--------+----------+--------------
            f1          | a      | pupil_follower | new    |          |
            f2          | a      | pupil_follower | open   |          |
            f3          | a      | pupil_follower | gone   |          |
            f4          | f      | posting_hours  | open   | allowed  | 2027-01-31
        """,
    )
    db.execute("update published.clauses set checks = '' where checks is null")
    return db


def test_each_clause_says_how_it_stands() -> None:
    standings = in_policy_order(read_week(policy(), run_id=RUN, tier="lead"))

    assert [(one.clause.ref, standing_text(one)) for one in standings] == [
        (row["ref"], row["stands"])
        for row in read("""
            ref | stands
            ----+------------------
            1   | 2 open
            2   | See 1
            3   | Kept
            4   | Could not tell
            5   | Does not apply
            6   | Decided
            7   | Attested
            8   | To be attested
            9   | Not observed here
            10  | Kept
        """)
    ]


def test_the_totals_agree_with_the_list_and_with_the_exceptions() -> None:
    week = read_week(policy(), run_id=RUN, tier="lead")
    standings = in_policy_order(week)

    told = shares(standings)

    assert total(standings) == "10 clauses, 2 open exceptions"
    assert sum(share.how_many for share in told) == len(week.clauses)
    assert [(share.how_many, share.words, share.parts) for share in told] == [
        (1, "to be mapped again", ""),
        (6, "checked", "1 could not tell, 1 kept, 3 with exceptions and 1 without an account there"),
        (2, "for a person to attest", "1 attested now and 1 waiting"),
        (1, "not observed here", ""),
    ]


def test_the_tier_of_counts_sees_the_same_clauses_and_of_what_is_open_the_band() -> None:
    lead, governors = (in_policy_order(read_week(policy(), run_id=RUN, tier=tier)) for tier in ("lead", "governors"))

    told = [standing_text(one) for one in lead]
    assert "2 open" in told
    assert ["Fewer than 5 open" if words.endswith(" open") else words for words in told] == [
        standing_text(one) for one in governors
    ]
    assert shares(lead) == shares(governors)
