"""What a run says of each exception: its check's words, or what its evidence asks for; and what a school sets."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from checks.catalogue import catalogue
from checks.outcome import Outcome
from flows.home.context import open_context
from flows.home.init import make_key
from flows.home.policy import as_set, pack_of
from flows.home.settings import Settings
from flows.policies.policies import how
from flows.weekly.advising import advised
from flows.weekly.asked_checks import AskedCheck, PutQuestion, texts
from policies.exceptions import ExceptionFound
from policies.model import PackError, load_pack
from policies.question import ClauseSettings, Question
from tests.flows.few_checks import ask_few
from tests.flows.test_live_accounts import SYNCED_ON, context
from tests.flows.village import SCHOOL, write_home
from tests.policies.test_guidance import found, titles
from warehouse.store.places import Places

__all__ = ["titles"]

PACK = load_pack("corbets-tey-2022")
CLAUSE = next(clause for clause in PACK.clause if clause.checks)
SEEN = Outcome("own", "kept", 0, 0, 0, "")
LATER = SYNCED_ON + timedelta(days=7)


def advice(home: Path, one: ExceptionFound, **question: Any) -> ExceptionFound:
    """Return an exception, due in a week, as a run advises on it where the pack asks its check so."""
    own = CLAUSE.model_copy(update={"checks": (Question(check=one.check_id, severity="high", **question),)})
    here = replace(context(home), pack=PACK.model_copy(update={"clause": (own,)}))
    check = catalogue()[one.check_id]
    asked = AskedCheck(check, (PutQuestion(own, own.checks[0], SEEN, SEEN),))
    weighed = replace(one, severity="high", due_on=LATER, breaks=(own.id,), owner_role=own.checks[0].owner_role)
    [said] = advised(here, [weighed], texts(here, asked))
    return said


@pytest.mark.parametrize(
    ("check_id", "concerns", "owner", "due"),
    [
        ("following_person", "pupil", "dsl", SYNCED_ON),
        ("following_person", "staff", None, LATER),
        ("pupil_named", "pupil", None, SYNCED_ON),
        ("pupil_follower", "pupil", None, LATER),
        ("lookalike_account", "pupil", "dsl", SYNCED_ON),
        ("lookalike_account", "account", None, LATER),
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


def test_what_a_school_sets_for_a_clause_stands_in_the_place_of_the_packs(tmp_path: Path) -> None:
    settings = {CLAUSE.id: ClauseSettings(owner="headteacher", days=3)}
    pack = pack_of(context(tmp_path, clauses=settings).school, tmp_path)

    own = next(each for each in pack.clause if each.id == CLAUSE.id)
    set_to = {"owner_role": "headteacher", "days_to_act": 3}
    assert own.checks == tuple(question.model_copy(update=set_to) for question in CLAUSE.checks)
    assert [each for each in pack.clause if each.id != CLAUSE.id] == [c for c in PACK.clause if c.id != CLAUSE.id]


def test_the_sheet_of_a_policy_says_what_the_school_sets(tmp_path: Path) -> None:
    settings = {CLAUSE.id: {"owner": "chair_of_governors", "days": 3, "severity": "low"}}
    own = as_set(PACK, context(tmp_path, clauses=settings).school)

    [said] = [line for clause in own.clause if clause.id == CLAUSE.id for line in how(clause) if "checked by" in line]
    assert said.count("(low; for the chair of governors; days to act: 3)") == len(CLAUSE.checks)


def test_a_school_that_sets_only_a_severity_changes_nothing_else(tmp_path: Path) -> None:
    own = as_set(PACK, context(tmp_path, clauses={CLAUSE.id: {"severity": "low"}}).school)

    asked = [question for each in own.clause if each.id == CLAUSE.id for question in each.checks]
    assert asked == [question.model_copy(update={"severity": "low"}) for question in CLAUSE.checks]


@pytest.mark.parametrize("which", ["unknown", "attested"])
def test_a_clause_that_asks_no_check_cannot_be_set(tmp_path: Path, which: str) -> None:
    name = f"{CLAUSE.id}x" if which == "unknown" else next(clause.id for clause in PACK.clause if clause.attest)

    with pytest.raises(PackError) as refused:
        pack_of(context(tmp_path, clauses={name: {"days": 3}}).school, tmp_path)

    assert f"[clauses] in school.toml sets {name!r}, and corbets-tey-2022 checks no such clause. " in str(refused.value)
    assert which == "attested" or f"Is it {CLAUSE.id}?" in str(refused.value)


def test_a_school_is_opened_with_what_it_sets_and_with_the_titles_of_its_nation(tmp_path: Path) -> None:
    write_home(tmp_path)
    places = Places(tmp_path, SCHOOL)
    make_key(Settings(home=tmp_path), places)
    ask_few(places.folder)
    own = '\n[clauses.pupil_follower]\nowner = "headteacher"\ndays = 3\nseverity = "medium"\n'
    given = places.settings.read_text().replace("[school]", '[school]\nnation = "wales"', 1)
    places.settings.write_text(given + own)

    here = open_context(Settings(home=tmp_path), SCHOOL, SYNCED_ON)

    [(clause, question)] = here.pack.asked("pupil_follower")
    check = catalogue()["pupil_follower"]
    [said] = texts(here, AskedCheck(check, (PutQuestion(clause, question, SEEN, SEEN),)))
    assert (said.owner_role, said.days_to_act, question.severity) == ("headteacher", 3, "medium")
    assert "the Designated Safeguarding Person first says which parent may be told why" in said.next_step
