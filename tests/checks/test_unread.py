"""What may be so is no exception: it is counted, keeps the check from being kept, and goes as a person has read it."""

from collections.abc import Mapping
from dataclasses import replace
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
from checks.texts import described, found_by
from engines.words import Sign, TextFamily
from policies.decisions import StandingDecision
from tests.checks.ask import MONDAY, TOWN
from tests.drawn import fill

WHOLE = """
    platform | account_id | platform_count | fetched | judged
    x        | 100        | 9              | 9       | 9
"""
ANSWER: Mapping[str, Any] = {
    "platform": ["x"] * 3,
    "account_id": ["100"] * 3,
    "subject_id": ["c1", "c2", "c3"],
    "reason": ["It is so."] * 3,
    "link": ["https://x.com/i/status/c1", None, None],
    "unread": ["hate", "abuse, hate", None],
    "score": [0.4, 0.6, None],
}
C1, C2 = (fingerprint("abusive_comment", "x", "100", name) for name in ("c1", "c2"))


def answering(answer: Mapping[str, Any], **more: Any) -> Check:
    frame = pl.DataFrame(answer)
    declared = (Evidence("link", "platform_id", identifies=True),)
    asked = catalogue()["abusive_comment"]
    return replace(asked, judge=lambda _db, _as_of, _parameters: frame, evidence=declared, **more)


def without(*subjects: str) -> Mapping[str, Any]:
    return pl.DataFrame(ANSWER).filter(~pl.col("subject_id").is_in(subjects)).to_dict(as_series=False)


def run(db: duckdb.DuckDBPyConnection, check: Check, **decisions: str) -> Outcome:
    fill(db, comment_coverage=WHOLE)
    by_print = {
        fingerprint("abusive_comment", "x", "100", subject): StandingDecision(verdict, None, "dsl")
        for subject, verdict in decisions.items()
    }
    return judge(
        AskedOnce(db),
        check,
        as_of=MONDAY,
        parameters={},
        applies_to=[TOWN],
        doubtful_populations=frozenset(),
        key="k",
        decisions=by_print,
    )


def test_what_may_be_so_is_counted_and_no_exception(db: duckdb.DuckDBPyConnection) -> None:
    outcome = run(db, answering(ANSWER))

    assert outcome.verdict == "exceptions"
    assert [exception.subject_id for exception in outcome.exceptions] == ["c3"]
    assert [(text.exception.fingerprint, text.families, text.score) for text in outcome.unread] == [
        (C1, "hate", 0.4),
        (C2, "abuse, hate", 0.6),
    ]
    assert outcome.why.endswith("2 comments may be abusive; a person should read them.")


def test_a_check_is_not_kept_while_a_text_waits_to_be_read(db: duckdb.DuckDBPyConnection) -> None:
    outcome = run(db, answering(without("c2", "c3")))

    assert (outcome.verdict, outcome.exceptions) == ("could_not_tell", ())
    assert outcome.why.endswith("1 comment may be abusive; a person should read it.")


@pytest.mark.parametrize("verdict", ["mistaken", "allowed"])
def test_a_text_that_a_person_read_and_set_aside_waits_no_longer(db: duckdb.DuckDBPyConnection, verdict: str) -> None:
    outcome = run(db, answering(without("c2", "c3")), c1=verdict)

    assert (outcome.verdict, outcome.exceptions, outcome.unread) == ("kept", (), ())
    assert "may be" not in outcome.why


def test_a_text_that_a_person_confirmed_is_an_exception(db: duckdb.DuckDBPyConnection) -> None:
    outcome = run(db, answering(without("c2", "c3")), c1="confirmed")

    assert outcome.verdict == "exceptions"
    assert [(exception.fingerprint, dict(exception.evidence)) for exception in outcome.exceptions] == [
        (C1, {"link": "https://x.com/i/status/c1"})
    ]
    assert outcome.unread == ()


def test_a_check_that_does_not_say_what_its_texts_may_be_stops_the_run(db: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(CheckError, match="abusive_comment answers with texts to be read and does not say"):
        run(db, answering(ANSWER, may=None))


def family(name: str, basis: Any, *what: str, is_listed: bool = True, score: float = 0.9) -> TextFamily:
    signs = tuple(Sign(name, kind, (0, 4), f"It says {kind}.") for kind in what)
    return TextFamily(name, score, (0, 9), "It seems so.", basis, is_listed=is_listed, signs=signs)


def test_the_evidence_says_whether_a_rule_or_the_score_alone_spoke() -> None:
    rule, score = family("partisan", "rule", "party_name"), family("personal", "score")

    both = family("threat", "both", "kill")

    assert [found_by(families) for families in ([rule], [score], [rule, score], [both])] == [
        "a rule", "the learned score alone", "a rule and the learned score", "a rule and the learned score",
    ]  # fmt: skip
    assert described([rule, score]) == {
        "kind": "party name, personal",
        "signs": "It says party_name. It seems so.",
        "found_by": "a rule and the learned score",
        "unread": None,
        "score": None,
    }


def test_what_may_be_so_has_its_families_and_the_highest_score() -> None:
    doubtful = [
        family("hate", "score", is_listed=False, score=0.3),
        family("abuse", "score", is_listed=False, score=0.4),
    ]

    assert {name: described(doubtful)[name] for name in ("unread", "score")} == {"unread": "hate, abuse", "score": 0.4}
