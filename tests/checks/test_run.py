"""Four words for what came of a check; nothing unseen is ever called kept."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import polars as pl
import pytest

from checks.asked_once import AskedOnce
from checks.catalogue import catalogue
from checks.evidence import Evidence
from checks.model import Check, CheckError, fingerprint
from checks.outcome import Outcome
from checks.run import judge
from tests.checks.ask import CHANNEL, MONDAY, PE, TOWN, ask
from tests.drawn import fill

WHOLE = """
    platform_count | fetched | judged
    2104           | 2104    | 2104
"""
ONE_FOUND: Mapping[str, Any] = {
    "platform": ["x"],
    "account_id": ["100"],
    "subject_id": ["11"],
    "reason": ["It is so."],
    "account": ["@keeper"],
    "nothing": [None],
    "count": [3],
}


def answering(answer: Mapping[str, Any]) -> Check:
    frame = pl.DataFrame(answer)
    declared = tuple(Evidence(label, "fact") for label in ("account", "nothing", "count"))
    asked = catalogue()["pupil_follower"]
    return replace(asked, judge=lambda _db, _as_of, _parameters: frame, remark=None, evidence=declared)


def asked_of(run: AskedOnce, check: Check, *doubtful: str, as_of: date = MONDAY) -> Outcome:
    of = {"parameters": {}, "applies_to": [TOWN], "key": "k"}
    return judge(run, check, as_of=as_of, doubtful_populations=frozenset(doubtful), **of)


def run(db: duckdb.DuckDBPyConnection, check: Check, as_of: date = MONDAY) -> Outcome:
    return asked_of(AskedOnce(db), check, as_of=as_of)


def test_kept_where_everybody_was_seen_and_judged(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, follower_coverage=WHOLE)

    outcome = ask(db, "staff_follower")

    assert (outcome.verdict, outcome.platform_count, outcome.fetched, outcome.judged) == ("kept", 2104, 2104, 2104)
    assert outcome.why == "@OusterlyVale has 2,104 followers; all were judged."


def test_what_was_left_out_of_a_list_of_the_population_because_of_an_erasure_is_told(
    db: duckdb.DuckDBPyConnection,
) -> None:
    left_out = """
        platform | account_id | listing   | accounts
        x        | 100        | followers | 2
        x        | 100        | likes     | 5
        x        | 200        | followers | 7
    """
    fill(db, follower_coverage=WHOLE, left_out=left_out)

    says = "@OusterlyVale has 2,104 followers; all were judged. Left out because somebody was erased: 2."
    assert ask(db, "staff_follower").why == says


def test_kept_where_the_platform_gives_no_count(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage="""
            fetched | judged
            1       | 1
        """,
    )

    outcome = ask(db, "staff_follower")

    assert outcome.verdict == "kept"
    assert outcome.why == "@OusterlyVale has 1 follower; all were judged."


def test_exceptions_are_told_with_their_evidence_and_what_was_not_seen(db: duckdb.DuckDBPyConnection) -> None:
    outcome = run(db, answering(ONE_FOUND))

    [one] = outcome.exceptions
    assert outcome.verdict == "exceptions"
    assert outcome.why == "The followers of @OusterlyVale were not fetched in this run."
    assert one.fingerprint == fingerprint("pupil_follower", "x", "100", "11")
    assert one.evidence == {"account": "@keeper", "count": "3"}


class Counting:
    """A connection that counts how often each statement is put to it."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self.db = db
        self.asked = Counter[str]()

    def execute(self, sql: str, *values: Any) -> duckdb.DuckDBPyConnection:
        self.asked[sql] += 1
        return self.db.execute(sql, *values)


def test_what_all_checks_ask_of_a_run_is_asked_once(db: duckdb.DuckDBPyConnection) -> None:
    counting: Any = Counting(db)
    standing = AskedOnce(counting)

    check = replace(answering(ONE_FOUND), unseen=None)
    outcomes = [asked_of(standing, check) for _ in range(3)]

    assert outcomes == [run(db, check)] * 3
    assert set(counting.asked.values()) == {1}


def test_not_applicable_without_an_account_there(db: duckdb.DuckDBPyConnection) -> None:
    outcome = ask(db, "staff_follower", accounts=[("mastodon", "1")])

    assert outcome.verdict == "not_applicable"
    assert outcome.why == "The school has no official account on X or YouTube."


def test_a_failed_quality_check_is_could_not_tell(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, follower_coverage=WHOLE)

    outcome = ask(db, "staff_follower", doubtful_populations=["core.follower_coverage"])

    assert outcome.verdict == "could_not_tell"
    assert "A data-quality check" in outcome.why
    assert ask(db, "staff_follower", doubtful_populations=["core.picture_coverage"]).verdict == "kept"


def test_what_is_found_on_data_that_failed_a_quality_check_is_listed_and_proves_nothing(
    db: duckdb.DuckDBPyConnection,
) -> None:
    outcome = asked_of(AskedOnce(db), answering(ONE_FOUND), "core.follower_coverage")

    assert (outcome.verdict, len(outcome.exceptions)) == ("could_not_tell", 1)


