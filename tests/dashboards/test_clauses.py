"""The policy clause by clause: what the machine saw, what a person attested, and totals that agree with each other."""

import json

import duckdb

from dashboards.ask.named import named_question
from dashboards.report.clauses import (
    CLAUSE_COLUMNS,
    answers,
    clause_lines,
    in_policy_order,
    shares,
    standing_text,
    total,
    verdict_sentence,
)
from dashboards.report.read import read_week
from dashboards.report.text import exceptions_json
from dashboards.report.write import page
from tests.dashboards.copies import RUN, copy
from tests.drawn import read


def policy() -> duckdb.DuckDBPyConnection:
    """Return a copy with a clause of every kind; what stands under the first breaks two clauses."""
    db = copy(
        clauses="""
            clause | ref | says | state | verdict | checks | stands_under | attested_until
            a | 1 | One | checked | exceptions | pupil_follower, alt_text |  |
            b | 2 | Two | checked | exceptions | pupil_follower | a |
            c | 3 | Three | checked | kept | alt_text |  |
            d | 4 | Four | checked | could_not_tell | alt_text, pupil_comment |  |
            e | 5 | Five | checked | not_applicable | staff_repost |  |
            f | 6 | Six | checked | exceptions | posting_hours |  |
            g | 7 | Seven | attested |  |  |  | 2027-01-31
            h | 8 | Eight | attested |  |  |  |
            i | 9 | Nine | unobserved |  |  |  |
            j | 10 | Ten | red | kept | alt_text |  |
            k | 11 | Eleven | checked | nothing_seen | pupil_follower |  |
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
            11  | Nothing seen where we look
        """)
    ]


def test_the_totals_agree_with_the_list_and_with_the_exceptions() -> None:
    week = read_week(policy(), run_id=RUN, tier="lead")
    standings = in_policy_order(week)

    told = shares(standings)

    assert total(standings) == "11 clauses, 2 open exceptions"
    assert sum(share.how_many for share in told) == len(week.clauses)
    assert [(share.how_many, share.words, share.parts) for share in told] == [
        (1, "to be mapped again", ""),
        (
            7,
            "checked",
            (
                "1 could not tell, 1 kept, 1 not applicable, 1 where all was decided, 2 with exceptions "
                "and 1 with nothing seen where we look"
            ),
        ),
        (2, "for a person to attest", "1 attested now and 1 waiting"),
        (1, "not observed here", ""),
    ]


def test_the_question_of_what_each_clause_rests_on_answers_as_the_report_does() -> None:
    db = policy()
    told = {one.clause.ref: one.verdict for one in in_policy_order(read_week(db, run_id=RUN, tier="lead"))}

    asked = db.execute(f"select ref, verdict from ({named_question('what-each-clause-rests-on').sql})").fetchall()

    assert dict(asked) == told
    assert (told["2"], told["6"]) == ("exceptions", "decided")


def test_what_is_open_under_a_clause_is_an_exception_in_every_total_whatever_its_checks_could_tell() -> None:
    verdicts = ("exceptions", "could_not_tell", "kept", "nothing_seen", "not_applicable")
    clauses = [(f"{verdict}-{way}", verdict, way) for verdict in verdicts for way in ("open", "elsewhere", "nothing")]
    lines = [
        f"{name} | {name} | {name} | checked | {v} | logo | {'z' * (way == 'elsewhere')}" for name, v, way in clauses
    ]
    cases = [f"{number:064} | {name} | logo" for number, (name, _, way) in enumerate(clauses) if way == "open"]
    db = copy(
        clauses="\n".join(["clause | ref | says | state | verdict | checks | stands_under", *lines]),
        exceptions="\n".join(["fingerprint | clause | check_id", *cases]),
    )
    standings = in_policy_order(read_week(db, run_id=RUN, tier="lead"))

    told = {one.clause.ref: one.verdict for one in standings}
    assert {name for name, verdict in told.items() if verdict == "exceptions"} == {
        name for name, _, way in clauses if way != "nothing"
    }
    asked = db.execute(f"select ref, verdict from ({named_question('what-each-clause-rests-on').sql})").fetchall()
    assert dict(asked) == told
    listed = sum(standing_text(one).endswith(" open") or standing_text(one).startswith("See ") for one in standings)
    assert f"{listed} with exceptions" in shares(standings)[0].parts


