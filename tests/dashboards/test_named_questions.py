"""Every named question is answered on a copy as a run publishes it, with its values bound, and finds what it is for."""

import json
import re
from collections.abc import Collection
from pathlib import Path

import pytest

from dashboards.ask import AskError
from dashboards.ask.asking import TABLES
from dashboards.ask.messages import QuestionLimits
from dashboards.ask.named import NamedQuestion, named_question, named_questions
from dashboards.ask.process import AnsweringProcess, AskedQuestion
from tests.dashboards.asked_copies import ACTOR, CASE, KEY, PERSON, PHOTOGRAPH, POST, make_copy, process, rows_of

GIVEN = {
    "since": "2026-09-01", "on": "2026-11-16", "person": PERSON, "handle": "@Quiet_Otter", "post": POST,
    "photograph": PHOTOGRAPH, "case": CASE[:8], "of": PERSON, "subject": POST, "band": "likely",
}  # fmt: skip
FOUND = {
    "who-was-reported": 2,
    "tied-to-a-person": 6,
    "everything-on-a-handle": 4,
    "everything-on-a-post": 5,
    "everything-on-a-photograph": 2,
    "photographs-of-a-pupil": 1,
    "what-changed-since": 2,
    "overdue-for-deletion": 1,
    "what-each-clause-rests-on": 1,
    "who-attested-what": 2,
    "what-could-not-be-seen": 4,
    "costs-by-month": 1,
    "why-it-is-gone": 2,
    "what-is-open-and-late": 1,
    "matches-to-confirm": 1,
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_copy(tmp_path_factory.mktemp("school") / "published.duckdb")


def test_there_are_at_least_twenty_each_with_title_and_notes() -> None:
    questions = named_questions()

    assert len(questions) >= 20
    assert len({question.title for question in questions}) == len(questions)
    assert all(question.notes for question in questions)


@pytest.mark.parametrize("question", named_questions(), ids=lambda question: question.name)
def test_each_is_answered_and_finds_what_is_there(path: Path, question: NamedQuestion) -> None:
    values = question.bound({taken.name: GIVEN[taken.name] for taken in question.takes})
    needed = question.bound({taken.name: GIVEN[taken.name] for taken in question.takes if taken.is_needed})

    answered = process(path).answer(AskedQuestion(question.sql, "json", values))
    assert answered.problem is None, answered.problem
    rows = json.loads(answered.body)
    assert len(rows) == FOUND.get(question.name, 0), rows
    assert needed == values or process(path).answer(AskedQuestion(question.sql, "json", needed)).problem is None
    assert answered.tables
    assert set(re.findall(r"\$(\w+)", re.sub(r"'\$[^']*'", "", question.sql))) == {t.name for t in question.takes}


TAKE_TEXTS = [question for question in named_questions() if any(taken.kind == "text" for taken in question.takes)]


@pytest.mark.parametrize("question", TAKE_TEXTS, ids=lambda question: question.name)
def test_a_value_is_bound_and_never_pasted(path: Path, question: NamedQuestion) -> None:
    hostile = "x' or 1=1; attach 'y' as z --"
    texts = {taken.name: hostile for taken in question.takes if taken.kind == "text"}
    days = {taken.name: GIVEN[taken.name] for taken in question.takes if taken.kind == "day"}

    answered = process(path).answer(AskedQuestion(question.sql, "json", question.bound({**texts, **days})))

    assert answered.problem is None
    assert not [row for row in json.loads(answered.body) if hostile in str(row)]


def test_what_was_not_seen_is_told_apart_from_nothing_to_see_and_every_row_says_what_to_do(path: Path) -> None:
    rows = rows_of(process(path), named_question("what-could-not-be-seen").sql)

    again = "Run the audit again; where it stays so, ask audit doctor why, and until then look at it by hand."
    assert [(row["state"], row["platform"], row["what_to_do"]) for row in rows] == [
        ("not seen", "youtube", "Sign in again: audit login."),
        ("not seen", None, again),
        ("nothing to see", "x", "Nothing: the whole list was read, and nothing stands in it."),
        ("seen in part", "x", again),
    ]


def test_a_person_is_found_with_account_case_comment_match_and_photograph(path: Path) -> None:
    question = named_question("tied-to-a-person")
    found = rows_of(process(path), question.sql, person=PERSON)

    assert {row["what"] for row in found} == {"match", "case", "account", "comment", "photograph"}
    assert ACTOR in {row["id"] for row in found}


KEPT = {
    "decisions": {"fingerprint": CASE, "answer": "confirmed", "by_role": "dsl", "note": "Theirs.",
                  "decided_at": "2026-11-17T09:00:00+00:00"},
    "challenges": {"fingerprint": CASE, "step": "opened", "raised_by": "parent", "received_on": "2026-11-18"},
    "access_log": {"subject": CASE, "action": "case", "role": "dsl", "done_at": "2026-11-17T08:00:00+00:00"},
    "questions": {"number": "7", "sql": "select 1", "parameters": json.dumps({"person": PERSON}), "purpose": "Why.",
                  "by_user": "dpo", "asked_at": "2026-11-19T09:00:00+00:00"},
}  # fmt: skip


def test_a_person_is_found_with_what_was_decided_challenged_looked_at_and_asked(path: Path) -> None:
    kinds = {table.name: table.kinds for table in TABLES}

    def kept(names: Collection[str]) -> dict[str, list[dict[str, str | None]]]:
        return {name: [dict.fromkeys(kinds[name]) | KEPT[name]] if name in KEPT else [] for name in names}

    answering = AnsweringProcess(path, KEY, kinds, kept, QuestionLimits())
    found = {row["what"]: row for row in rows_of(answering, named_question("tied-to-a-person").sql, person=PERSON)}

    assert {"decision", "challenge", "look", "question"} <= found.keys()
    assert (found["decision"]["id"], found["decision"]["detail"], found["question"]["id"]) == (CASE, "Theirs.", "7")


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("tied-to-a-person", {}, "needs --person"),
        ("tied-to-a-person", {"persn": "Ann Example"}, "knows no --persn"),
        ("who-was-reported", {"since": "Ann Example"}, "--since takes a day"),
        ("tied-to-a-person", {"person": "Ann Example" * 50}, "at most 200"),
    ],
)
def test_a_value_that_cannot_be_bound_is_refused_and_not_repeated(name: str, given: dict[str, str], says: str) -> None:
    with pytest.raises(AskError, match=says) as caught:
        named_question(name).bound(given)

    assert "Ann Example" not in str(caught.value)


def test_a_name_that_is_misspelt_is_told() -> None:
    with pytest.raises(AskError, match="is it who-was-reported"):
        named_question("who-was-reprted")