@pytest.mark.parametrize(
    ("coverage", "why"),
    [
        (
            "2104 | 1900 | 1900 | true | end",
            "1,900 of the 2,104 followers that X counts for @OusterlyVale were fetched; all were judged.",
        ),
        (
            "2104 | 40 | 40 | false | known",
            (
                "40 of the 2,104 followers that X counts for @OusterlyVale were fetched; all were judged. "
                "The list was read only down to those already known; the next full sync sees the rest."
            ),
        ),
        (
            " | 2104 | 2104 | false | loop",
            (
                "2,104 followers of @OusterlyVale could be seen; all were judged. "
                "The platform repeated itself, so the list has no certain end."
            ),
        ),
        (
            " | 2104 | 2104 | false | a new word",
            "2,104 followers of @OusterlyVale could be seen; all were judged. The list was not read to a certain end.",
        ),
        (
            "2104 | 2104 | 1993 | true | end",
            (
                "@OusterlyVale has 2,104 followers; 1,993 were judged. 111 followers are bare ids; "
                "looking them up at X would cost about $1.11 (111 at $0.010)."
            ),
        ),
        (
            "2 | 2 | 1 | true | end",
            (
                "@OusterlyVale has 2 followers; 1 was judged. 1 follower is a bare id; "
                "looking it up at X would cost about $0.01 (1 at $0.010)."
            ),
        ),
    ],
)
def test_what_could_not_be_seen_is_told_in_figures(db: duckdb.DuckDBPyConnection, coverage: str, why: str) -> None:
    fill(db, follower_coverage=f"platform_count | fetched | judged | is_whole | why\n{coverage}")

    outcome = ask(db, "staff_follower")

    assert outcome.verdict == "could_not_tell"
    assert outcome.why == why


def test_every_account_has_its_own_sentence_and_coverage(db: duckdb.DuckDBPyConnection) -> None:
    fill(
        db,
        follower_coverage="""
            platform | account_id | platform_count | fetched | judged | is_whole
            x        | 100        | 2              | 2       | 2      | true
            youtube  | UC1        | 1200           | 400     | 398    | false
        """,
    )

    outcome = ask(db, "staff_follower", accounts=[TOWN, PE, CHANNEL])

    assert outcome.why == (
        "@OusterlyVale has 2 followers; all were judged. "
        "The followers of @OusterlyPE were not fetched in this run. "
        "400 of the 1,200 subscribers that YouTube counts for @OusterlyValeSchool were fetched; 398 were judged. "
        "The list was not read to a certain end. 2 subscribers showed no public profile."
    )
    assert [(s.account_id, s.fetched, s.judged, s.is_whole) for s in outcome.coverage] == [
        ("100", 2, 2, True),
        ("200", 0, 0, False),
        ("UC1", 400, 398, False),
    ]
    assert (outcome.fetched, outcome.judged) == (402, 400)


def test_an_account_that_the_run_does_not_know_is_told_by_its_id(db: duckdb.DuckDBPyConnection) -> None:
    outcome = ask(db, "staff_follower", accounts=[("x", "999")])

    assert outcome.why == "The followers of account 999 were not fetched in this run."


def test_the_warehouse_must_stand_at_the_day(db: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(CheckError, match="does not stand at the run of 2026-11-09"):
        run(db, answering(ONE_FOUND), date(2026, 11, 9))


def test_an_answer_of_another_form_is_refused(db: duckdb.DuckDBPyConnection) -> None:
    twice = {name: cells * 2 for name, cells in ONE_FOUND.items()}

    with pytest.raises(CheckError, match="must answer with the columns platform, account_id, subject_id, reason"):
        run(db, answering({"subject_id": ["11"]}))
    with pytest.raises(CheckError, match="the same subject twice"):
        run(db, answering(twice))
    with pytest.raises(CheckError, match="lacks its subject or its reason"):
        run(db, answering({**ONE_FOUND, "reason": [None]}))


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({**ONE_FOUND, "acount": ["@keeper"]}, "answers with evidence that it does not declare: acount"),
        ({name: cells for name, cells in ONE_FOUND.items() if name != "count"}, "does not answer with: count"),
    ],
)
def test_evidence_that_is_not_as_declared_stops_the_run(
    db: duckdb.DuckDBPyConnection, answer: Mapping[str, Any], says: str
) -> None:
    with pytest.raises(CheckError, match=says):
        run(db, answering(answer))
    with pytest.raises(CheckError, match=says):
        run(db, answering({name: cells[:0] for name, cells in answer.items()}))


@pytest.mark.parametrize(("said", "concerns"), [("staff", "staff"), (None, "pupil")])
def test_a_row_says_whom_it_concerns_and_one_that_does_not_concerns_whom_the_check_does(
    db: duckdb.DuckDBPyConnection, said: str | None, concerns: str
) -> None:
    [exception] = run(db, answering({**ONE_FOUND, "concerns": [said]})).exceptions

    assert exception.concerns == concerns
    assert "concerns" not in exception.evidence


def test_a_row_that_concerns_nothing_there_is_stops_the_run(db: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(CheckError, match="concerns none of: pupil, staff, governor, parent"):
        run(db, answering({**ONE_FOUND, "concerns": ["ghosts"]}))


def test_a_check_that_counts_on_an_unknown_population_is_refused(db: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(CheckError, match=r"counts on core\.moods"):
        run(db, replace(answering(ONE_FOUND), coverage="core.moods"))


def test_without_a_register_that_it_goes_by_a_check_is_blind_and_says_so(db: duckdb.DuckDBPyConnection) -> None:
    fill(db, follower_coverage="platform_count | fetched | judged\n1 | 1 | 1")
    seen = ask(db, "governor_follower")
    db.execute("delete from core.registers where register = 'governors'")
    blind = ask(db, "governor_follower")

    assert (seen.verdict, seen.is_blind) == ("kept", False)
    assert (blind.verdict, blind.is_blind) == ("could_not_tell", True)
