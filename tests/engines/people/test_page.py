"""docs/identity.md shows what the code says today, and every piece of evidence has its sentence."""

import re

import pytest

from engines.people.matching import match_people
from engines.people.register.model import given_names
from engines.people.register.person_forms import name_variants
from engines.people.score.weights import allowed_weights, evidence_classes, learned_weights, meaning_of
from tests.bench.people import page
from tests.bench.people.examples import CASES, PEOPLE, accounts, text
from tests.engines.people.faces import SCHOOL


def test_the_worked_explanations_in_the_page_are_what_the_code_says() -> None:
    assert page.part(page.PAGE.read_text(encoding="utf-8"), "examples") == text().strip()


@pytest.mark.parametrize("name", ["figures", "ablation"])
def test_the_measured_parts_of_the_page_are_there(name: str) -> None:
    assert "0." in page.part(page.PAGE.read_text(encoding="utf-8"), name)


def test_the_worked_accounts_find_whom_they_were_made_for() -> None:
    found = [one for one in match_people(PEOPLE, accounts(), SCHOOL) if one.is_best and one.probability > 0.5]

    assert {one.actor_id: one.person_id for one in found if one.person_id != "p2"} == {
        "1": "p1", "2": "p1", "3": "p3", "4": "p4", "5": "f1", "6": "p1", "7": "s1", "10": "l1",
    }  # fmt: skip


def test_no_explanation_names_anybody() -> None:
    names = {word for one in PEOPLE for word in (one.given_names or "", one.surname or "")}
    said = " ".join(reason for one in match_people(PEOPLE, accounts(), SCHOOL) for reason in one.reasons)

    assert len(CASES) == 10
    assert not [name for name in names if re.search(rf"\b{name}\b", said)]


def test_every_weight_has_its_meaning_and_every_class_can_be_switched_off() -> None:
    assert all(meaning_of(name).says.endswith(".") for name in learned_weights().bits)
    for kind in evidence_classes():
        left = allowed_weights(evidence_classes() - {kind}).bits
        assert not [name for name in left if meaning_of(name).kind == kind]


def test_the_name_tables_are_plain_and_lead_both_ways() -> None:
    for forms in name_variants().values():
        assert all(re.fullmatch("[a-z]+", form) for form in forms)
        assert all(form in forms[other] for form, others in forms.items() for other in others)
    assert min(given_names().values()) >= 60
