"""What a run says of each exception: its check's words, or what its evidence asks for; and what a school sets."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from checks.catalogue import catalogue
from flows.weekly.advising import advised, text_of
from policies.exceptions import ExceptionFound
from policies.model import load_pack
from policies.question import Question
from tests.flows.test_live_accounts import SYNCED_ON, context
from tests.policies.test_guidance import found, titles

__all__ = ["titles"]

PACK = load_pack("corbets-tey-2022")
CLAUSE = next(clause for clause in PACK.clause if clause.checks)
LATER = SYNCED_ON + timedelta(days=7)


def advice(home: Path, one: ExceptionFound, **question: Any) -> ExceptionFound:
    """Return an exception, due in a week, as a run advises on it where the pack asks its check so."""
    own = CLAUSE.model_copy(update={"checks": (Question(check=one.check_id, severity="high", **question),)})
    here = replace(context(home), pack=PACK.model_copy(update={"clause": (own,)}))
    text = text_of(here, catalogue()[one.check_id], own)
    [said] = advised(here, [replace(one, severity="high", due_on=LATER)], {one.check_id: text})
    return said


@pytest.mark.parametrize(
    ("check_id", "concerns", "owner", "due"),
    [
        ("following_person", "pupil", "dsl", SYNCED_ON),
        ("following_person", "staff", None, LATER),
        ("pupil_named", "pupil", None, SYNCED_ON),
        ("pupil_follower", "pupil", None, LATER),
    ],
)
def test_an_exception_has_the_owner_and_the_day_that_its_evidence_asks_for(
    tmp_path: Path, check_id: str, concerns: str, owner: str | None, due: date
) -> None:
    said = advice(tmp_path, found(check_id, concerns))

    assert (said.owner_role, said.due_on) == (owner, due)
    assert (said.next_step is None) == (owner is None and due == LATER)


def test_an_owner_whom_the_school_names_stays_and_the_sooner_day_wins(tmp_path: Path) -> None:
    said = advice(tmp_path, found("following_person", "pupil"), owner_role="headteacher", days_to_act=3)

    assert (said.owner_role, said.due_on) == ("headteacher", SYNCED_ON)
