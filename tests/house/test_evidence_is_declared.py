"""Every check declares its evidence; what the canaries of all checks yield is that, label by label and kind by kind."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl
import pytest

from checks.catalogue import catalogue
from checks.evidence import KINDS, NO_EVIDENCE, Evidence
from checks.model import Check
from flows.weekly.self_test import drill_context
from tests.checks.test_canary import MONDAY, began, plant_every_case
from warehouse.store.materialise import materialise, rolled_back

ROOT = Path(__file__).resolve().parents[2]
CHECKS = catalogue()
each_check = pytest.mark.parametrize("check_id", CHECKS)


class Canaries(NamedTuple):
    """What each check answers where the canaries of all are planted, and what the planted rows hold of strangers."""

    answers: dict[str, pl.DataFrame]
    roll_ids: frozenset[str]
    actor_ids: frozenset[str]
    names: frozenset[str]
    texts: frozenset[str]

    def reveals(self, value: str) -> set[str]:
        """Return the kinds of what this piece of evidence repeats of a planted stranger."""
        words = set(re.split(r"[^\w-]+", value))
        return {
            kind
            for kind, is_there in {
                "roll_id": bool(words & self.roll_ids),
                "platform_id": bool(words & self.actor_ids),
                "public_name": any(name in value for name in self.names),
                "strangers_text": any(text in value for text in self.texts),
            }.items()
            if is_there
        }


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canaries]:
    folder: Path = tmp_path_factory.mktemp("canaries")
    with began() as db:
        plant_every_case(drill_context(folder, MONDAY), db)
        with rolled_back(db):
            materialise(db)
            answers = {check.id: check.judge(db, MONDAY, check.defaults) for check in CHECKS.values()}
        yield Canaries(
            answers,
            roll_ids=_texts(db, "select person_id from raw.people"),
            actor_ids=_texts(db, "select actor_id from core.actors"),
            names=_texts(db, "select unnest([handle, display_name]) from core.actors"),
            texts=_texts(db, "select text from raw.comments where length(text) > 40"),
        )


def _texts(db: duckdb.DuckDBPyConnection, sql: str) -> frozenset[str]:
    return frozenset(text for (text,) in db.execute(sql).fetchall() if text)


def values_of(answer: pl.DataFrame, evidence: Evidence) -> list[str]:
    return [str(value) for value in answer[evidence.label].to_list() if value is not None]


def accounts_of(check: Check) -> bool:
    """Say whether the check's exceptions say whose an account of others is, and not about whom it is a page."""
    if check.id == "lookalike_account":
        return False
    labels = {evidence.label: evidence for evidence in check.evidence}
    return "roll_id" in labels and (check.subject_kind == "actor" or "actor" in labels)


@each_check
def test_a_check_answers_with_the_evidence_that_it_declares_and_no_other(canaries: Canaries, check_id: str) -> None:
    answer = canaries.answers[check_id]

    assert not answer.is_empty()
    assert set(answer.columns) - NO_EVIDENCE == {evidence.label for evidence in CHECKS[check_id].evidence}


@each_check
def test_what_repeats_something_of_a_stranger_is_declared_as_that(canaries: Canaries, check_id: str) -> None:
    undeclared = [
        (evidence.label, kind)
        for evidence in CHECKS[check_id].evidence
        for value in values_of(canaries.answers[check_id], evidence)
        for kind in canaries.reveals(value)
        # A display name is a text of a stranger too, where a check quotes what it says.
        if (kind, evidence.kind) != ("public_name", "strangers_text")
        if kind != evidence.kind or not evidence.identifies
    ]

    assert undeclared == []


def test_the_canaries_show_something_of_a_stranger_of_every_kind(canaries: Canaries) -> None:
    shown = {
        kind
        for check in CHECKS.values()
        for evidence in check.evidence
        for value in values_of(canaries.answers[check.id], evidence)
        for kind in canaries.reveals(value)
    }

    assert shown == set(KINDS) - {"fact"}


def test_every_check_that_says_whose_an_account_is_links_but_the_one_that_asks_something_else() -> None:
    links = {check.id for check in CHECKS.values() if any(evidence.links for evidence in check.evidence)}

    # Whether a follower was approved is another question than whose account it is: a mistake there rejects no link.
    assert links == {check.id for check in CHECKS.values() if accounts_of(check)} - {"unapproved_follower"}
    assert "staff_repost" in links


@each_check
def test_an_exception_that_says_whose_an_account_is_comes_back_when_either_changes(check_id: str) -> None:
    check = CHECKS[check_id]

    assert not accounts_of(check) or {"account", "band", "roll_id"} <= set(check.change_key)


def test_every_label_that_a_view_or_a_query_reads_is_declared_by_a_check() -> None:
    declared = {evidence.label for check in CHECKS.values() for evidence in check.evidence}
    scripts = [*(ROOT / "warehouse").rglob("*.sql"), *(ROOT / "dashboards").rglob("*.sql")]
    read = {
        label
        for script in scripts
        for label in re.findall(r"evidence, '\$?\.?(\w+)'\)", script.read_text(encoding="utf-8"))
    }

    assert {"roll_id", "photograph_id", "ended"} <= read
    assert read <= declared
