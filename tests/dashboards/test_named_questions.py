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
    "photographs-of-a-pupil": 2,  # one of them a video, which its own id tells
    "what-changed-since": 2,
    "overdue-for-deletion": 1,
    "what-each-clause-rests-on": 1,
    "who-attested-what": 2,
    "what-could-not-be-seen": 5,
    "costs-by-month": 1,
    "why-it-is-gone": 2,
    "what-is-open-and-late": 1,
    "matches-to-confirm": 1,
    "texts-nobody-has-read": 1,
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


def test_what_was_open_and_late_says_on_which_day_it_was(path: Path) -> None:
    [row] = rows_of(process(path), named_question("what-is-open-and-late").sql)
    [newest] = rows_of(process(path), "select max(as_of) as day from published.runs")

    assert row["as_of"] == newest["day"][:10]


def test_what_was_not_seen_is_told_apart_from_nothing_to_see_and_every_row_says_what_to_do(path: Path) -> None:
    rows = rows_of(process(path), named_question("what-could-not-be-seen").sql)

    name = "Name it in school.toml again if it is the school's; if not, answer what is open about it."
    again = "Run the audit again; where it stays so, ask audit doctor why, and until then look at it by hand."
    assert [(row["state"], row["platform"], row["what_to_do"]) for row in rows] == [
        ("not seen", "youtube", "Sign in again: audit login."),
        ("not seen", None, again),
        ("nothing to see", "x", "Nothing: the whole list was read, and nothing stands in it."),
        ("read no more", "x", name),
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


WRITTEN = {
    **{name: [row] for name, row in KEPT.items()},
    "answers": [{"question": "7", "outcome": "answered", "rows": "3", "tables_read": "exceptions"}],
    "people": [{"number": "4", "sign_in_name": "d.officer", "role": "dpo", "made_at": "2026-09-01T09:00:00+00:00"}],
    "erasures": [{"kind": "person", "by_role": "dpo", "counts": "{}", "ended_at": "2026-11-20T09:00:00+00:00"}],
    "certificates": [{"deleted_on": "2026-11-21", "counts": "{}"}],
    "holds": [{"platform": "person", "subject_id": PERSON, "reason": "Court.", "until": "2027-01-01"}],
    "tombstones": [{"platform": "x", "subject_sha256": "a" * 64, "forgotten_on": "2026-11-20"}],
    "register_changes": [{"register": "photographs", "row_id": PHOTOGRAPH, "kind": "withdrawn", "by_role": "dsl",
                          "made_at": "2026-11-20T09:00:00+00:00"}],
    "requests": [
        {"number": "1", "step": "received", "kind": "access", "received_on": "2027-01-31", "subject_id": PERSON},
        {"number": "2", "step": "received", "kind": "complaint", "received_on": "2026-11-10"},
        {"number": "3", "of_request": "2", "step": "extended"},
        {"number": "4", "of_request": "2", "step": "refused"},
    ],
}  # fmt: skip
# Of each question that asks the casebook: how many rows it gives, and what of the first.
ASKED = {
    "challenges-and-answers": (1, {"answer_by": "2026-12-18", "answer": None}),
    "decisions-with-history": (1, {"fingerprint": CASE, "note": "Theirs."}),
    "erasures-and-deletions": (3, {"what": "erasure", "on_day": "2026-11-20"}),
    "register-changes": (1, {"row_id": PHOTOGRAPH}),
    "requests-and-their-days": (2, {"request": 2, "due_on": "2027-02-10", "acknowledge_by": "2026-12-10",
                                    "came_of_it": "refused"}),
    "what-is-held": (2, {"what": "forgotten"}),
    "who-asked-what": (1, {"purpose": "Why.", "rows_given": 3}),
    "who-looked-at": (2, {"action": "case", "role": "dsl"}),
    "who-uses-the-desk": (1, {"sign_in_name": "d.officer", "things_done": 0}),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_what_the_casebook_has_is_found(path: Path, name: str) -> None:
    question, (rows, first) = named_question(name), ASKED[name]
    values = question.bound({taken.name: GIVEN[taken.name] for taken in question.takes if taken.is_needed})
    optional = {taken.name: None for taken in question.takes if not taken.is_needed}
    answered = with_kept(path, **WRITTEN).answer(AskedQuestion(question.sql, "json", {**optional, **values}))

    assert answered.problem is None, answered.problem
    found = json.loads(answered.body)
    assert len(found) == rows
    assert first.items() <= found[0].items()


def with_kept(path: Path, **rows: list[dict[str, str]]) -> AnsweringProcess:
    """Return a process that finds these rows in the casebook."""
    kinds = {table.name: table.kinds for table in TABLES}

    def kept(names: Collection[str]) -> dict[str, list[dict[str, str | None]]]:
        return {each: [dict.fromkeys(kinds[each]) | row for row in rows.get(each, [])] for each in names}

    return AnsweringProcess(path, KEY, kinds, kept, QuestionLimits())


EARLIER, NEWEST = "2026-11-09", "2026-11-16"
NAMED = {"decision": "confirmed", "confirmed_name": "Ann Example", "decisions_read": 1}


@pytest.mark.parametrize(
    ("newest", "since", "name"),
    [
        (NAMED, [], "Ann Example"),
        (NAMED, ["done", "assigned", "said"], "Ann Example"),
        (None, [], "Ann Example"),  # no later run has the case
        ({"decision": "mistaken"}, [], None),
        ({"decision": None}, [], None),
        (NAMED, ["mistaken"], None),  # as a challenge that is upheld has it, before the next run
        (NAMED, ["undone"], None),
        (None, ["mistaken"], None),
    ],
)
def test_nobody_is_named_whose_name_was_withdrawn(tmp_path: Path, newest, since: list[str], name: str | None) -> None:
    rows = [{"run_id": EARLIER, **NAMED}, *([{"run_id": NEWEST, **newest}] if newest else [])]
    path = make_copy(tmp_path / "published.duckdb", runs=({},), exceptions=[{"fingerprint": CASE, **r} for r in rows])
    said = [
        {"fingerprint": CASE, "sequence": str(n), "answer": each} for n, each in enumerate(["confirmed", *since], 1)
    ]

    asked = with_kept(path, decisions=said)
    [found] = rows_of(asked, named_question("who-was-reported").sql, since="2026-09-01")

    assert (found["confirmed_name"], found["cases"], found["runs"]) == (name, 1, len(rows))


def test_a_hold_that_was_ended_is_held_no_more(path: Path) -> None:
    hold = {"platform": "x", "reason": "Court.", "until": "2027-01-01"}
    holds = [{"subject_id": "1", **hold}, {"subject_id": "2", "ended_at": "2026-11-15T09:00:00+00:00", **hold}]

    found = rows_of(with_kept(path, holds=holds), named_question("what-is-held").sql)

    assert [row["subject"] for row in found] == ["1"]


def test_only_a_word_that_stands_has_somebody_who_gave_it(tmp_path: Path) -> None:
    asked = {"attested_by": "headteacher"}
    clauses = [{"clause": "c1", **asked}, {"clause": "c2", **asked, "attested_until": "2027-01-01"}, {"clause": "c3"}]
    rows = [{"number": n, "ref": str(n), **each} for n, each in enumerate(clauses)]
    path = make_copy(tmp_path / "published.duckdb", runs=({},), clauses=rows)
    ended = [{"clause": "c1", "by_role": "headteacher"}, {"clause": "c2", "by_role": "dsl"}]

    found = rows_of(with_kept(path, attestations=ended), named_question("what-each-clause-rests-on").sql)

    assert [row["attested_by"] for row in found] == [None, "headteacher", None]


def test_every_question_is_held_to_what_it_finds() -> None:
    without = {question.name for question in named_questions()} - FOUND.keys() - ASKED.keys()
    assert without == set()


def test_a_person_is_found_with_what_was_decided_challenged_looked_at_and_asked(path: Path) -> None:
    answering = with_kept(path, **{name: [row] for name, row in KEPT.items()})
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