def test_where_all_was_decided_a_check_that_could_not_tell_is_told() -> None:
    db = copy(
        clauses="""
            clause | ref | says | state | verdict | checks | stands_under
            a | 1 | One | checked | exceptions | account_register, approved_before_use |
            b | 2 | Two | checked | exceptions | account_register, posting_hours |
            c | 3 | Three | checked | exceptions | posting_hours |
            d | 4 | Four | checked | exceptions | pupil_follower, approved_before_use |
            e | 5 | Five | checked | exceptions | account_register, approved_before_use | d
            f | 6 | Six | checked | kept | approved_before_use |
        """,
        coverage="""
            check_id | verdict
            account_register | exceptions
            approved_before_use | could_not_tell
            posting_hours | kept
            pupil_follower | exceptions
        """,
        exceptions="""
            fingerprint | clause | check_id         | status | decision | decided_until
            ------------+--------+------------------+--------+----------+--------------
            f1          | a      | account_register | open   | allowed  | 2027-01-31
            f2          | b      | account_register | open   | allowed  | 2027-01-31
            f3          | c      | posting_hours    | open   | allowed  | 2027-01-31
            f4          | d      | pupil_follower   | open   |          |
        """,
    )
    week = read_week(db, run_id=RUN, tier="lead")
    standings = in_policy_order(week)

    asked = db.execute(f"select ref, verdict from ({named_question('what-each-clause-rests-on').sql})").fetchall()

    assert dict(asked) == {one.clause.ref: one.verdict for one in standings}
    assert [(one.verdict, standing_text(one)) for one in standings] == [
        ("could_not_tell", "Could not tell"),
        ("decided", "Decided"),
        ("decided", "Decided"),
        ("exceptions", "1 open"),
        ("exceptions", "See 4"),
        ("kept", "Kept"),
    ]
    [told] = shares(standings)
    assert told.parts == "1 could not tell, 1 kept, 2 where all was decided and 2 with exceptions"
    at, stands = CLAUSE_COLUMNS.index("verdict"), CLAUSE_COLUMNS.index("how_it_stands")
    assert [(line[at], line[stands]) for line in clause_lines(week)] == [
        (one.verdict, standing_text(one)) for one in standings
    ]
    assert page(week).count('<p class="why"><a href="#unseen">') == sum(one.is_blind for one in standings) == 4


def test_the_tier_of_counts_sees_the_same_clauses_and_of_what_is_open_the_band() -> None:
    lead, governors = (in_policy_order(read_week(policy(), run_id=RUN, tier=tier)) for tier in ("lead", "governors"))

    told = [standing_text(one) for one in lead]
    assert "2 open" in told
    assert ["Fewer than 5 open" if words.endswith(" open") else words for words in told] == [
        standing_text(one) for one in governors
    ]
    assert shares(lead) == shares(governors)


def test_a_clause_says_how_much_was_looked_at_what_is_not_covered_and_who_stands_for_it() -> None:
    db = copy(
        clauses="""
            clause | says | state | verdict | checks | looked_at | judged | not_covered | attested_by | attested_until
            a | A | checked | nothing_seen | pupil_follower | 312 of 315 followers | 312 | Accounts in no name. |  |
            b | B | attested |  |  |  |  |  | headteacher | 2027-01-31
            c | C | attested |  |  |  |  |  | headteacher |
        """
    )
    week = read_week(db, run_id=RUN, tier="governors")
    standings = in_policy_order(week)

    assert [verdict_sentence(one) for one in standings] == [
        "Nothing seen where we look: 312 of 315 followers. Not covered: Accounts in no name.", "", "",
    ]  # fmt: skip
    assert [answers(one) for one in standings] == [
        "Checked by pupil follower.",
        "Attested by the headteacher until Sun 31 Jan 2027.",
        "Waits for the headteacher to attest it.",
    ]
    html, told = page(week), json.loads(exceptions_json(week))["clauses"]
    for words in ("Nothing seen where we look", "312 of 315 followers", "Accounts in no name.", "Waits for the head"):
        assert words in html
    assert [(one["verdict"], one["judged"], one["who_answers"]) for one in told] == [
        ("nothing_seen", 312, "Checked by pupil follower."), (None, None, answers(standings[1])),
        (None, None, answers(standings[2])),
    ]  # fmt: skip
