"""What to do about a case, the verb first, and counted without a name."""

from dataclasses import replace

import pytest

from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.verbs import heading, to_do
from dashboards.report.model import ExceptionRow
from dashboards.report.read import read_week
from tests.dashboards.copies import RUN, add, copy


def row(**values: str) -> ExceptionRow:
    db = copy()
    add(db, "exceptions", fingerprint="ab" * 32, **values)
    return read_week(db, run_id=RUN, tier="lead").exceptions[0]


@pytest.mark.parametrize(
    ("next_step", "concerns", "kind", "says", "line"),
    [
        (
            "Look at the account. If so, act.",
            "pupil",
            "actor",
            "Check whether this account is a pupil's",
            "Check 1 pupil's account",
        ),
        (
            "Ask the colleague whether.",
            "staff",
            "actor",
            "Check whether this account is a member of staff's",
            "Check 1 staff account",
        ),
        (
            "Take the post down today, or hide it.",
            "picture",
            "medium",
            "Take down this picture today",
            "Take down 1 pi",
        ),
        (
            "Compare it. If not, take it down.",
            "picture",
            "medium",
            "Compare this picture with the appr",
            "Look at 1 picture",
        ),
        ("Unfollow the account: ask why.", "staff", "actor", "Unfollow the account", "Check 1 staff account"),
        ("Read the comment in its context.", "comment", "comment", "Read the comment in its context", "Read 1 comment"),
        ("Put it right; then enter it.", "account", "account", "Put it right", "See to 1 record"),
        ("Word " * 30 + ", and more.", "post", "post", "Word Word", "Look at 1 post"),
    ],
)
def test_a_heading_begins_with_the_verb_of_what_is_to_be_done(next_step, concerns, kind, says, line) -> None:
    found = row(next_step=next_step, concerns=concerns, subject_kind=kind)

    assert heading(found).startswith(says)
    [told] = to_do([Case(found, None, 0, RUN)])
    assert told.line.startswith(line)


def test_what_is_to_be_done_today_comes_first_and_each_kind_is_counted_once() -> None:
    account = row()
    down = row(next_step="Take the post down today.", concerns="picture", subject_kind="medium")
    every = [Case(one, None, 0, RUN) for one in (account, down, replace(account, fingerprint="cd" * 32))]

    assert [one.line for one in to_do(every)] == ["Take down 1 picture today", "Check 2 pupils' accounts"]
    assert [one.noun_first for one in to_do(every)] == [
        "1 picture to take down today",
        "2 pupils' accounts to check",
    ]
